"""Level by level upward: is a cost of so much possible, and if not, of one more?

CaDiCaL (Biere et al.) keeps what it learns from one question to the next; the totalizer of the level
turns each question into one assumption, as in the linear search of Bofill et al. (JAIR 2022).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass

from campapp.engines.schedule import encode_tables
from campapp.engines.schedule.asking import Asking
from campapp.engines.schedule.encode import Encoding
from campapp.engines.schedule.model import Model
from campapp.engines.schedule.seating import seated
from campapp.engines.schedule.values import values

Timetable = tuple[list[int], list[int]]
"""The slot and the table of each meeting, -1 for one without a place."""


@dataclass(frozen=True)
class Step:
    """News of a level: its cost is at least `bound`; `found` is a timetable that reaches it.

    `work` is what it took so far, in conflicts: a clock that goes the same in every run.
    """

    level: str
    bound: int
    found: Timetable | None = None
    work: int = 0


def costs(model: Model, slot: list[int], table: list[int]) -> dict[str, int]:
    """The values of a timetable as things to have few of."""
    found = values(model, slot, table)
    return found | {"placed": sum(model.priority) - found["placed"]}


def climb(model: Model, best: Timetable, bounds: dict[str, int], *, sliced: bool = False) -> Iterator[Step]:
    """Prove or better each level in turn, with those before held at their best.

    Once all meetings are known to be placeable, in new clauses that say so from the start: they say more.
    `sliced`: with a step without news for each slice of a question.
    """
    ladder = _Ladder(model, best, sliced=sliced)
    for level in model.levels:
        if _all(model, ladder.costs) and not ladder.encoding.all_placed:
            ladder = _Ladder(model, ladder.best, sliced=sliced, before=ladder.work())
        if level == "table_changes" and not encode_tables.fits(model):
            return
        yield from ladder.climb(level, bounds[level])


def _all(model: Model, found: dict[str, int]) -> bool:
    """Whether every meeting keeps a place whatever else is bettered."""
    return model.levels[0] == "placed" and found["placed"] == 0


class _Ladder:
    def __init__(self, model: Model, best: Timetable, *, sliced: bool, before: int = 0) -> None:
        self.model, self.best, self.before = model, best, before
        self.costs = costs(model, *best)
        self.solver = Asking("cadical153", sliced=sliced)
        all_placed = _all(model, self.costs)
        self.encoding = Encoding(model, self.solver.add, required=model.required, all_placed=all_placed)
        self.seats: encode_tables.Seats | None = None

    def climb(self, level: str, bound: int) -> Iterator[Step]:
        literals, base = self._level(level)
        low, high = max(bound, base), self.costs[level]
        sums = self.encoding.cnf.sums(literals, high - base + 1)
        yield Step(level, low, work=self.work())
        while low < high:
            limit = [-sums[low - base]] if low - base < len(sums) else []
            found = yield from self._timetable(limit, level, low)
            if found is None:
                low += 1
                yield Step(level, low, work=self.work())
                continue
            self.best, self.costs, high = found, costs(self.model, *found), low
            yield Step(level, low, found)
        if low - base < len(sums):
            self.solver.add([-sums[low - base]])

    def work(self) -> int:
        return self.before + self.solver.work()

    def _level(self, level: str) -> tuple[list[int], int]:
        if level == "table_changes":
            self.seats = encode_tables.Seats(self.encoding)
            return self.seats.changes(), 0
        return self.encoding.level(level)

    def _timetable(
        self, assumptions: list[int], level: str, low: int
    ) -> Generator[Step, None, Timetable | None]:
        """A timetable all can be seated in; a set of tables that runs short is forbidden and asked again."""
        while True:
            true = yield from self.solver.ask(assumptions, lambda: Step(level, low, work=self.work()))
            if true is None:
                return None
            slot = self.encoding.slots(true)
            if self.seats:
                return slot, self.seats.tables(true)
            table, short = seated(self.model, slot)
            if not short:
                return slot, table
            self.encoding.seat_limit(short)
