"""From estimates to an order: rounding, ties, shares of the last places."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction

from campapp.engines.rank.contract import Review


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Rounded to `decimals` places, a half away from zero, as 四舍五入 has it."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def places_in_file(reviews: Sequence[Review]) -> dict[str, int]:
    """Where each application's first review stands."""
    first: dict[str, int] = {}
    for number, review in enumerate(reviews):
        first.setdefault(review.application, number)
    return first


def ranked(estimates: Mapping[str, float], ties: str, reviews: Sequence[Review]) -> list[tuple[str, int]]:
    """Applications with their ranks, best first; those that share a rank by id (code points)."""
    first = places_in_file(reviews) if ties == "earlier" else {}
    order = sorted(estimates, key=lambda name: (-estimates[name], first.get(name, 0), name))
    ranks: list[tuple[str, int]] = []
    for number, name in enumerate(order, start=1):
        shares = ties == "share" and number > 1 and estimates[name] == estimates[order[number - 2]]
        ranks.append((name, ranks[-1][1] if shares else number))
    return ranks


def shares_of_quota(estimates: Mapping[str, float], quota: int) -> dict[str, float]:
    """1 inside, 0 outside; whoever ties at the cut shares the places left."""
    rising = sorted(estimates.values())
    shares: dict[str, float] = {}
    for name, value in estimates.items():
        better = len(rising) - bisect_right(rising, value)
        equal = len(rising) - better - bisect_left(rising, value)
        shares[name] = min(equal, max(0, quota - better)) / equal
    return shares
