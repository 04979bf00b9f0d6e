"""Some matching for when the time is too short for the best."""

from dataclasses import replace

import numpy as np

from campapp.engines.flow import scale
from campapp.engines.flow.shortage import some_circulation
from campapp.engines.frame.control import Control
from campapp.engines.match.chunks import by_chunks
from campapp.engines.match.exchange import drawn
from campapp.engines.match.market import UNRANKED, Index, Market, Mask
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
    return Matching(_greedy(market, kept, control.patient()), np.inf, proven=False)


def _greedy(market: Market, kept: Mask, control: Control) -> Index:
    """The best pairs first, around those that are kept; of `total` only what adds to the sum.

    Both sides like by score, so deferred acceptance over the best pairs holds whatever comes after them.
    """
    unranked = np.full(len(market), UNRANKED, np.int32)
    liked = replace(market, team_rank=unranked, company_rank=unranked)
    useful = market.score > 0 if market.objective == "total" else np.ones(len(market), np.bool_)
    open_pairs = np.flatnonzero(~(market.closed | kept) & useful)
    pairs = np.flatnonzero(kept).astype(np.int32)

    def wanted(among: Index) -> Mask:
        team = np.bincount(market.team[pairs], minlength=len(market.teams)) < market.teams.most
        company = np.bincount(market.company[pairs], minlength=len(market.companies)) < market.companies.most
        both: Mask = team[market.team[among]] & company[market.company[among]]
        return both

    places = int(min(market.teams.most.sum(), market.companies.most.sum()))
    for best in by_chunks(market.score, open_pairs, places, wanted):
        among = np.sort(np.concatenate([pairs, best]))
        part = _part(liked, among, pairs)
        pairs = among[deferred_acceptance(part, control)[0]]
    return pairs


def _part(market: Market, among: Index, kept: Index) -> Market:
    """The market of these pairs alone, with those that are kept pinned."""
    columns = ("team", "company", "score", "place", "team_rank", "company_rank")
    nothing = np.zeros(len(among), np.bool_)
    return replace(
        market,
        **{name: getattr(market, name)[among] for name in columns},
        pinned=np.isin(among, kept, assume_unique=True),
        forbidden=nothing,
        excluded=nothing,
    )
