"""Some matching for when the time is too short for the best."""

from dataclasses import replace

import numpy as np

from campapp.engines.flow import scale
from campapp.engines.flow.shortage import some_circulation
from campapp.engines.frame.control import Control
from campapp.engines.match.exchange import drawn
from campapp.engines.match.market import UNRANKED, Market
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
