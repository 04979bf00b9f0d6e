"""Small markets of every kind, drawn by hypothesis, and the same market in another order."""

import json
import random
from typing import Any

from hypothesis import strategies as st

from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes
from tests.engines.checkers import match as checker

Json = dict[str, Any]

SCORES = st.one_of(
    st.integers(-3, 6).map(float),
    st.floats(-1.0, 1.0),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300),
)


@st.composite
def markets(draw: st.DrawFn, objective: str, *, most_pairs: int = 9, bounded: bool = True) -> Json:
    """A market small enough to try every set of pairs."""
    teams = draw(st.lists(st.sampled_from(["t1", "t2", "t3", "t4", "Ω"]), unique=True, max_size=4))
    companies = draw(st.lists(st.sampled_from(["c1", "c2", "c3", "t1"]), unique=True, max_size=3))
    every = [(team, company) for team in teams for company in companies]
    listed = draw(st.lists(st.sampled_from(every), unique=True, max_size=most_pairs)) if every else []
    scores = draw(st.sampled_from([st.integers(0, 3).map(float), SCORES]))
    few = st.lists(st.sampled_from(listed), unique=True, max_size=2) if listed else st.just([])
    return {
        "format": "campapp.match/1",
        "objective": objective,
        "teams": [draw(parties(team, companies, objective, bounded)) for team in teams],
        "companies": [draw(parties(company, teams, objective, bounded)) for company in companies],
        "pairs": [{"team": t, "company": c, "score": draw(scores)} for t, c in listed],
        "pinned": [{"team": t, "company": c} for t, c in draw(few)],
        "forbidden": [{"team": t, "company": c} for t, c in draw(few)],
    }


@st.composite
def parties(draw: st.DrawFn, name: str, partners: list[str], objective: str, bounded: bool) -> Json:
    most = draw(st.integers(0, 3))
    some = st.lists(st.sampled_from(partners), unique=True, max_size=2) if partners else st.just([])
    party: Json = {
        "id": name,
        "min": draw(st.integers(0, most)) if bounded and draw(st.booleans()) else 0,
        "max": most,
        "ranks": draw(some),
        "excludes": draw(some) if draw(st.integers(0, 3)) == 0 else [],
    }
    if objective == "total" and bounded and draw(st.booleans()):
        party["target"] = draw(st.integers(0, most))
    return party


def solved(given: Json, control: Control | None = None) -> Json:
    """The checked answer to a market."""
    data = json.dumps(given, ensure_ascii=False).encode()
    answer: Json = json.loads(solve_bytes("match", data, control or Control()))
    checker.check(given, answer)
    return answer


def permuted(given: Json, seed: int) -> Json:
    """The same market with every list but the ranks in another order."""
    mixed = json.loads(json.dumps(given))
    order = random.Random(seed)
    for key in ("teams", "companies", "pairs", "pinned", "forbidden"):
        order.shuffle(mixed[key])
    return dict(mixed)
