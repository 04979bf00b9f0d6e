"""Both objectives against every set of reviews that there is, on panels small enough to try them all."""

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campapp.engines.frame.control import Control
from tests.engines.assign.instances import panels, permuted, solved
from tests.engines.checkers.assign import Couple, Member, affinities, demands, keeps, named, tolerance

Json = dict[str, Any]

many = settings(max_examples=150, deadline=None)


def choices(panel: Json, held: set[Member]) -> Iterator[set[Couple]]:
    """Every set of reviews that keeps the maxima and these demands."""
    judges = [judge["id"] for judge in panel["judges"]]
    of_each = [
        [
            [(application["id"], judge) for judge in chosen]
            for size in range(min(application["reviews"], len(judges)) + 1)
            for chosen in combinations(judges, size)
            if size == application["reviews"] or ("reviews", application["id"]) not in held
        ]
        for application in panel["applications"]
    ]
    for rows in product(*of_each):
        together = {couple for part in rows for couple in part}
        if keeps(panel, together, held):
            yield together


def reviews_of(answer: Json) -> set[Couple]:
    return {(row["application"], row["judge"]) for row in answer["assignments"]}


def total(panel: Json, rows: set[Couple]) -> Fraction:
    scores = affinities(panel)
    return sum((Fraction(scores.get(couple, 0.0)) for couple in rows), Fraction(0))


def theta(panel: Json, rows: set[Couple]) -> float | None:
    scores = affinities(panel)
    return min((scores.get(couple, 0.0) for couple in rows), default=None)


def check_conflict(panel: Json, answer: Json) -> None:
    """A conflict cannot hold together, and can without any one of its members."""
    members = [named(entry) for entry in answer["conflict"]]
    assert len(set(members)) == len(members)
    assert set(members) <= demands(panel)
    assert next(choices(panel, set(members)), None) is None
    for member in members:
        assert next(choices(panel, set(members) - {member}), None) is not None, member


@many
@given(panels("total"))
def test_total_is_the_largest_sum(panel: Json) -> None:
    answer = solved(panel)
    everything = list(choices(panel, demands(panel)))
    if not everything:
        assert answer["status"] == "infeasible"
        check_conflict(panel, answer)
        return
    assert answer["status"] == "optimal"
    found = reviews_of(answer)
    best = max(total(panel, rows) for rows in everything)
    assert abs(total(panel, found) - best) <= tolerance(panel, len(found))


@many
@given(panels("fair"))
def test_fair_is_the_best_worst_review_then_the_largest_sum(panel: Json) -> None:
    answer = solved(panel)
    everything = list(choices(panel, demands(panel)))
    if not everything:
        assert answer["status"] == "infeasible"
        check_conflict(panel, answer)
        return
    assert answer["status"] == "optimal"
    found = reviews_of(answer)
    worst = max((value for rows in everything if (value := theta(panel, rows)) is not None), default=None)
    assert answer["theta"] == worst
    best = max(total(panel, rows) for rows in everything if worst is None or theta(panel, rows) == worst)
    assert abs(total(panel, found) - best) <= tolerance(panel, len(found))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["total", "fair"]).flatmap(panels))
def test_a_permuted_file_gets_the_same_assignment(panel: Json) -> None:
    answer = solved(panel)
    for seed in range(3):
        other = solved(permuted(panel, seed))
        for key in ("status", "objective", "bound", "theta"):
            assert other[key] == answer[key]
        assert reviews_of(other) == reviews_of(answer)
        assert sorted(map(json.dumps, other.get("conflict", []))) == sorted(
            map(json.dumps, answer.get("conflict", []))
        )


@pytest.mark.parametrize("objective", ["total", "fair"])
def test_an_empty_panel_has_an_empty_assignment(objective: str) -> None:
    keys = ("applications", "judges", "affinity", "conflicts", "pinned")
    panel = {"format": "campapp.assign/1", "objective": objective, **{key: [] for key in keys}}
    answer = solved(panel)
    assert (answer["status"], answer["objective"], answer["theta"]) == ("optimal", 0.0, None)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["total", "fair"]).flatmap(panels))
def test_without_time_any_panel_has_an_answer(panel: Json) -> None:
    hurried, best = solved(panel, Control(seconds=0)), solved(panel)
    assert (hurried["status"] == "infeasible") == (best["status"] == "infeasible")


def test_without_time_and_judges_there_is_nothing_to_assign() -> None:
    applications = [{"id": "a", "reviews": 0}]
    panel: Json = {"format": "campapp.assign/1", "objective": "fair", "applications": applications}
    panel |= {"judges": [], "affinity": [], "conflicts": [], "pinned": []}
    assert solved(panel, Control(seconds=0))["assignments"] == []


@pytest.mark.parametrize("asked", [5, 10**30])
def test_numbers_that_nobody_can_reach_are_told_as_they_are_written(asked: int) -> None:
    def conflict(reviews: int, judges: int, least: int, composition: Json) -> list[str]:
        given = {
            "format": "campapp.assign/1",
            "objective": "total",
            "applications": [{"id": "a", "reviews": reviews, "composition": composition}],
            "judges": [{"id": f"j{n}", "min": least, "max": asked, "category": "x"} for n in range(judges)],
            "affinity": [],
            "conflicts": [],
            "pinned": [],
        }
        return [entry["text"] for entry in solved(given)["conflict"]]

    assert conflict(asked, 2, 0, {}) == [f"a needs {asked} reviews"]
    assert conflict(asked, 2, 0, {"x": asked}) in (
        [f"a needs {asked} reviews"],
        [f"a needs at least {asked} reviews by x"],
    )
    assert conflict(1, 1, asked, {}) == [f"j0 does at least {asked} reviews"]
