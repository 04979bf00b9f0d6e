"""The methods that a person can recompute by hand: mean, trimmed mean, z-score.

Reckoned in whole numbers, so exact to the last digit: equal means are equal, and a half is a half.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from campapp.engines.rank.contract import Review

DIGITS = 30
"""z-scores are carried to so many places, and their means taken to ten fewer: still past a double's."""


def averages(method: str, reviews: Sequence[Review]) -> dict[str, Fraction]:
    """Each application's estimate by `mean`, `trimmed` or `zscore`."""
    scores, one = whole_numbers([review.score for review in reviews])
    if method == "zscore":
        scores, one = _standard(reviews, scores), 10**DIGITS
    means: dict[str, Fraction] = {}
    for name, own in _grouped((review.application for review in reviews), scores).items():
        kept = _trimmed(own) if method == "trimmed" else own
        means[name] = Fraction(sum(kept), len(kept) * one)
    if method == "zscore":
        coarse = 10 ** (DIGITS - 10)
        return {name: Fraction(round(value * coarse), coarse) for name, value in means.items()}
    return means


def written(score: float) -> Fraction:
    """The number as it is written in the file, 70.1 and not the binary fraction next to it."""
    return Fraction(int(score)) if score.is_integer() else Fraction(Decimal(repr(score)))


def whole_numbers(scores: Sequence[float]) -> tuple[list[int], int]:
    """The scores as they are written, in units of the smallest decimal place that any of them uses."""
    if all(score.is_integer() for score in scores):
        return [int(score) for score in scores], 1
    exact = [written(score) for score in scores]
    places = 0
    while any(
        10**places % value.denominator for value in {value.denominator: value for value in exact}.values()
    ):
        places += 1
    one = 10**places
    return [value.numerator * (one // value.denominator) for value in exact], one


def _grouped(names: Iterable[str], values: Sequence[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for name, value in zip(names, values, strict=True):
        found[name].append(value)
    return found


def _trimmed(scores: list[int]) -> list[int]:
    """Without one highest and one lowest, where at least three judges scored."""
    return sorted(scores)[1:-1] if len(scores) >= 3 else scores


def _standard(reviews: Sequence[Review], scores: Sequence[int]) -> list[int]:
    """Each score in deviations (with n) from its judge's mean, × 10³⁰; 0 where a judge never differs.

    With n scores x of sum S and sum of squares Q, (x − S/n) / √(Q/n − S²/n²) = (n·x − S) / √(n·Q − S²).
    """
    fine = 10**DIGITS
    of_judge = {}
    for judge, own in _grouped((review.judge for review in reviews), scores).items():
        many, total = len(own), sum(own)
        of_judge[judge] = many, total, isqrt((many * sum(x * x for x in own) - total * total) * fine * fine)
    standard = []
    for review, score in zip(reviews, scores, strict=True):
        many, total, root = of_judge[review.judge]
        standard.append((many * score - total) * fine * fine // root if root else 0)
    return standard
