"""Rounds of annealing in a thread of its own; each cools four times as slowly as the one before.

The rounds are the same whatever the time. Only a round that the time limit would cut cools faster, so
that it still ends cold: such a run does not finish before its limit anyway.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from campapp.engines.schedule.arrays import BEST, BEST_COST, BEST_TABLE, COSTS, OF_SLOTS, Ints, Long, flatten
from campapp.engines.schedule.model import Model

CHUNK = 20_000
GROWTH = 4

Found = tuple[list[int], list[int]]
"""The slot of each meeting, and its table; no tables where the search is over slots alone."""


@dataclass(frozen=True)
class Cooling:
    """What a unit of each level costs in the search, the moves of the first round, and from where to where it cools."""

    weights: dict[str, int]
    first: int
    hot: float
    cold: float


def of_slots(model: Model) -> Cooling:
    """A later level counts one, an earlier three times as much."""
    searched = [level for level in model.levels if level in OF_SLOTS]
    weights = {level: 3 ** min(3, len(searched) - 1 - k) for k, level in enumerate(searched)}
    if searched[:1] == ["placed"] and len(searched) < 4:
        weights["placed"] = 6
    return Cooling(weights, 400_000 + 1_000 * model.n_meetings, hot=0.5, cold=0.13)


def of_places(model: Model) -> Cooling:
    """The last level counts one, an earlier four times as much; what stands before changes of table, and is to keep
    what it has reached, three times as much again. It begins where a change more is taken as often as not."""
    last, changes = len(model.levels) - 1, model.levels.index("table_changes")
    weights = {level: 4 ** (last - k) * (3 if k < changes else 1) for k, level in enumerate(model.levels)}
    return Cooling(weights, 400_000 + 4_000 * model.n_meetings, hot=weights["table_changes"], cold=0.25)


class Annealer:
    """One chain of rounds over slots, or with `table` over slots and tables together; `ended` has the best after
    each. `halt` ends it within a chunk."""

    def __init__(
        self,
        model: Model,
        slot: list[int],
        seed: int,
        left: Callable[[], float],
        table: list[int] | None = None,
    ) -> None:
        self.model, self.left, self.seated = model, left, table is not None
        self.cooling = of_places(model) if self.seated else of_slots(model)
        self.first = self.cooling.first
        self.w: Ints
        self.n: Long
        self.w, self.n = flatten(model, slot, self.cooling.weights, seed, table)
        searched = [COSTS.index(v) for v in model.levels if v in self.cooling.weights]
        self.order = np.array(searched, dtype=np.int32)
        self.halt = threading.Event()
        self.ended: list[Found] = []
        self.round = 0
        self._fresh = False
        self.entered = False
        self._lock = threading.Lock()
        self._best: Found = (slot, table or [])
        self._costs: Long | None = None

    def rounds(self, number: int) -> None:
        """So many rounds one after the other, for a thread."""
        for _ in range(number):
            if not self.run():
                return
            with self._lock:
                self.ended.append(self._best)

    def best(self) -> Found:
        """The best timetable so far, in the middle of a round too."""
        with self._lock:
            return self._best

    def take(self, ended: int) -> Found | None:
        """The best timetable if it is new and so many rounds have ended."""
        with self._lock:
            if not self._fresh or len(self.ended) != ended:
                return None
            self._fresh = False
            return self._best

    def _enter(self) -> Callable[[Ints, Long, Ints, int, float, float], int]:
        """The compiled search, the timetable having been entered."""
        if self.seated:
            from campapp.engines.schedule import places  # why: compiling takes seconds

            begin, search = places.begin_seated, places.rearrange
        else:
            from campapp.engines.schedule import annealing  # why: compiling takes seconds

            begin, search = annealing.begin, annealing.anneal
        if not self.entered:
            begin(self.w, self.n)
            self.entered = True
        return search

    def run(self) -> bool:
        """One round; False if it was halted."""
        search = self._enter()
        todo = self.first * GROWTH**self.round
        self.round += 1
        heat, pace, since = self.cooling.hot, 0.0, time.monotonic()
        done = 0
        while todo > 0:
            if self.halt.is_set():
                return False
            steps = min(CHUNK, todo)
            if pace:
                todo = max(steps, int(min(todo, pace * max(0.0, self.left()))))
            colder = heat * (self.cooling.cold / heat) ** (steps / todo)
            search(self.w, self.n, self.order, steps, heat, colder)
            heat, todo, done = colder, todo - steps, done + steps
            if done > 3 * CHUNK:
                pace = done / max(1e-6, time.monotonic() - since)
            self._publish()
        return True

    def costs(self) -> dict[str, int]:
        """What the best so far costs at each level, as the search counts it."""
        return dict(zip(COSTS, self.n[BEST_COST:].tolist(), strict=False))

    def _publish(self) -> None:
        costs = self.n[BEST_COST : BEST_COST + len(COSTS)].copy()
        with self._lock:
            if self._costs is None or (costs != self._costs).any():
                self._costs = costs
                slot = [s if s < self.model.n_slots else -1 for s in self._part(BEST)]
                self._best = (slot, self._part(BEST_TABLE) if self.seated else [])
                self._fresh = True

    def _part(self, part: int) -> list[int]:
        begins = self.n[part]
        numbers: list[int] = self.w[begins : begins + self.model.n_meetings].tolist()
        return numbers
