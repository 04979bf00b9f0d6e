"""The timetable as clauses, after Bofill et al. (JAIR 2022), sections 4.1-4.5.

`x[m, s]`: meeting m is in slot s. `used[p, s]`: participant p meets somebody in s. Levels are lists of
literals, each a thing that one would rather not have; their number is the level's value.
"""

from __future__ import annotations

from collections.abc import Callable

from campapp.engines.schedule.cardinality import Clause, Clauses
from campapp.engines.schedule.model import NOT_BEFORE, VANISHED, Model, bits
from campapp.engines.schedule.seating import tight_sets

COUNTABLE = 500_000
"""Seats times participants, above which counting the busy ones takes more clauses than all else together."""


class Encoding:
    """Clauses for all hard rules, and the literals of each level."""

    def __init__(
        self, model: Model, emit: Callable[[Clause], None], *, required: set[int], all_placed: bool
    ) -> None:
        self.model = model
        self.cnf = Clauses(emit)
        self.x: dict[tuple[int, int], int] = {}
        self.placed: list[int] = []
        self.used: dict[tuple[int, int], int] = {}
        self.all_placed = all_placed
        self._meetings(required)
        self._participants()
        self._order()
        self.clusters = self._clusters()
        for tables in tight_sets(model):
            self.seat_limit(tables)
        if all_placed:
            self._implied()

    def _meetings(self, required: set[int]) -> None:
        for m, mask in enumerate(self.model.allowed):
            row = []
            for s in bits(mask):
                self.x[m, s] = self.cnf.new()
                row.append(self.x[m, s])
            self.cnf.at_most_one(row)
            if self.all_placed or m in required:
                self.placed.append(0)
                self.cnf.add(row)
            else:
                self.placed.append(self.cnf.either(row) if row else 0)

    def _participants(self) -> None:
        for p, meetings in enumerate(self.model.meetings_of):
            for s in range(self.model.n_slots):
                here = [self.x[m, s] for m in meetings if (m, s) in self.x]
                if not here:
                    continue
                self.cnf.at_most(here, self.model.parallel[p])
                self.used[p, s] = self.cnf.either(here)

    def _order(self) -> None:
        for m, group in enumerate(self.model.before):
            for b in group:
                for s in bits(self.model.allowed[m]):
                    earlier = [self.x[b, e] for e in range(s) if (b, e) in self.x]
                    self.cnf.add([-self.x[m, s], *earlier])

    def _clusters(self) -> list[list[int]]:
        """Meetings that share a participant with `parallel` 1: at most one of them sits in a slot (4.5)."""
        model = self.model
        left = {p: list(ms) for p, ms in enumerate(model.meetings_of) if model.single[p]}
        seen, clusters = set[int](), []
        while left:
            p = max(left, key=lambda q: (len(left[q]), -q))
            group = left.pop(p)
            if not group:
                break
            clusters.append(group)
            seen.update(group)
            left = {q: [m for m in ms if m not in seen] for q, ms in left.items()}
        return clusters + [[m] for m in range(model.n_meetings) if m not in seen]

    def seat_limit(self, tables: int) -> None:
        """In each slot, no more meetings are confined to `tables` than are available of them."""
        model = self.model
        confined = [[m for m in group if not model.seats[m] & ~tables] for group in self.clusters]
        for s in range(model.n_slots):
            busy = []
            for group in confined:
                here = [self.x[m, s] for m in group if (m, s) in self.x]
                if here:
                    busy.append(self.cnf.either(here))
            self.cnf.at_most(busy, (tables & model.table_free[s]).bit_count())

    def _implied(self) -> None:
        """Used slots are as many as meetings; busy participants twice as many as meetings, so even (4.4)."""
        model = self.model
        for p, meetings in enumerate(model.meetings_of):
            slots = [self.used[p, s] for s in range(model.n_slots) if (p, s) in self.used]
            if model.parallel[p] == 1 and 1 < len(meetings) <= len(slots):
                sums = self.cnf.sums(slots, len(meetings) + 1, exact=True)
                self.cnf.add([sums[len(meetings) - 1]])
                if len(sums) > len(meetings):
                    self.cnf.add([-sums[len(meetings)]])
        if any(len(people) != 2 for people in model.people) or not all(model.single):
            return
        if 2 * sum(free.bit_count() for free in model.table_free) * len(model.meetings_of) > COUNTABLE:
            return
        for s in range(model.n_slots):
            busy = [self.used[p, s] for p in range(len(model.meetings_of)) if (p, s) in self.used]
            most = 2 * model.table_free[s].bit_count()
            if most < len(busy):
                sums = self.cnf.sums(busy, most + 1, exact=True)
                self.cnf.add([-sums[most]])
                for odd in range(0, most, 2):
                    self.cnf.add([-sums[odd], sums[odd + 1]])

    def level(self, level: str) -> tuple[list[int], int]:
        """A level's literals, and what its cost is when none of them is true.

        The cost of `placed` is the sum of priorities without a place, of the others their value.
        """
        model = self.model
        if level == "placed":
            rows = [
                (p, n) for p, n, mask in zip(self.placed, model.priority, model.allowed, strict=True) if mask
            ]
            never = sum(n for n, mask in zip(model.priority, model.allowed, strict=True) if not mask)
            return [-p for p, n in rows if p for _ in range(n)], never
        if level == "moves":
            stays = [(m, s) for m, s in enumerate(model.was) if s != NOT_BEFORE]
            able = [-self.x[m, s] for m, s in stays if s != VANISHED and (m, s) in self.x]
            return able, len(stays) - len(able)
        return self._breaks(level), 0

    def _breaks(self, level: str) -> list[int]:
        """A run that starts after another of the same day: began before, not used just before, used now."""
        again = []
        for p in self.model.counted(level):
            for day in self.model.days:
                holes = self._holes(p, bits(day))
                again += holes
                if self.all_placed and self.model.single[p] and holes:
                    self._window(p, bits(day), holes)
        return again

    def _holes(self, p: int, slots: list[int]) -> list[int]:
        holes, began = [], 0
        for s in slots:
            now, last = self.used.get((p, s), 0), self.used.get((p, s - 1), 0)
            if now and began and began != last:
                hole = self.cnf.new()
                self.cnf.add([-began, -now, hole] + ([last] if last else []))
                holes.append(hole)
            if now:
                whole = now
                if began:
                    whole = self.cnf.new()
                    self.cnf.add([-began, whole])
                    self.cnf.add([-now, whole])
                began = whole
        return holes

    def _window(self, p: int, slots: list[int], holes: list[int]) -> None:
        """Implied: without a hole, the day is a window no wider than meetings, and full between any two."""
        broken = self.cnf.either(holes)
        wide = len(self.model.meetings_of[p])
        for a in slots:
            for b in range(a + 2, slots[-1] + 1):
                if (p, a) in self.used and (p, b) in self.used:
                    ends = [broken, -self.used[p, a], -self.used[p, b]]
                    if b - a >= wide:
                        self.cnf.add(ends)
                        continue
                    for s in range(a + 1, b):
                        self.cnf.add(ends + ([self.used[p, s]] if (p, s) in self.used else []))

    def slots(self, true: set[int]) -> list[int]:
        """The slot of each meeting in a satisfying assignment."""
        slot = [-1] * self.model.n_meetings
        for (m, s), literal in self.x.items():
            if literal in true:
                slot[m] = s
        return slot
