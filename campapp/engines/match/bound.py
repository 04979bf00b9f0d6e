"""A bound on the sum of scores for when the time is too short to prove one."""

import numpy as np
from numpy.typing import NDArray

from campapp.engines.match.liking import Order, stable_by
from campapp.engines.match.market import Index, Market, Side


def loose_bound(market: Market) -> float:
    """An upper bound on the sum of scores: as if the other side had room for all."""
    pairs = np.flatnonzero(~market.closed)
    pairs = pairs[np.argsort(np.where(market.pinned[pairs], -np.inf, -market.score[pairs]))]
    return min(
        _one_side(market, market.teams, market.team, pairs),
        _one_side(market, market.companies, market.company, pairs),
    )


def _one_side(market: Market, side: Side, owner: Index, pairs: Order) -> float:
    """Each party of one side takes its best pairs, from its least to its most; `pairs` are best first."""
    order = stable_by(owner, pairs)
    count = np.bincount(owner[order], minlength=len(side))
    place = np.arange(len(order)) - (np.cumsum(count) - count)[owner[order]]
    within = place < side.most[owner[order]]
    needed = (place < side.least[owner[order]]) | market.pinned[order]
    scores: NDArray[np.float64] = market.score[order]
    with np.errstate(over="ignore"):
        return float(scores[within & (needed | (scores > 0))].sum())
