"""Whether bounds can be kept at all: a maximum flow from all lower bounds (Hoffman's circulation theorem)."""

from dataclasses import dataclass

import numpy as np

from campapp.engines.flow import native
from campapp.engines.flow.network import Ints, Mask, Network, Nodes

_GOOD = 0.25
"""The share of the optional arcs, the cheapest, that `some_circulation` tries first."""


@dataclass(frozen=True)
class Shortage:
    """How many units of the lower bounds cannot be sent, and the residual network of those that are.

    The residual arcs go from `tail` to `head` and have `room`; the units start at node `source` and end at `sink`.
    """

    missing: int
    nodes: int
    tail: Nodes
    head: Nodes
    room: Ints
    source: int
    sink: int


@dataclass(frozen=True)
class _Sent:
    """A flow of the lower bounds' units over the network's arcs and those from source and to sink."""

    missing: int
    tail: Nodes
    head: Nodes
    room: Ints
    flow: Ints


def shortage(network: Network) -> Shortage:
    """What the lower bounds ask for beyond what the network can carry; costs do not matter."""
    sent = _sent(network)
    forth, back = sent.flow < sent.room, sent.flow > 0
    return Shortage(
        sent.missing,
        network.nodes + 2,
        np.concatenate([sent.tail[forth], sent.head[back]]),
        np.concatenate([sent.head[forth], sent.tail[back]]),
        np.concatenate([(sent.room - sent.flow)[forth], sent.flow[back]]),
        network.nodes,
        network.nodes + 1,
    )


def some_circulation(network: Network, optional: Mask) -> Ints | None:
    """A circulation that keeps all bounds, a cheap one where that is easy; None if there is none.

    For when the time is too short for the cheapest: a maximum flow takes a small part of what that does.
    """
    arcs = np.flatnonzero(optional & (network.lower == 0))
    few = int(_GOOD * len(arcs))
    chosen = np.ones(len(optional), np.bool_)
    if few:
        chosen[arcs[np.argpartition(network.cost[arcs], few)[few:]]] = False
        flow = np.zeros(len(optional), np.int64)
        part = _kept(network.part(chosen))
        if part is not None:
            flow[chosen] = part
            return flow
    return _kept(network)


def _kept(network: Network) -> Ints | None:
    if (network.upper < network.lower).any():
        return None
    sent = _sent(network)
    return None if sent.missing else network.lower + sent.flow[: len(network.lower)]


def _sent(network: Network) -> _Sent:
    bound = np.flatnonzero(network.lower)
    amount = network.lower[bound]
    source, sink = network.nodes, network.nodes + 1
    tail = np.concatenate([network.tail, np.full(len(bound), source), network.tail[bound]])
    head = np.concatenate([network.head, network.head[bound], np.full(len(bound), sink)])
    room: Ints = np.concatenate([np.maximum(network.upper - network.lower, 0), amount, amount])
    tail, head = tail.astype(np.int32), head.astype(np.int32)
    flow = native.maximum(tail, head, room, source, sink)
    got = int(flow[len(network.tail) : len(network.tail) + len(bound)].sum())
    return _Sent(int(amount.sum()) - got, tail, head, room, flow)
