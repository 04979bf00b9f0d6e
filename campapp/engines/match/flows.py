"""The objectives that are flows, `total` and `fair`, and why a market has no matching."""

import numpy as np

from campapp.engines.flow.solver import OutOfTime, Solver
from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Result
from campapp.engines.frame.errors import BadInput
from campapp.engines.match.answer import infeasible, solved, worst_best
from campapp.engines.match.bound import loose_bound
from campapp.engines.match.conflict import conflict
from campapp.engines.match.fair import best_fair
from campapp.engines.match.fallback import first_matching
from campapp.engines.match.market import Market, pins_contradict
from campapp.engines.match.total import Matching, best_total


def solve_by_flows(market: Market, control: Control) -> Result:
    """The answer for `total` and `fair`, and for any market whose pins contradict each other."""
    if pins_contradict(market):
        return infeasible(conflict(market, control))
    try:
        matching, theta = _best(market, control)
    except ArithmeticError as error:
        raise BadInput("$", str(error)) from None
    if matching.pairs is None:
        return infeasible(conflict(market, control))
    bound = min(matching.bound, np.inf if matching.proven else loose_bound(market))
    return solved(market, matching.pairs, bound, theta, proven=matching.proven)


def _best(market: Market, control: Control) -> tuple[Matching, float | None]:
    """The best matching as far as the time allows, else any that keeps the bounds; of `fair` also its θ."""
    found, theta = _sought(market, control)
    matching = found if found.proven or found.pairs is not None else first_matching(market, control)
    if matching.pairs is not None and not matching.proven and market.objective == "fair":
        theta = worst_best(market, matching.pairs)
    return matching, theta


def _sought(market: Market, control: Control) -> tuple[Matching, float | None]:
    nothing = Matching(None, np.inf, proven=False), None
    if control.out_of_time():
        return nothing
    with Solver(control, len(market)) as solver:
        try:
            if market.objective == "fair":
                levels = best_fair(market, solver)
                return levels.matching, levels.theta
            return best_total(market, solver), None
        except OutOfTime:
            return nothing
