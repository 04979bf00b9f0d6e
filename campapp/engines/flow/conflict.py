"""Why there is no circulation: an irreducible set of demands that cannot hold together.

By Hoffman's theorem (1960) bounds cannot be kept exactly when some set of nodes must take in more than it can
give out; only demands on the arcs that cross its border matter. What is left is thinned by the deletion
filter (Chinneck and Dravnieks, *Locating Minimal Infeasible Constraint Sets in Linear Programs*, 1991). Most
of its tests are answered at once: with one unit missing, a demand is needed exactly when to drop it opens a
path for that unit in the residual network.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campapp.engines.flow.network import Ints, Mask, Network, Nodes
from campapp.engines.flow.shortage import shortage
from campapp.engines.frame.control import Control


@dataclass(frozen=True)
class _Gap:
    """How many units are missing, which nodes they reach, and from which nodes they would be wanted."""

    missing: int
    reached: Mask
    wanting: Mask


def irreducible(network: Network, arc: Ints, amount: Ints, control: Control) -> list[int]:
    """Demands, by number, that cannot hold together, and can without any one of them.

    Demand k is on `arc[k]` of the network, whose own lower bounds do not count: at least `amount[k]` flows
    there, nothing where that is 0. All of them together must be impossible.
    """
    return _Filter(network, arc, amount, control).members()


class _Filter:
    def __init__(self, network: Network, arc: Ints, amount: Ints, control: Control) -> None:
        self.network, self.arc, self.control = network, arc, control
        self.from_, self.to = network.tail[arc], network.head[arc]
        self.closes = amount == 0
        self.size = np.maximum(amount, 1)

    def members(self) -> list[int]:
        active = np.ones(len(self.size), np.bool_)
        needed = np.zeros(len(self.size), np.bool_)
        while True:
            gap = self._gap(active)
            assert gap.missing > 0, "the demands can hold together"
            fewer = self._fewer(active, gap)
            if fewer is not None:
                active = fewer
                continue
            candidates = active & self._opens(gap)
            if gap.missing == 1:
                needed |= candidates
            rest = np.flatnonzero(active & ~needed)
            if not len(rest):
                return [int(number) for number in np.flatnonzero(active)]
            self._drop_one(active, needed, candidates, rest)

    def _fewer(self, active: Mask, gap: _Gap) -> Mask | None:
        """Some of the active demands that are as impossible, found without a test; None if there are none."""
        for inside in (gap.reached, ~gap.wanting):
            crossing = active & np.where(
                self.closes,
                inside[self.from_] & ~inside[self.to],
                inside[self.to] & ~inside[self.from_],
            )
            if np.count_nonzero(crossing) < np.count_nonzero(active):
                return crossing
        # to drop a demand closes the gap by its size at most
        order = np.flatnonzero(active)
        order = order[np.argsort(self.size[order], kind="stable")]
        spare = order[np.cumsum(self.size[order]) < gap.missing]
        if not len(spare):
            return None
        fewer = active.copy()
        fewer[spare] = False
        return fewer

    def _opens(self, gap: _Gap) -> Mask:
        """The demands without which a missing unit would find a way."""
        back: Mask = gap.reached[self.to] & gap.wanting[self.from_]
        forth: Mask = gap.reached[self.from_] & gap.wanting[self.to]
        return np.where(self.closes, forth, back)

    def _drop_one(self, active: Mask, needed: Mask, candidates: Mask, rest: NDArray[np.intp]) -> None:
        """Drop a demand that can go, or find the first of the rest to be needed."""
        idle = rest[~candidates[rest]]
        if len(idle) > 1:
            without = active.copy()
            without[idle] = False
            if without.any() and self._gap(without).missing > 0:
                active[idle] = False
                return
        if len(idle):
            active[idle[0]] = False
            return
        without = active.copy()
        without[rest[0]] = False
        if self._gap(without).missing > 0:
            active[rest[0]] = False
        else:
            needed[rest[0]] = True

    def _gap(self, active: Mask) -> _Gap:
        """What a maximum flow from all lower bounds leaves missing, with the active demands alone."""
        self.control.check()
        asks, closes = active & ~self.closes, active & self.closes
        lower, upper = np.zeros_like(self.network.lower), self.network.upper.copy()
        lower[self.arc[asks]] = self.size[asks]
        upper[self.arc[closes]] = 0
        short = shortage(self.network.bounded(lower, np.maximum(lower, upper)))
        return _Gap(
            short.missing,
            _reached(short.nodes, short.tail, short.head, short.source),
            _reached(short.nodes, short.head, short.tail, short.sink),
        )


def _reached(nodes: int, tail: Nodes, head: Nodes, start: int) -> Mask:
    from scipy.sparse import csr_array  # why: takes longer to import than most solves, and few fail
    from scipy.sparse.csgraph import breadth_first_order  # why: as above

    graph = csr_array((np.ones(len(tail), np.int8), (tail, head)), shape=(nodes, nodes))
    mask = np.zeros(nodes, np.bool_)
    mask[breadth_first_order(graph, start, directed=True, return_predecessors=False)] = True
    return mask
