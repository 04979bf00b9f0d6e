"""Why there is no circulation: an irreducible set of demands that cannot hold together.

By Hoffman's theorem (1960) bounds cannot be kept exactly when some set of nodes must take in more than it can
give out; only demands on the arcs that cross its border matter. What is left is thinned by the deletion
filter (Chinneck and Dravnieks, *Locating Minimal Infeasible Constraint Sets in Linear Programs*, 1991). Most
of its tests are answered at once: a demand is needed exactly when to drop it opens a way for all the missing
units in the residual network. What they reach and from where they are wanted have no node in common, so that is
two questions, and nodes that all units reach make others such (`_spread`).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from campapp.engines.flow.network import Ints, Mask, Network, Nodes
from campapp.engines.flow.shortage import Shortage, shortage
from campapp.engines.frame.control import Control


@dataclass(frozen=True)
class _Gap:
    """How many units are missing, which nodes they reach, and from which nodes they would be wanted.

    `all_reached` and `all_wanting` are nodes that all of them are known to reach, or be wanted from, at once.
    """

    short: Shortage
    reached: Mask
    wanting: Mask
    all_reached: Mask
    all_wanting: Mask

    @property
    def missing(self) -> int:
        return self.short.missing

    def learnt(self, reached: int, wanting: int) -> "_Gap":
        """The same, since all units are known to reach one node and to be wanted from the other."""
        short, forth, back = self.short, self.all_reached.copy(), self.all_wanting.copy()
        forth[reached] = back[wanting] = True
        forth = _spread(forth, short.tail, short.head, short.room, short.missing)
        back = _spread(back, short.head, short.tail, short.room, short.missing)
        return replace(self, all_reached=forth, all_wanting=back)


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
            candidates = active & self._opens(gap.reached, gap.wanting)
            while True:
                needed |= active & self._opens(gap.all_reached, gap.all_wanting)
                rest = np.flatnonzero(active & ~needed)
                if not len(rest):
                    return [int(number) for number in np.flatnonzero(active)]
                found = self._drop_one(active, candidates, rest)
                if found is None:
                    break
                ends = self.to[found], self.from_[found]
                gap = gap.learnt(*(ends[::-1] if self.closes[found] else ends))

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

    def _opens(self, reached: Mask, wanting: Mask) -> Mask:
        """The demands without which there would be a way from one set of nodes to the other."""
        back: Mask = reached[self.to] & wanting[self.from_]
        forth: Mask = reached[self.from_] & wanting[self.to]
        return np.where(self.closes, forth, back)

    def _drop_one(self, active: Mask, candidates: Mask, rest: NDArray[np.intp]) -> int | None:
        """Drop a demand that can go, or else give the first of the rest: it is needed."""
        idle = rest[~candidates[rest]]
        if len(idle) > 1:
            without = active.copy()
            without[idle] = False
            if without.any() and self._gap(without).missing > 0:
                active[idle] = False
                return None
        if len(idle):
            active[idle[0]] = False
            return None
        without = active.copy()
        without[rest[0]] = False
        if self._gap(without).missing > 0:
            active[rest[0]] = False
            return None
        return int(rest[0])

    def _gap(self, active: Mask) -> _Gap:
        """What a maximum flow from all lower bounds leaves missing, with the active demands alone."""
        self.control.check()
        asks, closes = active & ~self.closes, active & self.closes
        lower, upper = np.zeros_like(self.network.lower), self.network.upper.copy()
        lower[self.arc[asks]] = self.size[asks]
        upper[self.arc[closes]] = 0
        short = shortage(self.network.bounded(lower, np.maximum(lower, upper)))
        none = np.zeros(short.nodes, np.bool_)
        return _Gap(
            short,
            _reached(short.nodes, short.tail, short.head, short.source),
            _reached(short.nodes, short.head, short.tail, short.sink),
            none,
            none,
        ).learnt(short.source, short.sink)


def _spread(known: Mask, tail: Nodes, head: Nodes, room: Ints, units: int) -> Mask:
    """More nodes that so many units reach at once: those with room for them from nodes that they reach.

    For a cut that lets fewer through to such a node has none of the known ones behind it, so all that room crosses it
    (Menger; Ford and Fulkerson 1956).
    """
    while True:
        leading = known[tail]
        wider = known | (np.bincount(head[leading], room[leading], len(known)) >= units)
        if np.array_equal(wider, known):
            return known
        known = wider


def _reached(nodes: int, tail: Nodes, head: Nodes, start: int) -> Mask:
    from scipy.sparse import csr_array  # why: takes longer to import than most solves, and few fail
    from scipy.sparse.csgraph import breadth_first_order  # why: as above

    graph = csr_array((np.ones(len(tail), np.int8), (tail, head)), shape=(nodes, nodes))
    mask = np.zeros(nodes, np.bool_)
    mask[breadth_first_order(graph, start, directed=True, return_predecessors=False)] = True
    return mask
