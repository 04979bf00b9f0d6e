"""Holds an answer of the rank engine against formats.md; shares no code with the engine."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from math import fsum, isclose, sqrt
from typing import Any

Json = dict[str, Any]


def check(given: Json, answer: Json) -> None:
    """Fail on anything that the contract does not allow."""
    assert answer["format"] == given["format"]
    assert answer["status"] in {"optimal", "feasible"}
    check_rows(given, answer)
    check_ranks(given, answer["ranking"])
    check_judges(given, answer["judges"])
    check_groups(given, answer)
    inside = [row["application"] for row in answer["ranking"] if 0.2 <= row["in_quota"] <= 0.8]
    assert answer["cut"] == {"applications": inside}
    if given["method"] == "calibrated":
        check_calibrated(given, answer)
    else:
        check_by_hand(given, answer)


def check_rows(given: Json, answer: Json) -> None:
    scores = scores_of(given)
    keys = ["application", "estimate", "low", "high", "rank", "in_quota", "reviews"]
    assert all(list(row) == keys for row in answer["ranking"])
    assert {row["application"]: row["reviews"] for row in answer["ranking"]} == {
        name: len(own) for name, own in scores.items()
    }
    assert len(answer["ranking"]) == len(scores)
    for row in answer["ranking"]:
        assert row["low"] <= row["estimate"] <= row["high"]
        assert 0.0 <= row["in_quota"] <= 1.0
        if "decimals" in given:
            assert row["estimate"] == round(row["estimate"], given["decimals"])
    total = fsum(row["in_quota"] for row in answer["ranking"])
    assert isclose(total, min(given["quota"], len(scores)), abs_tol=1e-6)


def check_ranks(given: Json, ranking: list[Json]) -> None:
    first: dict[str, int] = {}
    for number, review in enumerate(given["reviews"]):
        first.setdefault(review["application"], number)
    for place, row in enumerate(ranking):
        better = sum(other["estimate"] > row["estimate"] for other in ranking)
        if given["ties"] == "share":
            assert row["rank"] == better + 1
        else:
            assert row["rank"] == place + 1
    for above, below in pairwise(ranking):
        assert above["estimate"] >= below["estimate"]
        if above["estimate"] == below["estimate"] and given["ties"] == "earlier":
            assert first[above["application"]] < first[below["application"]]


def check_judges(given: Json, judges: list[Json]) -> None:
    many: dict[str, int] = {}
    for review in given["reviews"]:
        many[review["judge"]] = many.get(review["judge"], 0) + 1
    assert {row["judge"]: row["reviews"] for row in judges} == many
    assert len(judges) == len(many)
    for row in judges:
        assert list(row) == ["judge", "severity", "spread", "reviews"]
        assert (row["severity"] is None) == (row["spread"] is None) == (given["method"] != "calibrated")


def check_groups(given: Json, answer: Json) -> None:
    """Groups by letting names flow along reviews until nothing moves."""
    label = {review["application"]: review["application"] for review in given["reviews"]}
    moved = True
    while moved:
        moved = False
        for judge in {review["judge"] for review in given["reviews"]}:
            met = {review["application"] for review in given["reviews"] if review["judge"] == judge}
            least = min(label[name] for name in met)
            moved = moved or any(label[name] != least for name in met)
            label.update(dict.fromkeys(met, least))
    expected = {frozenset(name for name in label if label[name] == own) for own in label.values()}
    assert {frozenset(group) for group in answer["groups"]} == expected
    assert len(answer["groups"]) == len(expected)
    assert ("warning" in answer) == (len(expected) > 1)


def check_calibrated(given: Json, answer: Json) -> None:
    low, high = given["scale"]
    for row in answer["ranking"]:
        assert low <= row["low"] <= row["high"] <= high
    assert all(row["spread"] > 0 for row in answer["judges"])
    level_of_group = {name: number for number, group in enumerate(answer["groups"]) for name in group}
    group_of = {r["judge"]: level_of_group[r["application"]] for r in given["reviews"]}
    for number in set(group_of.values()):
        own = [row["severity"] for row in answer["judges"] if group_of[row["judge"]] == number]
        assert isclose(fsum(own), 0.0, abs_tol=1e-6 * (high - low) * len(own))


def check_by_hand(given: Json, answer: Json) -> None:
    expected = by_hand(given)
    for row in answer["ranking"]:
        assert isclose(row["estimate"], float(expected[row["application"]]), rel_tol=1e-12, abs_tol=1e-12)
        assert row["low"] == row["estimate"] == row["high"]
        better = sum(other["estimate"] > row["estimate"] for other in answer["ranking"])
        equal = sum(other["estimate"] == row["estimate"] for other in answer["ranking"])
        places = min(max(given["quota"] - better, 0), equal)
        assert isclose(row["in_quota"], places / equal, abs_tol=1e-12)


def by_hand(given: Json) -> dict[str, Fraction]:
    """Each application's estimate with a pencil."""
    if given["method"] == "zscore":
        scores: dict[str, list[Fraction]] = {}
        for review in given["reviews"]:
            scores.setdefault(review["application"], []).append(standard(given, review))
    else:
        scores = scores_of(given)
    if given["method"] == "trimmed":
        scores = {name: sorted(own)[1:-1] if len(own) > 2 else own for name, own in scores.items()}
    means = {name: sum(own, Fraction(0)) / len(own) for name, own in scores.items()}
    if "decimals" not in given:
        return means
    step = Decimal(1).scaleb(-given["decimals"])
    return {name: Fraction(decimal(value).quantize(step, ROUND_HALF_UP)) for name, value in means.items()}


def decimal(value: Fraction) -> Decimal:
    return round(Decimal(value.numerator) / Decimal(value.denominator), 15)


def standard(given: Json, review: Json) -> Fraction:
    own = [exact(r["score"]) for r in given["reviews"] if r["judge"] == review["judge"]]
    mean = sum(own) / len(own)
    square = sum((score - mean) ** 2 for score in own) / len(own)
    return Fraction(float(exact(review["score"]) - mean) / sqrt(square)) if square else Fraction(0)


def scores_of(given: Json) -> dict[str, list[Fraction]]:
    scores: dict[str, list[Fraction]] = {}
    for review in given["reviews"]:
        scores.setdefault(review["application"], []).append(exact(review["score"]))
    return scores


def exact(score: float) -> Fraction:
    return Fraction(str(score))
