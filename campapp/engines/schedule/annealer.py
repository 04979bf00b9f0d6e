"""Rounds of annealing in a thread of its own; each cools four times as slowly as the one before.

The rounds are the same whatever the time. Only a round that the time limit would cut cools faster, so
that it still ends cold: such a run does not finish before its limit anyway.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np

from campapp.engines.schedule.arrays import BEST, BEST_COST, COSTS, Ints, Long, flatten
from campapp.engines.schedule.model import Model

HOT, COLD = 0.5, 0.13
CHUNK = 20_000
GROWTH = 4


def weights(model: Model) -> dict[str, int]:
    """What a unit of each level costs in the search: a later level one, an earlier three times as much."""
    searched = [level for level in model.levels if level in COSTS]
    return {level: 3 ** min(3, len(searched) - 1 - k) for k, level in enumerate(searched)} | (
        {"placed": 6} if searched[:1] == ["placed"] and len(searched) < 4 else {}
    )


class Annealer:
    """One chain of rounds; `ended` has the best after each. `halt` ends it within a chunk."""

    def __init__(self, model: Model, slot: list[int], seed: int, left: Callable[[], float]) -> None:
        self.model, self.left = model, left
        self.first = 400_000 + 1_000 * model.n_meetings
        self.w: Ints
        self.n: Long
        self.w, self.n = flatten(model, slot, weights(model), seed)
        self.order = np.array([COSTS.index(v) for v in model.levels if v in COSTS], dtype=np.int32)
        self.halt = threading.Event()
        self.ended: list[list[int]] = []
        self.round = 0
        self._fresh = False
        self.entered = False
        self._lock = threading.Lock()
        self._best = slot
        self._costs: Long | None = None

    def rounds(self, number: int) -> None:
        """So many rounds one after the other, for a thread."""
        for _ in range(number):
            if not self.run():
                return
            with self._lock:
                self.ended.append(self._best)

    def best(self) -> list[int]:
        """The best timetable so far, in the middle of a round too."""
        with self._lock:
            return self._best

    def take(self, ended: int) -> list[int] | None:
        """The best timetable if it is new and so many rounds have ended."""
        with self._lock:
            if not self._fresh or len(self.ended) != ended:
                return None
            self._fresh = False
            return self._best

    def run(self) -> bool:
        """One round; False if it was halted."""
        from campapp.engines.schedule.annealing import anneal, begin  # why: compiling takes seconds

        if not self.entered:
            begin(self.w, self.n)
            self.entered = True
        todo = self.first * GROWTH**self.round
        self.round += 1
        heat, pace, since = HOT, 0.0, time.monotonic()
        done = 0
        while todo > 0:
            if self.halt.is_set():
                return False
            steps = min(CHUNK, todo)
            if pace:
                todo = max(steps, int(min(todo, pace * max(0.0, self.left()))))
            colder = heat * (COLD / heat) ** (steps / todo)
            anneal(self.w, self.n, self.order, steps, heat, colder)
            heat, todo, done = colder, todo - steps, done + steps
            if done > 3 * CHUNK:
                pace = done / max(1e-6, time.monotonic() - since)
            self._publish()
        return True

    def _publish(self) -> None:
        costs = self.n[BEST_COST : BEST_COST + len(COSTS)].copy()
        with self._lock:
            if self._costs is None or (costs != self._costs).any():
                self._costs = costs
                begins = self.n[BEST]
                best = self.w[begins : begins + self.model.n_meetings]
                self._best = [int(s) if s < self.model.n_slots else -1 for s in best]
                self._fresh = True
