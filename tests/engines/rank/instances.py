"""Small files of reviews, drawn or spelled out."""

import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes
from tests.engines.checkers.rank import check

Json = dict[str, Any]
Scores = Sequence[tuple[str, str, float]]


def asked(scores: Scores, method: str = "calibrated", **changes: object) -> Json:
    """IN for (application, judge, score)."""
    rows = [{"application": name, "judge": judge, "score": score} for name, judge, score in scores]
    plain = {"format": "campapp.rank/1", "method": method, "scale": [0, 100], "quota": 1}
    return {**plain, "reviews": rows, "ties": "share", **changes}


def solved(given: Json, **control: Any) -> Json:
    """OUT, held against the contract."""
    answer: Json = json.loads(solve_bytes("rank", json.dumps(given).encode(), Control(**control)))
    check(given, answer)
    return answer


def column(answer: Json, key: str) -> dict[str, float]:
    """One value of each application."""
    return {row["application"]: row[key] for row in answer["ranking"]}


def table(rows: Mapping[str, Sequence[float]]) -> list[tuple[str, str, float]]:
    """Each application's scores by the judges j1, j2, … in order."""
    return [(name, f"j{n}", score) for name, own in rows.items() for n, score in enumerate(own, 1)]


def shuffled(given: Json, seed: int) -> Json:
    """The same reviews in another order."""
    reviews = list(given["reviews"])
    random.Random(seed).shuffle(reviews)
    return {**given, "reviews": reviews}


@st.composite
def files(draw: st.DrawFn, methods: tuple[str, ...] = ("mean", "trimmed", "zscore")) -> Json:
    """Up to six applications and five judges, few different scores so that ties are common."""
    pairs = [(f"a{i}", f"j{j}") for i in range(6) for j in range(5)]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=14, unique=True))
    score = st.one_of(st.integers(0, 4).map(float), st.integers(0, 40).map(lambda tenths: tenths / 10))
    given = asked([(name, judge, draw(score)) for name, judge in chosen], draw(st.sampled_from(methods)))
    given |= {"scale": [0, 4], "quota": draw(st.integers(1, 8))}
    given["ties"] = draw(st.sampled_from(["share", "earlier"]))
    decimals = draw(st.none() | st.integers(0, 3))
    return given if decimals is None else given | {"decimals": decimals}
