"""Reviews where they decide: which applications should get one more.

The rule. Every application first gets two reviews, spread evenly. Then, wave by wave, the next review always goes
where it is expected to prevent most mistakes. With p the chance to belong to the best `quota` (`in_quota` of
the method `calibrated`), leaving it as it stands is a mistake with chance min(p, 1 - p): largest at the cut, near
0 for the clearly good and the clearly not good. k further reviews, each with the noise that this file shows,
would move p to p' (preposterior analysis, Raiffa and Schlaifer 1961): what they are worth is
min(p, 1 - p) - E min(p', 1 - p'), a review. At most three reviews go to one application in a wave, for after
them more is known; an application with fewer than two reviews comes before all others, and one with none gets two.

Source: the sequential choice of whom to measure next, as in optimal computing budget allocation for the best
subset (Chen, He, Fu and Lee, INFORMS J. Computing 20(4), 2008) and the knowledge gradient (Frazier, Powell and
Dayanik, SIAM J. Control Optim. 47(5), 2008); steps of more than one review because the first alone may be worth
nothing (Frazier and Powell, *Paradoxes in learning*, 2010).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

import numpy as np
from scipy.special import ndtr, ndtri

from campapp.engines.frame.control import Control
from campapp.engines.rank.calibrated import Calibration, calibrated
from campapp.engines.rank.contract import Instance, Review
from campapp.engines.rank.panel import Numbers, panel

FIRST_REVIEWS = 2
"""So many reviews each application gets before any gets more."""
MOST_IN_A_WAVE = 3
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(21)


def next_wave(
    reviews: Instance | Sequence[Review],
    budget: int,
    *,
    quota: int | None = None,
    scale: Sequence[float] = (0.0, 100.0),
    applications: Iterable[str] = (),
    control: Control | None = None,
) -> list[str]:
    """Where the next `budget` reviews should go, most urgent first: each entry is one more review of it.

    `reviews` is a file of `campapp.rank/1`, which says `quota` and `scale` itself, or the bare reviews; then
    `quota` is a tenth of the applications unless given. `applications` names those of the round that may have
    no review yet. Shorter than `budget` only when every application got all that a wave may give it. Who
    reviews them is the question of the engine `assign`.
    """
    if isinstance(reviews, Instance):
        quota, scale, reviews = reviews.quota, reviews.scale, reviews.reviews
    many = Counter(review.application for review in reviews)
    names = sorted({*many, *applications})
    first = [name for reached in range(FIRST_REVIEWS) for name in names if many[name] <= reached]
    if len(first) >= budget or not reviews:
        return first[: max(0, budget)]
    judged = panel(reviews)
    places = quota if quota is not None else max(1, len(names) // 10)
    found = calibrated(judged, list(scale), places, control or Control())
    return first + _dealt(judged.applications, worth(found), Counter(first), budget - len(first))


def worth(found: Calibration) -> Numbers:
    """Chance of a mistake that 0, 1, 2, 3 further reviews are expected to prevent (applications × 4)."""
    chance = np.clip(found.in_quota, 1e-12, 1 - 1e-12)
    distance = np.abs(ndtri(chance))
    known = (found.deviation / max(found.noise, 1e-12)) ** 2
    prevented = np.zeros((len(chance), MOST_IN_A_WAVE + 1))
    for further in range(1, MOST_IN_A_WAVE + 1):
        left = 1 / (1 + further * known)
        moved = distance[:, None] + np.sqrt(1 - left)[:, None] * _NODES
        mistakes = ndtr(-np.abs(moved) / np.sqrt(left)[:, None]) @ (_WEIGHTS / _WEIGHTS.sum())
        prevented[:, further] = np.minimum(chance, 1 - chance) - mistakes
    return prevented


def _dealt(names: Sequence[str], prevented: Numbers, given: Mapping[str, int], budget: int) -> list[str]:
    """The budget, one application's best step at a time (several reviews, if only together they are worth it).

    `given` are the reviews that the wave has given before; each name has fewer than it may have.
    """
    steps = [
        (*_best_step(row, given[name]), name, row, given[name])
        for name, row in zip(names, prevented.tolist(), strict=True)
    ]
    heapify(steps)
    dealt: list[str] = []
    while steps and len(dealt) < budget:
        _, reached, name, row, before = heappop(steps)
        dealt += [name] * min(reached - before, budget - len(dealt))
        if reached < MOST_IN_A_WAVE:
            heappush(steps, (*_best_step(row, reached), name, row, reached))
    return dealt


def _best_step(prevented: list[float], given: int) -> tuple[float, int]:
    """The number of reviews to reach from `given` that prevents most a review, with its negative worth."""
    return min(
        (-(prevented[reached] - prevented[given]) / (reached - given), reached)
        for reached in range(given + 1, MOST_IN_A_WAVE + 1)
    )
