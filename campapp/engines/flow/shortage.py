"""Whether bounds can be kept at all: a maximum flow from all lower bounds (Hoffman's circulation theorem)."""

from dataclasses import dataclass

import numpy as np

from campapp.engines.flow import native
from campapp.engines.flow.network import Ints, Network, Nodes


@dataclass(frozen=True)
class Shortage:
    """How many units of the lower bounds cannot be sent, and the residual network of those that are.

    The residual arcs go from `tail` to `head`; the units start at node `source` and end at `sink`.
    """

    missing: int
    nodes: int
    tail: Nodes
    head: Nodes
    source: int
    sink: int


def shortage(network: Network) -> Shortage:
    """What the lower bounds ask for beyond what the network can carry; costs do not matter."""
    bound = np.flatnonzero(network.lower)
    amount = network.lower[bound]
    source, sink = network.nodes, network.nodes + 1
    tail = np.concatenate([network.tail, np.full(len(bound), source), network.tail[bound]])
    head = np.concatenate([network.head, network.head[bound], np.full(len(bound), sink)])
    room: Ints = np.concatenate([np.maximum(network.upper - network.lower, 0), amount, amount])
    tail, head = tail.astype(np.int32), head.astype(np.int32)
    flow = native.maximum(tail, head, room, source, sink)
    sent = int(flow[len(network.tail) : len(network.tail) + len(bound)].sum())
    forth, back = flow < room, flow > 0
    return Shortage(
        int(amount.sum()) - sent,
        network.nodes + 2,
        np.concatenate([tail[forth], head[back]]),
        np.concatenate([head[forth], tail[back]]),
        source,
        sink,
    )
