"""The match engine as the registry knows it."""

import numpy as np

from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Engine, Result
from campapp.engines.match.answer import solved
from campapp.engines.match.bound import loose_bound
from campapp.engines.match.contract import Instance
from campapp.engines.match.market import Market, market, pins_contradict
from campapp.engines.match.stable import deferred_acceptance

_A_PAIR, _A_PARTY = 260, 4_000
"""Bytes that the work takes at most: flows over all pairs, when few do not suffice."""


def memory(instance: Market) -> int:
    """The most that solving takes, in bytes."""
    return (64 << 20) + _A_PAIR * len(instance) + _A_PARTY * (len(instance.teams) + len(instance.companies))


def solve(instance: Market, control: Control) -> Result:
    """The matching that the objective asks for, or why there is none."""
    if instance.objective == "stable" and not pins_contradict(instance):
        pairs, finished = deferred_acceptance(instance, control)
        bound = np.inf if finished else loose_bound(instance)
        return solved(instance, pairs, bound, None, proven=finished)
    from campapp.engines.match.flows import solve_by_flows  # why: longer to load than a small market to match

    return solve_by_flows(instance, control)


ENGINE = Engine("match", Instance, market, memory, solve)
