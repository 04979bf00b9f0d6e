"""The best timetable so far, with the bound of each level."""

from __future__ import annotations

from campapp.engines.frame.control import Control
from campapp.engines.schedule.climb import costs
from campapp.engines.schedule.model import Model


class Best:
    """Held in costs, so that at every level less is better."""

    def __init__(self, model: Model, control: Control, slot: list[int], table: list[int]) -> None:
        self.model, self.control = model, control
        self.slot, self.table = slot, table
        self.costs = costs(model, slot, table)
        self.bounds = dict.fromkeys(model.levels, 0)

    def offer(self, slot: list[int], table: list[int]) -> bool:
        """Take a timetable if it is better, level by level."""
        new = costs(self.model, slot, table)
        if list(new.values()) >= list(self.costs.values()):
            return False
        self.slot, self.table, self.costs = slot[:], table[:], new
        return True

    def raise_bound(self, level: str, bound: int) -> None:
        """A proven least cost, given the levels before at their best costs."""
        self.bounds[level] = max(self.bounds[level], min(bound, self.costs[level]))

    def unproven(self) -> str | None:
        """The first level whose cost is not known to be the least."""
        return next((one for one in self.model.levels if self.bounds[one] < self.costs[one]), None)

    def proven(self, level: str) -> bool:
        """Whether this level and all before it are known to be as good as can be."""
        first = self.unproven()
        levels = self.model.levels
        return first is None or levels.index(first) > levels.index(level)

    def report(self, **words: object) -> None:
        """Tell how far the first unproven level is."""
        level = self.unproven() or self.model.levels[-1]
        self.control.report(
            self._value(level, self.costs), self._value(level, self.bounds), level=level, **words
        )

    def _value(self, level: str, costs: dict[str, int]) -> int:
        return sum(self.model.priority) - costs[level] if level == "placed" else costs[level]

    def values(self) -> dict[str, int]:
        return {level: self._value(level, self.costs) for level in self.model.levels}

    def value_bounds(self) -> dict[str, int]:
        """As values; a level after an unproven one is given what holds without the levels before."""
        return {level: self._value(level, self.bounds) for level in self.model.levels}
