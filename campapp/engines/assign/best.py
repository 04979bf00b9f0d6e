"""The assignment with the largest sum of affinities, and the fair one.

`total` is a minimum-cost flow with lower bounds (the *Toronto Paper Matching System*'s objective: Charlin and
Zemel, 2013). `fair` is a bottleneck assignment: the largest threshold at which every review can be had, by
bisection over maximum flows (Gross, 1959), then the sum above it. Unlike fairness by a paper's sum (Stelmakh,
Shah, Singh, *PeerReview4All*, JMLR 22, 2021; Kobren, Saha, McCallum, KDD 2019), which is hard, fairness by
the single worst review can be exact in polynomial time.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from campapp.engines.assign.allocation import drawn, open_pairs
from campapp.engines.assign.panel import Ints, Mask, Panel
from campapp.engines.flow import scale
from campapp.engines.flow.pricing import cheapest
from campapp.engines.flow.shortage import shortage, some_circulation
from campapp.engines.flow.solver import OutOfTime, Solver


@dataclass(frozen=True)
class Assignment:
    """Assigned pairs (None: none known), an upper bound on the sum of their scores, and whether it is proven.

    Proven without pairs: there is no assignment that keeps the bounds.
    """

    pairs: Ints | None
    bound: float
    proven: bool


def best_total(
    panel: Panel, solver: Solver, pairs: Ints | None = None, wanted: Mask | None = None
) -> Assignment:
    """The best assignment among these pairs (else all open ones), with as many `wanted` pairs as can be."""
    pairs = open_pairs(panel) if pairs is None else pairs
    weight = _weight(panel) if wanted is not None else 1
    bits = scale.bits_for(len(panel.applications) + len(panel.judges) + len(panel.asked) + 2, weight)
    cost, exponent = scale.costs(panel.score[pairs], bits)
    if wanted is not None:
        cost -= (weight << bits) * wanted[pairs]
    allocation = drawn(panel, pairs, cost)

    def tell(spent: float, floor: float) -> None:
        if wanted is None:
            solver.control.report(scale.unscaled(spent, exponent), scale.unscaled(floor, exponent))

    found = cheapest(solver, allocation.network, allocation.owned, tell=tell)
    if found.flow is None:
        return Assignment(None, np.inf, found.proven)
    chosen = pairs[found.flow[allocation.arcs] > 0]
    rounding = 0.5 * float(panel.reviews.sum())
    bound = np.inf if wanted is not None else scale.unscaled(found.floor - rounding, exponent)
    return Assignment(chosen, bound, found.proven)


def _weight(panel: Panel) -> int:
    """How many times the largest cost a wanted pair must be worth to come before any sum of costs.

    What separates an assignment from a better one is a sum of simple cycles. Each passes every judge once, and
    every application once by itself and once by each category asked for.
    """
    return 2 * min(len(panel.judges), len(panel.applications) + len(panel.asked)) + 2


def some_assignment(panel: Panel) -> Assignment:
    """An assignment that keeps all bounds, within moments; proven when there is none."""
    pairs = open_pairs(panel)
    cost, _ = scale.costs(panel.score[pairs], scale.COARSE)
    allocation = drawn(panel, pairs, cost)
    flow = some_circulation(allocation.network, allocation.owned.optional)
    if flow is None:
        return Assignment(None, np.inf, proven=True)
    return Assignment(pairs[flow[allocation.arcs] > 0], loose_bound(panel), proven=False)


def loose_bound(panel: Panel) -> float:
    """An upper bound on the sum of scores: as if every judge had time for all."""
    shape = len(panel.applications), len(panel.judges)
    first = np.where(panel.pinned, np.inf, np.where(panel.closed, -np.inf, panel.score))
    order = np.argsort(-first.reshape(shape), axis=1, kind="stable")
    rows = np.take_along_axis(panel.score.reshape(shape), order, axis=1)
    taken = np.arange(shape[1]) < panel.reviews[:, None]
    with np.errstate(over="ignore"):
        return float(rows[taken].sum())


def best_fair(panel: Panel, solver: Solver) -> Assignment:
    """The fair assignment. Raises OutOfTime before the threshold is known."""
    pairs = open_pairs(panel)
    pairs = pairs[np.argsort(-panel.score[pairs], kind="stable")]
    allocation = drawn(panel, pairs)

    def holds(count: int) -> bool:
        """Whether all bounds can be kept with the best so many pairs."""
        solver.control.check()
        solver.control.report(
            None, None, threshold_tried=float(panel.score[pairs[count - 1]]) if count else None
        )
        if solver.control.out_of_time():
            raise OutOfTime
        if panel.pinned[pairs[count:]].any():
            return False
        return shortage(allocation.network.part(np.arange(allocation.first + count))).missing == 0

    if not holds(len(pairs)):
        return Assignment(None, np.inf, proven=True)
    if not panel.reviews.any():
        return best_total(panel, solver)
    return best_total(panel, solver, np.sort(pairs[: _fewest(panel, pairs, holds)]))


def _fewest(panel: Panel, pairs: Ints, holds: Callable[[int], bool]) -> int:
    """How many of the pairs, best first and with all of equal score, are needed; all of them suffice."""
    scores = panel.score[pairs]
    ends = np.flatnonzero(np.r_[scores[1:] != scores[:-1], True]) + 1
    fails, enough = -1, int(np.searchsorted(ends, _at_least(panel, pairs)))
    while not holds(int(ends[enough])):
        fails = enough
        wider = int(np.searchsorted(ends, 2 * ends[enough]))
        enough = min(max(enough + 1, wider), len(ends) - 1)
    while enough - fails > 1:
        middle = (enough + fails) // 2
        if holds(int(ends[middle])):
            enough = middle
        else:
            fails = middle
    return int(ends[enough])


def _at_least(panel: Panel, pairs: Ints) -> int:
    """So many pairs are needed for each application to have as many as its reviews."""
    order = np.argsort(panel.application(pairs), kind="stable")
    start = np.zeros(len(panel.applications) + 1, np.int64)
    np.cumsum(np.bincount(panel.application(pairs), minlength=len(panel.applications)), out=start[1:])
    wanting = panel.reviews > 0
    return int(order[(start[:-1] + panel.reviews - 1)[wanting]].max(initial=0)) + 1
