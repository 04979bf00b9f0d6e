"""A circulation: arcs with lower and upper bounds and whole-number costs."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Nodes = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Network:
    """A directed graph whose flow circulates: what enters a node leaves it.

    Arc k goes from `tail[k]` to `head[k]` and carries from `lower[k]` to `upper[k]` units, `cost[k]` each.
    """

    nodes: int
    tail: Nodes
    head: Nodes
    lower: Ints
    upper: Ints
    cost: Ints

    def part(self, arcs: Mask | Ints) -> "Network":
        """The same nodes with some of the arcs."""
        return Network(
            self.nodes,
            self.tail[arcs],
            self.head[arcs],
            self.lower[arcs],
            self.upper[arcs],
            self.cost[arcs],
        )

    def bounded(self, lower: Ints, upper: Ints) -> "Network":
        """The same arcs between other bounds."""
        return replace(self, lower=lower, upper=upper)

    def priced(self, cost: Ints) -> "Network":
        """The same arcs at other costs."""
        return replace(self, cost=cost)


class Draft:
    """A network while it is drawn: nodes and arcs are added by the handful."""

    def __init__(self) -> None:
        self.nodes = 0
        self.arcs = 0
        self._parts: list[tuple[Nodes, Nodes, Ints, Ints, Ints]] = []

    def add_nodes(self, count: int) -> Nodes:
        """New nodes, by their numbers."""
        first, self.nodes = self.nodes, self.nodes + count
        return np.arange(first, self.nodes, dtype=np.int32)

    def add_arcs(
        self, tail: ArrayLike, head: ArrayLike, lower: ArrayLike, upper: ArrayLike, cost: ArrayLike = 0
    ) -> Ints:
        """New arcs, given by arrays or by one value for all; their numbers."""
        rows = np.broadcast_arrays(*(np.atleast_1d(part) for part in (tail, head, lower, upper, cost)))
        ends = (row.astype(np.int32) for row in rows[:2])
        bounds = (row.astype(np.int64) for row in rows[2:])
        self._parts.append((*ends, *bounds))  # type: ignore[arg-type]
        first, self.arcs = self.arcs, self.arcs + len(rows[0])
        return np.arange(first, self.arcs)

    def network(self) -> Network:
        tail, head, lower, upper, cost = (np.concatenate(column) for column in zip(*self._parts, strict=True))
        return Network(self.nodes, tail, head, lower, upper, cost)
