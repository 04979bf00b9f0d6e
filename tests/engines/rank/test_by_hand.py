"""The simple methods, as a person recomputes them."""

from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from tests.engines.rank.instances import asked, column, files, shuffled, solved, table

THREE = table({"a": [80, 90, 70], "b": [60, 100, 75], "c": [85, 85, 84]})


def test_the_mean_is_the_sum_over_the_number() -> None:
    assert column(solved(asked(THREE, "mean")), "estimate") == {"a": 80, "c": 254 / 3, "b": 235 / 3}


def test_trimmed_drops_one_highest_and_one_lowest() -> None:
    assert column(solved(asked(THREE, "trimmed")), "estimate") == {"a": 80, "b": 75, "c": 85}


def test_trimmed_keeps_all_where_only_two_scored() -> None:
    given = asked(table({"a": [10, 20], "b": [10, 20, 90]}), "trimmed")
    assert column(solved(given), "estimate") == {"a": 15, "b": 20}


def test_zscore_counts_deviations_with_n_from_the_judges_own_mean() -> None:
    # j1 gives 60 and 80: mean 70, deviation 10; j2 gives 94 and 90: mean 92, deviation 2
    given = asked([("a", "j1", 60), ("b", "j1", 80), ("a", "j2", 94), ("c", "j2", 90)], "zscore")
    assert column(solved(given), "estimate") == {"b": 1, "a": 0, "c": -1}


@pytest.mark.parametrize("scores", [[("a", "j1", 50)], [("a", "j1", 50), ("b", "j1", 50)]])
def test_a_judge_who_never_differs_gives_zero(scores: Any) -> None:
    assert set(column(solved(asked(scores, "zscore")), "estimate").values()) == {0}


def test_a_half_is_rounded_up_also_where_a_binary_fraction_lies_below_it() -> None:
    given = asked([("a", "j1", 1.005), ("b", "j1", 2.675), ("c", "j1", 0.125)], "mean", decimals=2)
    assert column(solved(given), "estimate") == {"b": 2.68, "a": 1.01, "c": 0.13}


def test_rounding_comes_before_ties() -> None:
    given = asked(table({"a": [70.14], "b": [70.06], "c": [70.04]}), "mean", decimals=1)
    assert column(solved(given), "rank") == {"a": 1, "b": 1, "c": 3}


def test_equal_estimates_share_the_best_rank_and_the_places_left() -> None:
    given = asked(table({"a": [90], "b": [80], "c": [80], "d": [70]}), "mean", quota=2)
    answer = solved(given)
    assert column(answer, "rank") == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert column(answer, "in_quota") == {"a": 1, "b": 0.5, "c": 0.5, "d": 0}
    assert answer["cut"] == {"applications": ["b", "c"]}


def test_earlier_puts_first_whose_first_review_stands_earlier() -> None:
    given = asked([("z", "j1", 80), ("a", "j1", 80), ("a", "j2", 80)], "mean", ties="earlier")
    assert column(solved(given), "rank") == {"z": 1, "a": 2}


@pytest.mark.parametrize("quota", [7, 10**400], ids=["above", "huge"])
@pytest.mark.parametrize("method", ["mean", "calibrated"])
@pytest.mark.parametrize("scores", [THREE, [("a", "j1", 50), ("b", "j1", 50)]])
def test_all_are_in_a_quota_above_their_number(scores: Any, method: str, quota: int) -> None:
    answer = solved(asked(scores, method, quota=quota))
    assert set(column(answer, "in_quota").values()) == {1}


def test_a_file_without_reviews_ranks_nobody() -> None:
    answer = solved(asked([], "mean"))
    assert (answer["ranking"], answer["judges"], answer["groups"]) == ([], [], [])


def test_panels_that_never_meet_are_named_and_zscore_is_warned_of() -> None:
    apart = [("a", "j1", 1), ("b", "j1", 2), ("c", "j2", 3)]
    assert solved(asked(apart, "mean"))["groups"] == [["a", "b"], ["c"]]
    assert "z-scores" not in solved(asked(apart, "mean"))["warning"]
    assert "z-scores" in solved(asked(apart, "zscore"))["warning"]
    assert "warning" not in solved(asked(THREE, "zscore"))


@settings(max_examples=150, deadline=None)
@drawn(files())
def test_any_small_file_is_as_the_pencil_has_it(given: Any) -> None:
    solved(given)


@settings(max_examples=60, deadline=None)
@drawn(files(), st.integers(0, 10**6))
def test_another_order_of_the_file_changes_no_value(given: Any, seed: int) -> None:
    answer, again = solved(given), solved(shuffled(given, seed))
    for key in ("estimate", "low", "high", "in_quota", "reviews"):
        assert column(answer, key) == column(again, key)
    assert answer["judges"] == again["judges"]
    assert answer["groups"] == again["groups"]
