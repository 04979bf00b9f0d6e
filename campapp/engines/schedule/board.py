"""The timetable under way: who is busy when, which table is taken, and what may still be placed."""

from __future__ import annotations

from campapp.engines.schedule.model import Model, bits


class Board:
    """Placements that break no hard rule at any time.

    Tables are assigned as meetings come: a meeting that finds none free may move others of its slot to
    other tables along an augmenting path (Kuhn 1955), so a slot holds whatever can be seated in it.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.slot = [-1] * model.n_meetings
        self.table = [-1] * model.n_meetings
        self.used = [0] * len(model.meetings_of)
        self.full = [0] * len(model.meetings_of)
        self.count: dict[tuple[int, int], int] = {}
        self.taken = [0] * model.n_slots
        self.at: list[dict[int, int]] = [{} for _ in range(model.n_slots)]

    def open_slots(self, m: int) -> int:
        """The slots where no participant and no order of meetings stands in the way; tables apart."""
        mask = self.model.allowed[m]
        for p in self.model.people[m]:
            mask &= ~self.full[p]
        return mask & self.in_order(m)

    def in_order(self, m: int) -> int:
        """The slots later than every meeting it comes after and earlier than those that come after it."""
        mask = (1 << self.model.n_slots) - 1
        for b in self.model.before[m]:
            if self.slot[b] < 0:
                return 0
            mask &= -1 << (self.slot[b] + 1)
        for a in self.model.later[m]:
            if self.slot[a] >= 0:
                mask &= (1 << self.slot[a]) - 1
        return mask

    def seat(self, m: int, s: int) -> list[tuple[int, int]] | None:
        """The path of (meeting, table) that seats `m` in slot `s`, or None."""
        model = self.model
        here = model.table_free[s]
        free = here & ~self.taken[s]
        if not free:
            return None
        if model.seats[m] & free:
            return [(m, bits(model.seats[m] & free)[0])]
        if not model.pickets:
            return None
        parent: dict[int, tuple[int, int]] = {}
        queue = [m]
        for mover in queue:
            for t in bits(model.seats[mover] & here):
                if t in parent:
                    continue
                parent[t] = (mover, self.table[mover] if mover != m else -1)
                if t not in self.at[s]:
                    return _back(parent, t)
                queue.append(self.at[s][t])
        return None

    def place(self, m: int, s: int) -> bool:
        """Put `m` into an open slot if a table can be had there."""
        path = self.seat(m, s)
        if path is None:
            return False
        for who, t in path:
            self.at[s][t] = who
            self.table[who] = t
            self.taken[s] |= 1 << t
        self._enter(m, s)
        return True

    def _enter(self, m: int, s: int) -> None:
        self.slot[m] = s
        bit = 1 << s
        for p in self.model.people[m]:
            self.used[p] |= bit
            if self.model.parallel[p] == 1:
                self.full[p] |= bit
            else:
                self.count[p, s] = self.count.get((p, s), 0) + 1
                if self.count[p, s] >= self.model.parallel[p]:
                    self.full[p] |= bit

    def remove(self, m: int) -> list[int]:
        """Take `m` away, and whatever may not stand without it; answers all that left."""
        s = self.slot[m]
        if s < 0:
            return []
        bit = 1 << s
        del self.at[s][self.table[m]]
        self.taken[s] &= ~(1 << self.table[m])
        self.slot[m] = self.table[m] = -1
        for p in self.model.people[m]:
            self.full[p] &= ~bit
            if self.model.parallel[p] == 1:
                self.used[p] &= ~bit
            else:
                self.count[p, s] -= 1
                if not self.count[p, s]:
                    self.used[p] &= ~bit
        left = [m]
        for a in self.model.later[m]:
            left += self.remove(a)
        return left

    def load(self, slot: list[int], table: list[int]) -> None:
        """Stand as another timetable stands; it breaks no hard rule."""
        for m, s in enumerate(slot):
            if s >= 0:
                self.at[s][table[m]] = m
                self.table[m] = table[m]
                self.taken[s] |= 1 << table[m]
                self._enter(m, s)


def _back(parent: dict[int, tuple[int, int]], t: int) -> list[tuple[int, int]]:
    """The augmenting path that ends at the free table `t`."""
    path = []
    while t >= 0:
        who, left = parent[t]
        path.append((who, t))
        t = left
    return path
