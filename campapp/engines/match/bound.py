"""A bound on the sum of scores for when the time is too short to prove one."""

import numpy as np

from campapp.engines.match.chunks import by_chunks
from campapp.engines.match.liking import stable_by
from campapp.engines.match.market import Index, Market, Mask, Side


def loose_bound(market: Market) -> float:
    """An upper bound on the sum of scores: as if the other side had room for all."""
    return min(
        _one_side(market, market.teams, market.team),
        _one_side(market, market.companies, market.company),
    )


def _one_side(market: Market, side: Side, owner: Index) -> float:
    """Each party of one side takes its pins, then its best pairs, from its least to its most."""
    pinned = market.pinned & ~market.closed
    taken = pinned.copy()
    got = np.bincount(owner[pinned], minlength=len(side))

    def wanted(pairs: Index) -> Mask:
        """A party takes what scores above 0, and anything as long as it has too few."""
        own = owner[pairs]
        useful: Mask = (got[own] < side.least[own]) | (
            (market.score[pairs] > 0) & (got[own] < side.most[own])
        )
        return useful

    free = np.flatnonzero(~(market.closed | market.pinned))
    for best in by_chunks(market.score, free, int(side.most.sum()), wanted):
        order = best[stable_by(owner[best], np.argsort(-market.score[best], kind="stable"))]
        count = np.bincount(owner[order], minlength=len(side))
        place = got[owner[order]] + np.arange(len(order)) - (np.cumsum(count) - count)[owner[order]]
        needed = place < side.least[owner[order]]
        chosen = order[needed | ((market.score[order] > 0) & (place < side.most[owner[order]]))]
        taken[chosen] = True
        got = got + np.bincount(owner[chosen], minlength=len(side))
    with np.errstate(over="ignore"):
        return float(market.score[taken].sum())
