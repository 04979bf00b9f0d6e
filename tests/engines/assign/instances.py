"""Small panels of every kind, drawn by hypothesis, and the same panel in another order."""

import json
import random
from typing import Any

from hypothesis import strategies as st

from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes
from tests.engines.checkers import assign as checker

Json = dict[str, Any]

SCORES = st.one_of(st.integers(0, 3).map(float), st.floats(-1.0, 1.0), st.floats(-1e300, 1e300))


@st.composite
def panels(draw: st.DrawFn, objective: str) -> Json:
    """A panel small enough to try every set of reviews: at most nine pairs without a conflict."""
    applications, judges = draw(st.sampled_from([(1, 4), (2, 3), (2, 4), (3, 3), (4, 2), (3, 2), (0, 2)]))
    names = [f"a{number}" for number in range(applications)]
    every = [(name, f"j{number}") for name in names for number in range(judges)]
    scores = draw(st.sampled_from([st.integers(0, 2).map(float), SCORES]))
    some = st.lists(st.sampled_from(every), unique=True) if every else st.just([])
    few = st.lists(st.sampled_from(every), unique=True, max_size=2) if every else st.just([])
    return {
        "format": "campapp.assign/1",
        "objective": objective,
        "applications": [draw(applications_named(name)) for name in names],
        "judges": [draw(judges_named(f"j{number}", applications)) for number in range(judges)],
        "affinity": [{"application": a, "judge": j, "score": draw(scores)} for a, j in draw(some)],
        "conflicts": [{"application": a, "judge": j} for a, j in draw(few)],
        "pinned": [{"application": a, "judge": j} for a, j in draw(few)],
    }


@st.composite
def applications_named(draw: st.DrawFn, name: str) -> Json:
    reviews = draw(st.sampled_from([0, 1, 1, 2, 2, 3]))
    application: Json = {"id": name, "reviews": reviews}
    if draw(st.booleans()):
        first = draw(st.integers(0, reviews))
        second = draw(st.integers(0, reviews - first))
        application["composition"] = {"investor": first, "engineer": second}
    return application


@st.composite
def judges_named(draw: st.DrawFn, name: str, applications: int) -> Json:
    least = draw(st.sampled_from([0, 0, 0, 1, 2]))
    judge: Json = {"id": name, "min": least, "max": draw(st.integers(least, max(least, applications)))}
    if draw(st.booleans()):
        judge["category"] = draw(st.sampled_from(["investor", "engineer", "lawyer"]))
    return judge


def solved(given: Json, control: Control | None = None) -> Json:
    """The checked answer to a panel."""
    data = json.dumps(given, ensure_ascii=False).encode()
    answer: Json = json.loads(solve_bytes("assign", data, control or Control()))
    checker.check(given, answer)
    return answer


def permuted(given: Json, seed: int) -> Json:
    """The same panel with every list in another order."""
    mixed = json.loads(json.dumps(given))
    order = random.Random(seed)
    for key in ("applications", "judges", "affinity", "conflicts", "pinned"):
        order.shuffle(mixed[key])
    return dict(mixed)
