"""Large neighbourhood search by clauses (Shaw 1998): most meetings stay, the others are asked for one less.

The free ones are the meetings of people who hang together by meeting each other, or of a stretch of slots
and of some whose value is bad. How many, follows the conflicts that a question took, not the clock.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from random import Random

from campapp.engines.schedule.asking import Asking
from campapp.engines.schedule.climb import Step, Timetable, costs
from campapp.engines.schedule.encode import Encoding
from campapp.engines.schedule.model import Model
from campapp.engines.schedule.seating import seated
from campapp.engines.schedule.values import breaks_in, used

EASY, HARD = 3_000, 30_000
"""Conflicts of a question below which more is freed, and above which less is."""

QUESTION = 20
"""What a question costs besides, counted in conflicts."""


def search(model: Model, best: Timetable, level: str, seed: int, *, sliced: bool = False) -> Iterator[Step]:
    """Ever better timetables at `level`, the levels before it kept; without end until the cost is 0.

    A step for each question, with a timetable or without; `sliced`: and for each slice of one.
    """
    hunt = _Hunt(model, best[0], level, seed, sliced=sliced)
    while hunt.cost > hunt.base:
        found = yield from hunt.ask()
        yield Step(level, 0, found, hunt.work)


class _Hunt:
    def __init__(self, model: Model, slot: list[int], level: str, seed: int, *, sliced: bool) -> None:
        self.model, self.slot, self.level = model, slot, level
        self.random = Random(seed)
        self.share = 0.3
        self.work = 0
        now = costs(model, slot, [-1] * len(slot))
        all_placed = model.levels[0] == "placed" and now["placed"] == 0
        self.solver = Asking("cadical195", sliced=sliced)
        self.encoding = Encoding(model, self.solver.add, required=model.required, all_placed=all_placed)
        cnf = self.encoding.cnf
        for earlier in model.levels[: model.levels.index(level)]:
            if earlier != "table_changes":
                literals, base = self.encoding.level(earlier)
                cnf.at_most(literals, now[earlier] - base)
        literals, self.base = self.encoding.level(level)
        self.cost = now[level]
        self.sums = cnf.sums(literals, self.cost - self.base)

    def ask(self) -> Generator[Step, None, Timetable | None]:
        """One question; a better timetable if it has found one."""
        free = self._free()
        stay = [
            self.encoding.x[m, s]
            for m, s in enumerate(self.slot)
            if s >= 0 and m not in free and (m, s) in self.encoding.x
        ]
        limit = -self.sums[self.cost - self.base - 1]
        before = self.solver.work()
        true = yield from self.solver.ask(
            [limit, *stay], lambda: Step(self.level, 0, work=self.work + self.solver.work() - before)
        )
        took = self.solver.work() - before
        self.work += took + QUESTION
        if true is None:
            self.share *= 1.03 if took < EASY else 0.95 if took > HARD else 1.0
            self.share = min(0.95, self.share)
            return None
        slot = self.encoding.slots(true)
        table, short = seated(self.model, slot)
        if short:
            self.encoding.seat_limit(short)
            return None
        self.slot = slot
        self.cost = costs(self.model, slot, table)[self.level]
        return slot, table

    def _free(self) -> set[int]:
        model, goal = self.model, self.share * self.model.n_meetings
        bad = self._bad()
        if self.random.random() < 0.5:
            return self._around(self.random.choice(bad), goal)
        width = max(2, round(self.share * model.n_slots))
        first = self.random.randrange(max(1, model.n_slots - width + 1))
        free = {m for m, s in enumerate(self.slot) if first <= s < first + width}
        for p in self.random.sample(bad, min(2, len(bad))):
            free.update(model.meetings_of[p])
        return free

    def _bad(self) -> list[int]:
        """The participants whose schedule could be better at this level."""
        model = self.model
        if self.level.endswith("_breaks"):
            people = model.counted(self.level)
            return [p for p in people if breaks_in(model, used(model, self.slot, p))] or people
        away = [m for m, s in enumerate(self.slot) if s < 0 or model.was[m] not in (-1, s)]
        everyone = [p for p, meetings in enumerate(model.meetings_of) if meetings]
        return sorted({p for m in away for p in model.people[m]}) or everyone

    def _around(self, p: int, goal: float) -> set[int]:
        model = self.model
        free: set[int] = set()
        queue, seen = [p], {p}
        while queue and len(free) < goal:
            p = queue.pop(self.random.randrange(len(queue)))
            free.update(model.meetings_of[p])
            for m in model.meetings_of[p]:
                new = [q for q in model.people[m] if q not in seen]
                seen.update(new)
                queue += new
        return free
