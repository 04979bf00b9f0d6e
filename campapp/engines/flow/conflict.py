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
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from campapp.engines.flow import native
from campapp.engines.flow.network import Ints, Mask, Nodes
from campapp.engines.frame.control import Control


@dataclass(frozen=True)
class Demands:
    """Arcs with room `upper`, and demands on them: demand k is on `arc[k]`.

    `amount[k]` above 0: at least so much flows there; 0: nothing flows there.
    """

    nodes: int
    tail: Nodes
    head: Nodes
    upper: Ints
    arc: Ints
    amount: Ints


@dataclass(frozen=True)
class _Gap:
    """How many units are missing, which nodes they reach, and from which nodes they would be wanted."""

    missing: int
    reached: Mask
    wanting: Mask


def irreducible(demands: Demands, control: Control) -> list[int]:
    """Demands, by number, that cannot hold together, and can without any one of them.

    All of `demands` together must be impossible.
    """
    return _Filter(demands, control).members()


class _Filter:
    def __init__(self, demands: Demands, control: Control) -> None:
        self.demands = demands
        self.control = control
        self.from_, self.to = demands.tail[demands.arc], demands.head[demands.arc]
        self.closes = demands.amount == 0
        self.size = np.maximum(demands.amount, 1)

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
        demands = self.demands
        lower, upper = np.zeros(len(demands.upper), np.int64), demands.upper.copy()
        lower[demands.arc[active & ~self.closes]] = demands.amount[active & ~self.closes]
        upper[demands.arc[active & self.closes]] = 0
        bound = np.flatnonzero(lower)
        short = bound[lower[bound] > upper[bound]]
        upper[short] = lower[short]
        source, sink = demands.nodes, demands.nodes + 1
        tail = np.concatenate([demands.tail, np.full(len(bound), source), demands.tail[bound]])
        head = np.concatenate([demands.head, demands.head[bound], np.full(len(bound), sink)])
        room = np.concatenate([upper - lower, lower[bound], lower[bound]])
        flow = native.maximum(tail.astype(np.int32), head.astype(np.int32), room, source, sink)
        sent = int(flow[len(demands.tail) : len(demands.tail) + len(bound)].sum())
        forth, back = flow < room, flow > 0
        first = np.concatenate([tail[forth], head[back]])
        second = np.concatenate([head[forth], tail[back]])
        return _Gap(
            int(lower.sum()) - sent,
            _reached(demands.nodes + 2, first, second, source),
            _reached(demands.nodes + 2, second, first, sink),
        )


def _reached(nodes: int, tail: Nodes, head: Nodes, start: int) -> Mask:
    graph = csr_array((np.ones(len(tail), np.int8), (tail, head)), shape=(nodes, nodes))
    mask = np.zeros(nodes, np.bool_)
    mask[breadth_first_order(graph, start, directed=True, return_predecessors=False)] = True
    return mask
