"""Meeting by meeting: iterative forward search (Müller 2005) with conflict statistics.

A meeting that finds no open slot takes the one whose occupants have been in the way least often, and
those go back to the queue. So no meeting is stuck for good, and circles break by their growing weight.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush

from campapp.engines.frame.control import Control
from campapp.engines.schedule.board import Board
from campapp.engines.schedule.model import bits
from campapp.engines.schedule.values import breaks_in

PATIENCE = 4


class Insertion:
    """Puts what is still without a place on the board; `left_out` is not tried."""

    def __init__(self, board: Board, left_out: set[int]) -> None:
        self.board = board
        self.model = board.model
        self.left_out = left_out
        self.weight = [0] * board.model.n_meetings
        self.who: list[list[int]] = board.model.meetings_of

    def run(self, control: Control) -> None:
        """Insert with ejection until nothing waits or nothing has been gained for long, then fill up."""
        board, model = self.board, self.model
        best, best_sum, idle = (board.slot[:], board.table[:]), self._placed(), 0
        now = best_sum
        queue = [
            self._key(m) for m in range(model.n_meetings) if board.slot[m] < 0 and m not in self.left_out
        ]
        heapify(queue)
        steps = 0
        while queue and idle < PATIENCE * model.n_meetings + 100:
            steps += 1
            if steps % 64 == 0:
                control.check()
                if control.out_of_time():
                    break
            m = heappop(queue)[-1]
            if board.slot[m] >= 0:
                continue
            gone = self._force(m)
            now += model.priority[m] * (board.slot[m] >= 0) - sum(model.priority[g] for g in gone)
            for g in gone:
                heappush(queue, self._key(g))
            idle += 1
            if now > best_sum:
                best, best_sum, idle = (board.slot[:], board.table[:]), now, 0
        if now < best_sum:
            self.board.__init__(model)  # type: ignore[misc]
            self.board.load(*best)
        self.fill()

    def fill(self) -> None:
        """Place whatever still fits somewhere, the most important first."""
        model, board = self.model, self.board
        waiting = sorted(range(model.n_meetings), key=lambda m: (-model.priority[m], m))
        again = True
        while again:
            again = False
            for m in waiting:
                if board.slot[m] < 0:
                    for s in sorted(bits(board.open_slots(m)), key=lambda s: (self.cost(m, s), s)):
                        if board.place(m, s):
                            again = again or bool(model.later[m])
                            break

    def cost(self, m: int, s: int) -> int:
        """How many breaks more there are with `m` in slot `s`."""
        total = 0
        for p in self.model.people[m]:
            if self.model.kinds[p] != "other":
                used = self.board.used[p]
                total += breaks_in(self.model, used | 1 << s) - breaks_in(self.model, used)
        return total

    def _key(self, m: int) -> tuple[int, int, int]:
        model = self.model
        slack = model.allowed[m].bit_count() - max(
            (len(model.meetings_of[p]) for p in model.people[m]), default=0
        )
        return (-model.priority[m], slack - 2 * self.weight[m] + 1000 * (len(model.before[m]) > 0), m)

    def _placed(self) -> int:
        return sum(n for n, s in zip(self.model.priority, self.board.slot, strict=True) if s >= 0)

    def _force(self, m: int) -> list[int]:
        """Place `m` where it costs least; answers who had to leave."""
        board, best = self.board, None
        for s in bits(self.model.allowed[m] & board.in_order(m)):
            blockers = self._blockers(m, s)
            if blockers is None:
                continue
            price = sum(8 * (1 + self.weight[b]) * self.model.priority[b] for b in blockers)
            if best and price > best[0]:
                continue
            price += self.cost(m, s)
            if best is None or (price, s) < best[:2]:
                best = (price, s, blockers)
        if best is None:
            return []
        gone: list[int] = []
        for b in best[2]:
            self.weight[b] += 1
            gone += board.remove(b)
        if not board.place(m, best[1]):
            self.weight[m] += 1
        return gone

    def _blockers(self, m: int, s: int) -> list[int] | None:
        """Who must leave so that `m` fits into slot `s`; None if somebody there may not."""
        board, model = self.board, self.model
        found: list[int] = []
        for p in model.people[m]:
            if board.full[p] >> s & 1:
                here = [b for b in self.who[p] if board.slot[b] == s]
                if any(b in found for b in here):
                    continue
                free = [b for b in here if b not in model.required]
                if not free:
                    return None
                found.append(min(free, key=lambda b: (self.weight[b], b)))
        if not any(model.seats[m] >> board.table[b] & 1 for b in found) and board.seat(m, s) is None:
            here = [b for t, b in board.at[s].items() if model.seats[m] >> t & 1 and b not in model.required]
            if not here:
                return None
            found.append(min(here, key=lambda b: (self.weight[b], b)))
        return found
