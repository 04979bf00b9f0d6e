"""Large networks by column generation: solve with few arcs, price the rest, add what tempts, until none does.

The last circulation is of least cost among all arcs: its potentials prove it (Dantzig and Wolfe, 1960; for
flows, Ahuja, Magnanti, Orlin, *Network Flows*, 1993, chapter 17). Which arcs to begin with is learnt from
the same network with one owner in so many and shared bounds as much smaller: its prices are nearly right.
"""

import math
from dataclasses import dataclass

import numpy as np

from campapp.engines.flow.network import Ints, Mask, Network, Nodes
from campapp.engines.flow.potentials import potentials, reduced_costs
from campapp.engines.flow.solver import LARGE, OutOfTime, Solver

SHARED = -1

_SAMPLE = 60_000
_A_TAIL = 14
"""So many optional arcs a node are begun with: a few more than it uses as a rule."""


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


def cheapest(solver: Solver, network: Network, owned: Owned) -> Circulation:
    """The circulation of least cost, as far as the time allows.

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
            if best.proven or chosen is None:
                return best
            chosen = _widened(network, chosen, reduced)
    except OutOfTime:
        return best


def _judged(network: Network, flow: Ints, chosen: Mask | None) -> tuple[Circulation, Ints]:
    """The flow among all arcs with the floor that its potentials give; reduced costs below 0 of the rest."""
    part, whole = network, flow
    if chosen is not None:
        part, whole = network.part(chosen), np.zeros(len(chosen), np.int64)
        whole[chosen] = flow
    price = potentials(part, flow)
    if price is None:
        raise ArithmeticError("the costs are too large for exact work")
    reduced = reduced_costs(network, price)
    reduced[(reduced > 0) | (whole >= network.upper)] = 0
    missing = float(reduced.astype(np.float64) @ (network.upper - whole))
    cost = float(network.cost.astype(np.float64) @ whole)
    return Circulation(whole, cost + missing, not reduced.any()), reduced


def _promising(solver: Solver, network: Network, owned: Owned) -> Mask | None:
    """The arcs to begin with, None for all."""
    count = int(np.count_nonzero(owned.optional))
    tails = len(np.unique(network.tail[owned.optional])) if count >= LARGE else 0
    if count < LARGE or count < 2 * _A_TAIL * tails:
        return None
    step = max(1, count // _SAMPLE)
    shared = owned.owner == SHARED
    sampled = (owned.owner % step == 0) & ~shared
    share = 1.0 / step
    part = network.bounded(
        np.where(shared, np.floor(network.lower * share).astype(np.int64), network.lower),
        np.where(shared, np.ceil(network.upper * share).astype(np.int64), network.upper),
    ).part(sampled | shared)
    flow = solver.cheapest(part)
    price = None if flow is None else potentials(part, flow)
    if price is None:
        return None
    return _within_reach(network, price, owned, sampled)


def _within_reach(network: Network, price: Ints, owned: Owned, sampled: Mask) -> Mask:
    """The optional arcs whose value at these prices is not far behind the best of their tail; all others."""
    arcs = np.flatnonzero(owned.optional)
    tail, head = network.tail[arcs], network.head[arcs]
    value = network.cost[arcs] - price[head]
    behind = value - _least(value, tail, network.nodes)[tail]
    known = sampled[arcs]
    wanted = _A_TAIL * len(np.unique(tail[known]))
    reach = np.partition(behind[known], wanted)[wanted] if wanted < np.count_nonzero(known) else behind.max()
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
    """More arcs: all that tempt, or the most tempting of each tail where there are many; None: all arcs."""
    more = (reduced < 0) & ~chosen
    if np.count_nonzero(more) > _A_TAIL * network.nodes:
        more &= 2 * reduced < _least(reduced, network.tail, network.nodes)[network.tail]
    wider = chosen | more
    return wider if 2 * np.count_nonzero(wider) < len(wider) else None


def _least(values: Ints, group: Nodes, groups: int) -> Ints:
    least = np.full(groups, np.iinfo(np.int64).max)
    np.minimum.at(least, group, values)
    return least
