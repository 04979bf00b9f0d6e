"""Every objective against every set of pairs that there is, on markets small enough to try them all."""

import json
import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.match import market
from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes
from tests.engines.checkers.match import (
    Couple,
    demands,
    keeps,
    liking,
    named,
    shortfall,
    tolerance,
    worst_best,
)
from tests.engines.checkers.match import blocks as blocks_in
from tests.engines.match.instances import markets, permuted, solved

Json = dict[str, Any]

many = settings(max_examples=150, deadline=None)


def matchings(market: Json) -> Iterator[set[Couple]]:
    """Every matching that keeps all demands."""
    listed = [(p["team"], p["company"]) for p in market["pairs"]]
    held = demands(market)
    for size in range(len(listed) + 1):
        for chosen in combinations(listed, size):
            if keeps(market, set(chosen), held):
                yield set(chosen)


def total(market: Json, matched: set[Couple]) -> Fraction:
    return sum(
        (Fraction(p["score"]) for p in market["pairs"] if (p["team"], p["company"]) in matched), Fraction(0)
    )


def missing(market: Json, matched: set[Couple]) -> int:
    return sum(row["target"] - row["got"] for row in shortfall(market, matched))


def pairs_of(answer: Json) -> set[Couple]:
    return {(p["team"], p["company"]) for p in answer["pairs"]}


def check_conflict(market: Json, answer: Json) -> None:
    """A conflict cannot hold together, and can without any one of its members."""
    members = [named(entry) for entry in answer["conflict"]]
    assert len(set(members)) == len(members)
    assert set(members) <= demands(market)
    listed = [(p["team"], p["company"]) for p in market["pairs"]]
    every = [set(chosen) for size in range(len(listed) + 1) for chosen in combinations(listed, size)]
    assert not any(keeps(market, chosen, set(members)) for chosen in every)
    for member in members:
        rest = set(members) - {member}
        assert any(keeps(market, chosen, rest) for chosen in every), member


@many
@given(markets("total"))
def test_total_is_least_shortfall_then_largest_sum(market: Json) -> None:
    answer = solved(market)
    everything = list(matchings(market))
    if not everything:
        assert answer["status"] == "infeasible"
        check_conflict(market, answer)
        return
    assert answer["status"] == "optimal"
    found = pairs_of(answer)
    least = min(missing(market, matched) for matched in everything)
    assert missing(market, found) == least
    best = max(total(market, matched) for matched in everything if missing(market, matched) == least)
    assert abs(total(market, found) - best) <= tolerance(market, len(found))


@many
@given(markets("fair"))
def test_fair_is_most_teams_then_the_worst_best_then_the_sum(market: Json) -> None:
    answer = solved(market)
    everything = list(matchings(market))
    if not everything:
        assert answer["status"] == "infeasible"
        check_conflict(market, answer)
        return
    assert answer["status"] == "optimal"
    found = pairs_of(answer)
    teams = max(len({team for team, _ in matched}) for matched in everything)
    assert len({team for team, _ in found}) == teams
    level = [m for m in everything if len({team for team, _ in m}) == teams]
    thresholds = [theta for m in level if (theta := worst_best(market, m)) is not None]
    theta = max(thresholds, default=None)
    assert answer["theta"] == theta
    best = max(total(market, m) for m in level if theta is None or worst_best(market, m) == theta)
    assert abs(total(market, found) - best) <= tolerance(market, len(found))


@many
@given(markets("stable", bounded=False))
def test_stable_is_the_best_stable_matching_for_every_team(market: Json) -> None:
    answer = solved(market)
    everything = list(matchings(market))
    if not everything:
        assert answer["status"] == "infeasible"
        check_conflict(market, answer)
        return
    found = pairs_of(answer)
    stable = [m for m in everything if not any(blocks_in(market, m, pair) for pair in market["pairs"])]
    assert found in stable
    for party in market["teams"]:
        mine = liked(market, party["id"], found)
        for other in stable:
            theirs = liked(market, party["id"], other)
            assert len(mine) == len(theirs)
            assert all(own <= their for own, their in zip(mine, theirs, strict=True))


def liked(market: Json, team: str, matched: set[Couple]) -> list[tuple[int, int, float, str]]:
    return sorted(liking(market, "team", team, company) for own, company in matched if own == team)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["total", "fair", "stable"]).flatmap(lambda o: markets(o, bounded=o != "stable")))
def test_a_permuted_file_gets_the_same_matching(market: Json) -> None:
    answer = solved(market)
    for seed in range(3):
        other = solved(permuted(market, seed))
        for key in ("status", "objective", "bound", "theta"):
            assert other[key] == answer[key]
        assert pairs_of(other) == pairs_of(answer)
        assert other["blocking_pairs"]["count"] == answer["blocking_pairs"]["count"]
        assert {json.dumps(e) for e in other.get("conflict", [])} == {
            json.dumps(e) for e in answer.get("conflict", [])
        }


@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
def test_an_empty_market_has_an_empty_matching(objective: str) -> None:
    keys = ("teams", "companies", "pairs", "pinned", "forbidden")
    market = {"format": "campapp.match/1", "objective": objective, **{key: [] for key in keys}}
    answer = solved(market)
    assert (answer["status"], answer["objective"], answer["theta"]) == ("optimal", 0.0, None)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["total", "fair", "stable"]).flatmap(lambda o: markets(o, bounded=o != "stable")))
def test_a_market_too_sparse_for_tables_and_too_large_for_lists_gets_the_same_matching(market: Json) -> None:
    small = solved(market)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("campapp.engines.frame.lookup._ROOMY", 0)
        patch.setattr("campapp.engines.frame.lookup._SMALL_TABLE", -1)
        patch.setattr("campapp.engines.match.stable._SMALL", 0)
        patch.setattr("campapp.engines.match.stable._FEW_NUMBERS", 0)
        large = solved(market)
    assert {**small, "seconds": 0} == {**large, "seconds": 0}


def test_how_many_teams_a_pair_is_demanded_of_beforehand_does_not_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = market("fair", 2_000, 20, 20)
    answers = []
    for spare in (1, 3, 10**9):
        monkeypatch.setattr("campapp.engines.match.fair._SPARE", spare)
        answers.append(json.loads(solve_bytes("match", data, Control())))
    assert {answer["status"] for answer in answers} == {"optimal"}
    assert len({answer["theta"] for answer in answers}) == 1
    assert [answer["objective"] for answer in answers] == pytest.approx([answers[0]["objective"]] * 3)


@pytest.mark.parametrize("seed", range(5))
def test_without_time_the_best_pairs_come_first(seed: int) -> None:
    """Also where the best few of the pairs, which are looked at first, are all of one company."""
    order = random.Random(seed)
    given = json.loads(market("total", 60, 12, 12, seed))
    for pair in given["pairs"]:
        pair["score"] = order.random() + (pair["company"] == "company-3")
    answer = solved(given, Control(seconds=0))
    room = {party["id"]: party["max"] for side in ("teams", "companies") for party in given[side]}
    greedy = set()
    for pair in sorted(given["pairs"], key=lambda pair: -pair["score"]):
        if room[pair["team"]] and room[pair["company"]]:
            greedy.add((pair["team"], pair["company"]))
            room[pair["team"]] -= 1
            room[pair["company"]] -= 1
    assert pairs_of(answer) == greedy
    assert answer["bound"] >= solved(given)["objective"]


@pytest.mark.parametrize("asked", [5, 10**30])
def test_numbers_that_nobody_can_reach_are_told_as_they_are_written(asked: int) -> None:
    party = {"min": 0, "max": asked, "ranks": [], "excludes": []}
    given = {
        "format": "campapp.match/1",
        "objective": "total",
        "teams": [{"id": "t", **party, "target": asked}],
        "companies": [{"id": "c", **party}],
        "pairs": [{"team": "t", "company": "c", "score": 1}],
        "pinned": [],
        "forbidden": [],
    }
    assert solved(given)["shortfall"] == [{"team": "t", "target": asked, "got": 1}]
    given["companies"] = [{"id": "c", **party, "min": asked}]
    (member,) = solved(given)["conflict"]
    assert member["text"] == f"company c needs at least {asked} matches"
