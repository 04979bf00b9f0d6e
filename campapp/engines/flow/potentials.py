"""Node potentials: the proof that a circulation is of least cost, and the price of every arc left out.

A circulation x is of least cost exactly when there are potentials p with c + p[tail] - p[head] >= 0 on
every arc that has room and <= 0 on every arc above its lower bound (Ahuja, Magnanti, Orlin, *Network
Flows*, 1993, theorem 9.3). They are the lengths of shortest paths in the residual network.
"""

import numpy as np

from campapp.engines.flow.network import Ints, Network


def potentials(network: Network, flow: Ints) -> Ints | None:
    """Potentials that prove `flow` to be of least cost, None if it is not. Bellman and Ford, by rounds."""
    forth, back = flow < network.upper, flow > network.lower
    tail = np.concatenate([network.tail[forth], network.head[back]])
    head = np.concatenate([network.head[forth], network.tail[back]])
    cost = np.concatenate([network.cost[forth], -network.cost[back]])
    order = np.argsort(head, kind="stable")
    tail, head, cost = tail[order], head[order], cost[order]
    starts = np.flatnonzero(np.r_[True, head[1:] != head[:-1]]) if len(head) else np.zeros(0, np.int64)
    ends = head[starts]
    length = np.zeros(network.nodes, np.int64)
    if not len(head):
        return length
    for _ in range(network.nodes + 1):
        shorter = np.minimum.reduceat(length[tail] + cost, starts)
        better = shorter < length[ends]
        if not better.any():
            return length
        length[ends[better]] = shorter[better]
    return None


def reduced_costs(network: Network, price: Ints) -> Ints:
    """What one unit on each arc adds to the cost, at these potentials."""
    return network.cost + price[network.tail] - price[network.head]
