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
    """One chain of rounds; `take` its best from any thread, `halt` ends it within a chunk."""

    def __init__(self, model: Model, slot: list[int], seed: int, left: Callable[[], float]) -> None:
        self.model, self.left = model, left
        self.first = 400_000 + 1_000 * model.n_meetings
        self.w: Ints
        self.n: Long
        self.w, self.n = flatten(model, slot, weights(model), seed)
        self.order = np.array([COSTS.index(v) for v in model.levels if v in COSTS], dtype=np.int32)
        self.halt, self.settled = threading.Event(), threading.Event()
        self.round = 0
        self._fresh = False
        self._entered = False
        self._lock = threading.Lock()
        self._best = slot
        self._costs: Long | None = None

    def rounds(self, number: int) -> None:
        """So many rounds one after the other, for a thread; `settled` is set after the first."""
        for _ in range(number):
            whole = self.run()
            self.settled.set()
            if not whole:
                return

    def take(self) -> list[int] | None:
        """The best timetable if it is another than at the last call."""
        with self._lock:
            fresh, self._fresh = self._fresh, False
            return self._best if fresh else None

    def run(self) -> bool:
        """One round; False if it was halted."""
        from campapp.engines.schedule.annealing import anneal, begin  # why: compiling takes seconds

        if not self._entered:
            begin(self.w, self.n)
            self._entered = True
        todo = self.first * GROWTH**self.round
        self.round += 1
        heat, pace, since = HOT, 0.0, time.monotonic()
        done = 0
        while todo > 0:
            if self.halt.is_set():
                return False
            steps = min(CHUNK, todo)
            if pace:
                todo = max(steps, min(todo, int(pace * max(0.0, self.left()))))
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
