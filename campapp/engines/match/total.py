"""The matching with the least missing to the targets, and of those the one with the largest sum of scores.

A minimum-cost flow with lower bounds (Ahuja, Magnanti, Orlin, *Network Flows*, 1993): one unit for each
match, a pair's cost is minus its score, a unit towards a target earns a credit above all costs.
"""

from dataclasses import dataclass

import numpy as np

from campapp.engines.flow import scale
from campapp.engines.flow.pricing import cheapest
from campapp.engines.flow.solver import Solver
from campapp.engines.match.exchange import Exchange, drawn, weight
from campapp.engines.match.market import NO_TARGET, Index, Market, Mask


@dataclass(frozen=True)
class Matching:
    """Matched pairs (None: none known), an upper bound on the sum of scores, and whether it is proven.

    Proven without pairs: there is no matching that keeps the bounds.
    """

    pairs: Index | None
    bound: float
    proven: bool


def best_total(
    market: Market,
    solver: Solver,
    high: Mask | None = None,
    must: Mask | None = None,
    *,
    rough: bool = False,
) -> Matching:
    """The best matching; with `high` given, as many teams as can be have a high pair before all else.

    With `must`, these teams get a high pair instead, or there is no matching. A `rough` one is good, not proven.
    """
    crediting = (high is not None and must is None) or has_targets(market)
    heavy = weight(market) if crediting else 1
    nodes = 2 * len(market.teams) + len(market.companies) + 2
    bits = scale.bits_for(nodes, heavy)
    cost, exponent = scale.costs(np.where(market.closed, 0.0, market.score), bits)
    exchange = drawn(market, cost, heavy << bits, high, must)

    def tell(spent: float, floor: float) -> None:
        if not crediting:
            solver.control.report(scale.unscaled(spent, exponent), scale.unscaled(floor, exponent))

    found = cheapest(solver, exchange.network, exchange.owned, rough=rough, tell=tell)
    if found.flow is None:
        return Matching(None, np.inf, found.proven)
    pairs = exchange.pairs[found.flow[exchange.arcs] > 0]
    bound = np.inf if crediting else scale.unscaled(found.floor - _rounding(exchange), exponent)
    return Matching(pairs, bound, found.proven)


def has_targets(market: Market) -> bool:
    return bool((market.teams.target != NO_TARGET).any() or (market.companies.target != NO_TARGET).any())


def _rounding(exchange: Exchange) -> float:
    """What rounding the scores may have cost the floor: half a unit for each match there can be."""
    return 0.5 * float(min(exchange.network.upper[exchange.owned.owner >= 0].sum(), len(exchange.arcs)))
