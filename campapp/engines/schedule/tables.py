"""Who sits where, the slots being given: slot by slot the best seating for what lies before and after.

With all other slots fixed a slot is an assignment problem, solved exactly (Kuhn 1955); sweeps over the
slots go on, with a noise that fades, until none has helped for long (block coordinate descent).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from campapp.engines.frame.control import Control
from campapp.engines.schedule.model import Model, bits
from campapp.engines.schedule.values import changes

SWEEPS = 60
NEVER = 1e6


class Seating:
    """The tables of a timetable whose slots stand."""

    def __init__(self, model: Model, slot: list[int], table: list[int]) -> None:
        self.model, self.slot = model, slot
        self.table = np.array(table)
        self.beside: list[list[int]] = [[] for _ in slot]
        for p, meetings in enumerate(model.meetings_of):
            if model.single[p]:
                walk = sorted((slot[m], m) for m in meetings if slot[m] >= 0)
                for (a, m), (b, other) in pairwise(walk):
                    if model.day[a] == model.day[b]:
                        self.beside[m].append(other)
                        self.beside[other].append(m)
        self.by_slot = [[m for m, s in enumerate(slot) if s == k] for k in range(model.n_slots)]
        self.never = [self._forbidden(k) for k in range(model.n_slots)]

    def _forbidden(self, s: int) -> NDArray[np.float64]:
        rows = np.full((len(self.by_slot[s]), self.model.n_tables), NEVER)
        for i, m in enumerate(self.by_slot[s]):
            rows[i, bits(self.model.seats[m] & self.model.table_free[s])] = 0
        return rows

    def better(self, control: Control, seconds: float, least: int) -> list[int]:
        """The best tables found: in so many sweeps, with `least` changes, or when `seconds` are left."""
        random = np.random.default_rng(control.seed)
        best, fewest = self.table.copy(), changes(self.model, self.slot, self.table.tolist())
        for sweep in range(SWEEPS):
            noise = 0.6 * max(0.0, 1 - 1.5 * sweep / SWEEPS)
            for s in random.permutation(self.model.n_slots):
                control.check()
                if control.left() < seconds:
                    return [int(t) for t in best]
                if self.by_slot[s]:
                    self._seat(int(s), random, noise)
            now = changes(self.model, self.slot, self.table.tolist())
            if now < fewest:
                best, fewest = self.table.copy(), now
            if fewest <= least:
                break
        return [int(t) for t in best]

    def _seat(self, s: int, random: np.random.Generator, noise: float) -> None:
        price = self.never[s] + random.random(self.never[s].shape) * (noise + 1e-3)
        for i, m in enumerate(self.by_slot[s]):
            for other in self.beside[m]:
                price[i, self.table[other]] -= 1
        rows, columns = linear_sum_assignment(price)
        for i, t in zip(rows, columns, strict=True):
            self.table[self.by_slot[s][i]] = t
