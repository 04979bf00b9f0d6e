"""The match engine as the registry knows it."""

import numpy as np

from campapp.engines.flow.solver import OutOfTime, Solver
from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Engine, Result
from campapp.engines.frame.errors import BadInput
from campapp.engines.match.answer import infeasible, solved, worst_best
from campapp.engines.match.conflict import conflict, pins_contradict
from campapp.engines.match.contract import Instance
from campapp.engines.match.fair import best_fair
from campapp.engines.match.fallback import first_matching, loose_bound
from campapp.engines.match.market import Market, market
from campapp.engines.match.stable import deferred_acceptance
from campapp.engines.match.total import Matching, best_total

_A_PAIR, _A_PARTY = 260, 4_000
"""Bytes that the work takes at most: flows over all pairs, when few do not suffice."""


def memory(instance: Market) -> int:
    """The most that solving takes, in bytes."""
    return (64 << 20) + _A_PAIR * len(instance) + _A_PARTY * (len(instance.teams) + len(instance.companies))


def solve(instance: Market, control: Control) -> Result:
    """The matching that the objective asks for, or why there is none."""
    if pins_contradict(instance):
        return infeasible(conflict(instance, control))
    if instance.objective == "stable":
        pairs, finished = deferred_acceptance(instance, control)
        bound = np.inf if finished else loose_bound(instance)
        return solved(instance, pairs, bound, None, proven=finished)
    try:
        matching, theta = _best(instance, control)
    except ArithmeticError as error:
        raise BadInput("$", str(error)) from None
    if matching.pairs is None:
        return infeasible(conflict(instance, control))
    bound = min(matching.bound, np.inf if matching.proven else loose_bound(instance))
    return solved(instance, matching.pairs, bound, theta, proven=matching.proven)


def _best(instance: Market, control: Control) -> tuple[Matching, float | None]:
    """The best matching as far as the time allows, else any that keeps the bounds; of `fair` also its θ."""
    found, theta = _sought(instance, control)
    matching = found if found.proven or found.pairs is not None else first_matching(instance, control)
    if matching.pairs is not None and not matching.proven and instance.objective == "fair":
        theta = worst_best(instance, matching.pairs)
    return matching, theta


def _sought(instance: Market, control: Control) -> tuple[Matching, float | None]:
    nothing = Matching(None, np.inf, proven=False), None
    if control.out_of_time():
        return nothing
    with Solver(control, len(instance)) as solver:
        try:
            if instance.objective == "fair":
                levels = best_fair(instance, solver)
                return levels.matching, levels.theta
            return best_total(instance, solver), None
        except OutOfTime:
            return nothing


ENGINE = Engine("match", Instance, market, memory, solve)
