"""Large networks by column generation: solve with few arcs, price the rest, add what tempts, until none does.

The last circulation is of least cost among all arcs: its potentials prove it (Dantzig and Wolfe, 1960; for
flows, Ahuja, Magnanti, Orlin, *Network Flows*, 1993, chapter 17). Which arcs to begin with is learnt from
the same network with one owner in so many and shared bounds as much smaller: its prices are nearly right.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from campapp.engines.flow.network import Ints, Mask, Network, Nodes
from campapp.engines.flow.potentials import potentials, reduced_costs
from campapp.engines.flow.solver import LARGE, OutOfTime, Solver

SHARED = -1

_SAMPLE = 100_000
_A_TAIL, _SHARE, _MOST = 14, 0.25, 0.7
"""So many optional arcs a node are begun with, a few more than it uses as a rule, but no larger a
share; from the last share on all are taken."""


@dataclass(frozen=True)
class Owned:
    """Whose each arc is (a team's, an application's, or SHARED), and which may be left out at first."""

    owner: Nodes
    optional: Mask


@dataclass(frozen=True)
class Circulation:
    """What is known: the best flow (None: none found), a floor under all costs, whether that is proven.

    Proven without a flow: there is none.
    """

    flow: Ints | None
    floor: float
    proven: bool


Tell = Callable[[float, float], None]


def cheapest(
    solver: Solver, network: Network, owned: Owned, *, rough: bool = False, tell: Tell | None = None
) -> Circulation:
    """The circulation of least cost, as far as the time allows; `rough`: the first one will do.

    `tell` hears of each one's cost and floor.

    Raises Cancelled, and ArithmeticError where the costs are too large for exact work.
    """
    best = Circulation(None, -math.inf, False)
    try:
        chosen = _promising(solver, network, owned)
        while True:
            flow = solver.cheapest(network if chosen is None else network.part(chosen))
            if flow is None:
                if chosen is None:
                    return Circulation(None, math.inf, True)
                chosen = None
                continue
            best, reduced = _judged(network, flow, chosen)
            if tell is not None and best.flow is not None:
                tell(float(network.cost.astype(np.float64) @ best.flow), best.floor)
            if best.proven or chosen is None or rough:
                return best
            chosen = _widened(network, chosen, reduced)
    except OutOfTime:
        return best


def _judged(network: Network, flow: Ints, chosen: Mask | None) -> tuple[Circulation, Ints]:
    """The flow among all arcs with the floor that its potentials give, and the reduced costs of all."""
    part, whole = network, flow
    if chosen is not None:
        part, whole = network.part(chosen), np.zeros(len(chosen), np.int64)
        whole[chosen] = flow
    price = potentials(part, flow)
    if price is None:
        raise ArithmeticError("the costs are too large for exact work")
    reduced = reduced_costs(network, price)
    tempting = np.flatnonzero((reduced < 0) & (whole < network.upper))
    missing = float(reduced[tempting].astype(np.float64) @ (network.upper - whole)[tempting])
    cost = float(network.cost.astype(np.float64) @ whole)
    return Circulation(whole, cost + missing, not len(tempting)), reduced


def _promising(solver: Solver, network: Network, owned: Owned) -> Mask | None:
    """The arcs to begin with, None for all."""
    count = int(np.count_nonzero(owned.optional))
    if count < LARGE:
        return None
    step = max(1, count // _SAMPLE)
    shared = owned.owner == SHARED
    sampled = _of_every(step, owned) & ~shared
    share = 1.0 / step
    part = network.bounded(
        np.where(shared, np.floor(network.lower * share).astype(np.int64), network.lower),
        np.where(shared, np.ceil(network.upper * share - 0.5).astype(np.int64), network.upper),
    ).part(sampled | shared)
    flow = solver.cheapest(part)
    price = None if flow is None else potentials(part, flow)
    if price is None:
        return None
    return _within_reach(network, price, owned, sampled)


def _of_every(step: int, owned: Owned) -> Mask:
    """The arcs of one owner in `step`, counted among those who have an optional arc."""
    having = np.flatnonzero(np.bincount(owned.owner[owned.optional]))
    counted = np.zeros(int(owned.owner.max()) + 1, np.bool_)
    counted[having[::step]] = True
    return counted[owned.owner]


def _within_reach(network: Network, price: Ints, owned: Owned, sampled: Mask) -> Mask:
    """The optional arcs whose value at these prices is not far behind the best of their tail; all others."""
    arcs = np.flatnonzero(owned.optional)
    tail, head = network.tail[arcs], network.head[arcs]
    value = network.cost[arcs] - price[head]
    behind = value - _least(value, tail, network.nodes)[tail]
    known = sampled[arcs]
    tails, count = len(np.unique(tail[known])), np.count_nonzero(known)
    wanted = int(min(_A_TAIL * tails, _SHARE * count))
    reach = np.partition(behind[known], wanted)[wanted]
    near = behind <= reach
    _add_for_lower_bounds(near, behind, head, _demands(network, owned))
    chosen = ~owned.optional | (network.lower > 0)
    chosen[arcs[near]] = True
    return chosen


def _demands(network: Network, owned: Owned) -> Ints:
    """What each node must take at least, by the shared arcs that leave it."""
    demand = np.zeros(network.nodes, np.int64)
    shared = owned.owner == SHARED
    np.add.at(demand, network.tail[shared], network.lower[shared])
    return demand


def _add_for_lower_bounds(near: Mask, behind: Ints, head: Nodes, demand: Ints) -> None:
    """Let every node with a demand be reached by twice as many arcs, the nearest ones."""
    reached = np.bincount(head[near], minlength=len(demand))
    for node in np.flatnonzero(2 * demand > reached):
        arcs = np.flatnonzero(head == node)
        most = min(len(arcs), 2 * int(demand[node]))
        near[arcs[np.argsort(behind[arcs], kind="stable")[:most]]] = True


def _widened(network: Network, chosen: Mask, reduced: Ints) -> Mask | None:
    """More arcs, None: all. Those that tempt, and those that might after the next flow, so that it is the last.

    Where very many tempt, only the most tempting of each tail.
    """
    tempting = (reduced < 0) & ~chosen
    few = np.count_nonzero(chosen) // 4
    if np.count_nonzero(tempting) > few:
        more = tempting & (2 * reduced < _least(reduced, network.tail, network.nodes)[network.tail])
    else:
        more = ~chosen & (reduced < -reduced.min())
        if np.count_nonzero(more) > few:
            more = ~chosen & (reduced <= np.partition(reduced[~chosen], few)[few])
    wider = chosen | more
    return wider if np.count_nonzero(wider) < _MOST * len(wider) else None


def _least(values: Ints, group: Nodes, groups: int) -> Ints:
    least = np.full(groups, np.iinfo(np.int64).max)
    np.minimum.at(least, group, values)
    return least
