"""Who could stay at their table: chains of meetings that sit at one, the slots being given.

A link leads from a participant's meeting to their next of the day; it is kept if both sit at one table. Two
links of a meeting that lead to the same slot cannot both be kept. Where links join neighbouring slots that
is all: a matching in a bipartite graph (König 1931), its linear program has whole corners, and the chains
are intervals, which as many tables can hold as the fullest slot needs (interval colouring).
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from campapp.engines.schedule.model import Model, bits

Link = tuple[int, int]


CUTS, MANY = 30, 3_000
"""Rounds of forbidding what would put two meetings of a slot at one table; one only above MANY links."""


class Links:
    """The links of a timetable, and the share of each that the linear program keeps."""

    def __init__(self, model: Model, slot: list[int]) -> None:
        self.model, self.slot = model, slot
        self.weight, self.lost = _links(model, slot)
        self.index = list(self.weight)
        self.beside: list[list[tuple[int, int]]] = [[] for _ in slot]
        for k, (a, b) in enumerate(self.index):
            self.beside[a].append((k, b))
            self.beside[b].append((k, a))
        self.share = self._kept() if self.weight else np.zeros(0)

    def least(self) -> int:
        """Changes of table that no seating of these slots avoids."""
        weights = np.fromiter(self.weight.values(), dtype=float, count=len(self.weight))
        return self.lost + int(np.ceil(weights.sum() - weights @ self.share - 1e-6))

    def _kept(self) -> NDArray[np.float64]:
        """The linear program, and again with what its answer breaks, until it breaks nothing."""
        from scipy.optimize import linprog  # why: half a second that most instances need not spend
        from scipy.sparse import coo_array

        price = -np.fromiter(self.weight.values(), dtype=float, count=len(self.weight))
        rows = self._rivals()
        most = [1] * len(rows)
        if not rows:
            return np.ones(len(price))
        for _ in range(CUTS if len(price) <= MANY else 1):
            columns = [k for group in rows for k in group]
            at = np.repeat(np.arange(len(rows)), [len(group) for group in rows])
            matrix = coo_array((np.ones(len(columns)), (at, columns)), shape=(len(rows), len(price)))
            answer = linprog(price, A_ub=matrix.tocsr(), b_ub=most, bounds=(0, 1), method="highs")
            broken = {tuple(sorted(path)) for m in range(len(self.slot)) if (path := self._path(answer.x, m))}
            if not broken:
                break
            rows += [list(path) for path in broken]
            most += [len(path) - 1 for path in broken]
        share: NDArray[np.float64] = answer.x
        return share

    def _rivals(self) -> list[list[int]]:
        """Links of one meeting that lead to the same slot."""
        rivals: dict[tuple[int, int], list[int]] = defaultdict(list)
        for k, (a, b) in enumerate(self.index):
            rivals[a, self.slot[b]].append(k)
            rivals[b, self.slot[a]].append(k)
        return [group for group in rivals.values() if len(group) > 1]

    def _path(self, share: NDArray[np.float64], m: int) -> list[int]:
        """Links kept too much, from `m` to another meeting of its slot (Dijkstra 1959); empty if none are."""
        far = {m: 0.0}
        queue: list[tuple[float, int, list[int]]] = [(0.0, m, [])]
        while queue:
            d, here, path = heappop(queue)
            if here != m and self.slot[here] == self.slot[m]:
                return path
            for k, other in self.beside[here]:
                further = d + max(0.0, 1 - share[k])
                if further < min(1 - 1e-6, far.get(other, 1.0)):
                    far[other] = further
                    heappush(queue, (further, other, [*path, k]))
        return []

    def chains(self) -> list[list[int]]:
        """The meetings in chains, at most one of a slot in each, by their first slots."""
        chain = {m: {s: m} for m, s in enumerate(self.slot) if s >= 0}
        order = sorted(zip(self.share, self.index, strict=True), key=lambda item: (-item[0], item[1]))
        for share, (a, b) in order:
            one, other = chain[a], chain[b]
            if share > 1e-6 and one is not other and not one.keys() & other.keys():
                one |= other
                for m in other.values():
                    chain[m] = one
        unique = {id(one): one for one in chain.values()}
        return sorted(([one[s] for s in sorted(one)] for one in unique.values()), key=self._first)

    def _first(self, chain: list[int]) -> tuple[int, int]:
        return self.slot[chain[0]], chain[0]

    def tables(self) -> list[int] | None:
        """A table for each meeting, one for each chain where it can be; None if somebody finds none so."""
        model, slot = self.model, self.slot
        table, taken = [-1] * len(slot), [0] * model.n_slots
        for chain in self.chains():
            here = -1
            for m in chain:
                free = model.seats[m] & model.table_free[slot[m]] & ~taken[slot[m]]
                if not free:
                    return None
                if here < 0 or not free >> here & 1:
                    here = self._best(chain, m, free, taken)
                table[m] = here
                taken[slot[m]] |= 1 << here
        return table

    def _best(self, chain: list[int], m: int, free: int, taken: list[int]) -> int:
        """Of the free tables one where the chain from `m` on can stay longest."""
        for later in chain[chain.index(m) + 1 :]:
            s = self.slot[later]
            still = free & self.model.seats[later] & self.model.table_free[s] & ~taken[s]
            if not still:
                break
            free = still
        return bits(free & -free)[0]


def _links(model: Model, slot: list[int]) -> tuple[dict[Link, int], int]:
    """Each link with how many participants would stay by it, and how many must change in any case."""
    weight: dict[Link, int] = {}
    lost = 0
    for p, meetings in enumerate(model.meetings_of):
        if model.single[p]:
            walk = sorted((slot[m], m) for m in meetings if slot[m] >= 0)
            for (s, m), (t, other) in pairwise(walk):
                if model.day[s] != model.day[t]:
                    continue
                if model.seats[m] & model.seats[other]:
                    weight[m, other] = weight.get((m, other), 0) + 1
                else:
                    lost += 1
    return weight, lost
