"""Some matching, and some bound, for when the time is too short for the best."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from campapp.engines.flow import scale
from campapp.engines.flow.shortage import some_circulation
from campapp.engines.frame.control import Control
from campapp.engines.match.exchange import drawn
from campapp.engines.match.liking import Order, stable_by
from campapp.engines.match.market import UNRANKED, Index, Market, Side
from campapp.engines.match.stable import deferred_acceptance
from campapp.engines.match.total import Matching


def first_matching(market: Market, control: Control) -> Matching:
    """A matching that keeps all bounds, within moments; proven when there is none.

    With lower bounds, first some flow that keeps them, whatever it is worth; around it, the best pairs first.
    """
    kept = market.pinned
    if market.teams.least.any() or market.companies.least.any():
        exchange = drawn(market, scale.costs(market.score, scale.COARSE)[0], 0)
        flow = some_circulation(exchange.network, exchange.owned.optional)
        if flow is None:
            return Matching(None, np.inf, proven=True)
        kept = np.zeros(len(market), np.bool_)
        kept[exchange.pairs[flow[exchange.arcs] > 0]] = True
    useful = market.score > 0 if market.objective == "total" else np.ones(len(market), np.bool_)
    unranked = np.full(len(market), UNRANKED, np.int32)
    greedy = replace(
        market,
        pinned=kept,
        forbidden=market.closed | ~(useful | kept),
        team_rank=unranked,
        company_rank=unranked,
    )
    pairs, _ = deferred_acceptance(greedy, control.patient())
    return Matching(pairs, np.inf, proven=False)


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
