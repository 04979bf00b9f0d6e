"""A judge drops out: the lost reviews find others, and what can stay stays."""

from itertools import combinations, product
from typing import Any

import msgspec
from hypothesis import given, settings

from campapp.engines.assign.contract import Instance
from campapp.engines.assign.replacement import replacement, without
from campapp.engines.frame.control import Control
from tests.engines.assign.instances import panels, solved
from tests.engines.checkers.assign import affinities, demands, keeps

Json = dict[str, Any]


def panel(most: int) -> Json:
    """Two applications of two reviews each, four judges."""
    scores = {("a1", "j1"): 5, ("a1", "j2"): 4, ("a2", "j1"): 5, ("a2", "j3"): 4, ("a1", "j4"): 3}
    return {
        "format": "campapp.assign/1",
        "objective": "total",
        "applications": [{"id": "a1", "reviews": 2}, {"id": "a2", "reviews": 2}],
        "judges": [{"id": f"j{number}", "min": 0, "max": most} for number in (1, 2, 3, 4)],
        "affinity": [{"application": a, "judge": j, "score": s} for (a, j), s in scores.items()],
        "conflicts": [],
        "pinned": [],
    }


def test_only_the_lost_reviews_change_hands() -> None:
    instance = msgspec.convert(panel(2), Instance)
    before = [("a1", "j1"), ("a1", "j2"), ("a2", "j1"), ("a2", "j3")]
    found = replacement(instance, before, {"j2"}, Control())
    assert found.kept == [("a1", "j1"), ("a2", "j1"), ("a2", "j3")]
    assert found.lost == [("a1", "j2")]
    assert (found.released, found.added) == ([], [("a1", "j4")])
    assert found.result["status"] == "optimal"
    assert found.result["objective"] == 17


def test_where_not_all_can_stay_the_most_that_can_do() -> None:
    given = panel(2)
    given["conflicts"] = [{"application": "a1", "judge": "j3"}, {"application": "a1", "judge": "j4"}]
    given["judges"][1]["min"] = 2
    instance = msgspec.convert(given, Instance)
    before = [("a1", "j1"), ("a1", "j2"), ("a2", "j3"), ("a2", "j4")]
    found = replacement(instance, before, {"j4"}, Control())
    assert found.kept == [("a1", "j1"), ("a1", "j2"), ("a2", "j3")]
    assert found.added == [("a2", "j2")]


@settings(max_examples=80, deadline=None)
@given(panels("total"))
def test_as_many_as_can_stay_and_of_those_the_sum_is_largest(given: Json) -> None:
    answer = solved(given)
    before = [(row["application"], row["judge"]) for row in answer["assignments"]]
    instance = msgspec.convert(given, Instance)
    found = replacement(instance, before, {"j0"}, Control())
    left = msgspec.to_builtins(without(instance, {"j0"}))
    judges = [judge["id"] for judge in left["judges"]]
    of_each = [
        [[(a["id"], j) for j in chosen] for chosen in combinations(judges, min(a["reviews"], 9))]
        for a in left["applications"]
    ]
    every = [{pair for part in rows for pair in part} for rows in product(*of_each)]
    every = [rows for rows in every if keeps(left, rows, demands(left))]
    if not every:
        assert found.result["status"] == "infeasible"
        return
    scores = affinities(left)

    def value(rows: set[tuple[str, str]]) -> tuple[int, float]:
        return len(rows & set(before)), sum(scores.get(pair, 0.0) for pair in rows)

    now = {(row["application"], row["judge"]) for row in found.result["assignments"]}
    kept, total = max(map(value, every))
    assert len(found.kept) == len(now & set(before)) == kept
    largest = max(map(abs, scores.values()), default=0.0)
    assert abs(value(now)[1] - total) <= 1e-9 * largest * (1 + len(now))
