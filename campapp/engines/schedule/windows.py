"""Participant by participant into windows of neighbouring slots, by min-cost assignment, with ejection.

Where every meeting has just one participant of a kind (a team), that team's breaks are nobody else's:
it takes as many neighbouring slots as it has meetings, and each meeting one of them, at the least sum of
others' breaks and of the weights of whom it puts out (Müller 2005); those look for another window.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from scipy.optimize import linear_sum_assignment

from campapp.engines.frame.control import Control
from campapp.engines.schedule.board import Board
from campapp.engines.schedule.model import Model, bits
from campapp.engines.schedule.values import breaks_in

NEVER = 1e6
EJECTION = 8.0
ROUNDS = 12


def carriers(model: Model) -> list[int]:
    """The participants to plan whole, of the first kind whose breaks count; empty where it does not fit."""
    level = next((one for one in model.levels if one.endswith("_breaks")), None)
    if level is None or model.bound_by_order:
        return []
    chosen = model.counted(level)
    members = set(chosen)
    if any(sum(p in members for p in people) != 1 for people in model.people):
        return []
    return chosen if all(model.single[p] for p in chosen) else []


class Windows:
    """Plans each carrier's meetings together; what finds no window is left to `Insertion`."""

    def __init__(self, board: Board, chosen: list[int], left_out: set[int]) -> None:
        self.board, self.model = board, board.model
        self.chosen = chosen
        self.weight = [1.0] * len(board.model.meetings_of)
        self.carrier = [-1] * board.model.n_meetings
        for p in chosen:
            for m in board.model.meetings_of[p]:
                self.carrier[m] = p
        self.todo = {p: [m for m in board.model.meetings_of[p] if m not in left_out] for p in chosen}
        self.fixed = {p for p in chosen if any(m in board.model.required for m in board.model.meetings_of[p])}

    def run(self, control: Control) -> None:
        """Plan everyone, the least free first, until nobody waits or the rounds are used up."""
        model = self.model
        free = {p: model.present[p].bit_count() for p in self.chosen}
        order = sorted(self.chosen, key=lambda p: (free[p] - len(self.todo[p]), -len(self.todo[p]), p))
        queue = deque(p for p in order if self.todo[p] and p not in self.fixed)
        for _ in range(ROUNDS * len(queue)):
            if not queue or control.out_of_time():
                break
            control.check()
            p = queue.popleft()
            for other in self._plan(p):
                if other not in self.fixed:
                    self.weight[other] += 1.0
                    queue.append(other)

    def _plan(self, p: int) -> list[int]:
        """Give `p` its cheapest window; answers the participants that had to leave theirs."""
        meetings = self.todo[p]
        prices = np.array([self._prices(m) for m in meetings])
        best: tuple[float, list[tuple[int, int]]] = (NEVER, [])
        for window in self._windows(p, len(meetings)):
            part = prices[:, window]
            if part.min(axis=1).sum() >= best[0]:
                continue
            rows, columns = linear_sum_assignment(part)
            price = float(part[rows, columns].sum())
            if price < best[0]:
                best = price, [(meetings[r], window[c]) for r, c in zip(rows, columns, strict=True)]
        gone: list[int] = []
        for m, s in best[1]:
            gone += self._clear(m, s)
        for m, s in best[1]:
            self.board.place(m, s)
        return list(dict.fromkeys(gone))

    def _windows(self, p: int, n: int) -> list[list[int]]:
        """Every run of `n` neighbouring slots in which `p` is there."""
        found = []
        for day in self.model.days:
            run: list[int] = []
            for s in bits(day):
                run = [*run, s] if self.model.present[p] >> s & 1 else []
                if len(run) >= n:
                    found.append(run[-n:])
        return found

    def _prices(self, m: int) -> list[float]:
        """By slot, what it costs to put `m` there: others' new breaks, and whom it puts out."""
        board, model = self.board, self.model
        prices = [NEVER] * model.n_slots
        for s in bits(model.allowed[m]):
            price = 0.0
            for p in model.people[m]:
                if board.full[p] >> s & 1:
                    price += EJECTION * self._weight_at(p, s)
                elif p != self.carrier[m] and model.kinds[p] != "other":
                    used = board.used[p]
                    price += breaks_in(model, used | 1 << s) - breaks_in(model, used)
            if board.taken[s] == model.table_free[s]:
                price += EJECTION * min(self.weight[self.carrier[b]] for b in board.at[s].values())
            prices[s] = price + 0.001 * s
        return prices

    def _weight_at(self, p: int, s: int) -> float:
        here = [m for m in self.model.meetings_of[p] if self.board.slot[m] == s]
        if any(m in self.model.required for m in here):
            return NEVER
        return min((self.weight[self.carrier[m]] for m in here), default=0.0)

    def _clear(self, m: int, s: int) -> list[int]:
        """Put out whoever keeps `m` from slot `s`, each with the whole of its window."""
        board, model = self.board, self.model
        gone = []
        for p in model.people[m]:
            if board.full[p] >> s & 1:
                here = [b for b in model.meetings_of[p] if board.slot[b] == s and b not in model.required]
                if here:
                    gone.append(self._leave(min(here, key=lambda b: (self.weight[self.carrier[b]], b))))
        if board.seat(m, s) is None:
            here = [b for t, b in board.at[s].items() if model.seats[m] >> t & 1 and b not in model.required]
            if here:
                gone.append(self._leave(min(here, key=lambda b: (self.weight[self.carrier[b]], b))))
        return gone

    def _leave(self, m: int) -> int:
        p = self.carrier[m]
        for one in self.todo[p]:
            if one not in self.model.required:
                self.board.remove(one)
        return p
