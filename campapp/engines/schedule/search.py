"""Search and proof side by side: annealing finds timetables, clauses raise bounds, until the two meet.

A timetable that the clauses find waits until the first round of annealing is over. Up to there the outcome
does not depend on which of the two was faster.
"""

from __future__ import annotations

from contextlib import ExitStack
from threading import Thread

from campapp.engines.schedule.annealer import Annealer
from campapp.engines.schedule.arrays import COSTS
from campapp.engines.schedule.best import Best
from campapp.engines.schedule.climb import Step, climb
from campapp.engines.schedule.model import Model
from campapp.engines.schedule.neighbourhood import search
from campapp.engines.schedule.process import Apart
from campapp.engines.schedule.seating import seated
from campapp.engines.schedule.tables import Seating

TINY, LARGEST = 1_500, 60_000
"""Meetings times their slots: up to TINY clauses alone will do, above LARGEST they are too many to help."""

COUNTED = 20_000
"""Sum of priorities up to which those left out are counted one by one in clauses."""

SPARE = 0.5
"""Seconds kept for seating, explaining and writing."""

ROUNDS, ROUNDS_BEFORE_HUNT = 4, 2


def size(model: Model) -> int:
    return sum(mask.bit_count() for mask in model.allowed)


def provable(best: Best) -> bool:
    """Whether the timetable, and what it leaves out, can be put into clauses."""
    model = best.model
    all_placed = model.levels[0] == "placed" and best.costs["placed"] == 0
    return size(model) <= LARGEST and (all_placed or sum(model.priority) <= COUNTED)


def improve(best: Best) -> None:
    """Better and prove until every level is proven, the work is done, or the time is up."""
    if best.unproven() is None:
        return
    if size(best.model) <= TINY and provable(best) and not best.control.hurried():
        for step in climb(best.model, (best.slot, best.table), best.bounds):
            best.control.check()
            _take(best, step)
        return
    with ExitStack() as stack:
        _Race(best, stack).run()


def _take(best: Best, step: Step) -> None:
    if step.found is not None:
        best.offer(*step.found)
    best.raise_bound(step.level, step.bound)


class _Race:
    def __init__(self, best: Best, stack: ExitStack) -> None:
        self.best, self.model, self.control, self.stack = best, best.model, best.control, stack
        self.held: list[Step] = []
        self.proof: Apart | None = None
        self.hunt: Apart | None = None
        self.hunted = ""
        self.known: dict[str, int] = {}
        self.spare = SPARE + 2e-4 * self.model.n_meetings
        if "table_changes" in self.model.levels:
            self.spare += min(10.0, 0.2 * max(0.0, self.control.left()))
        self.proving = provable(best)
        self.chains = self._chains()

    def _chains(self) -> list[Annealer]:
        model, control = self.model, self.control
        searched = any(self.best.bounds[v] < self.best.costs[v] for v in model.levels if v in COSTS)
        free = any(mask and model.pin[m] < 0 for m, mask in enumerate(model.allowed))
        if not searched or not free or (size(model) <= TINY and self.proving):
            return []
        number = max(1, control.workers - self.proving)
        seeds = [number * control.seed + k for k in range(number)]
        return [Annealer(model, self.best.slot, seed, self._left) for seed in seeds]

    def _left(self) -> float:
        return self.control.left() - self.spare

    def run(self) -> None:
        rounds = ROUNDS_BEFORE_HUNT if self.proving else ROUNDS
        threads = [Thread(target=chain.rounds, args=(rounds,), daemon=True) for chain in self.chains]
        for thread in threads:
            thread.start()
        try:
            if self.proving:
                self._prove()
            while self._left() > 0 and self.best.unproven() is not None:
                self.control.check()
                busy = any(thread.is_alive() for thread in threads)
                if not busy and self.proof is None:
                    break
                self._listen(threads)
                self._gather()
                self._follow()
                if not busy and self.chains:
                    self._hunt()
                self.best.report()
        finally:
            for chain in self.chains:
                chain.halt.set()
        self._gather()
        for step in self.held:
            _take(self.best, step)

    def _prove(self) -> None:
        self.known = dict(self.best.costs)
        job = (self.model, (self.best.slot, self.best.table), dict(self.best.bounds))
        self.proof = self.stack.enter_context(Apart(climb, *job))

    def _listen(self, threads: list[Thread]) -> None:
        wait = min(0.1, self._left())
        if self.proof is None:
            for thread in threads:
                thread.join(max(0.0, wait / len(threads)))
            return
        step = self.proof.next(wait)
        if step is StopIteration:
            self.proof = None
        elif step is not None:
            if step.found is not None:
                self.known = {}
            if step.found is not None or self.held:
                self.held.append(step)
            else:
                _take(self.best, step)

    def _hunt(self) -> None:
        """Once annealing is over: large neighbourhoods of the level that is not proven yet, by clauses."""
        level = self.best.unproven()
        if self.hunt is None or level != self.hunted:
            if self.hunt is not None:
                self.hunt.stop()
            self.hunt, self.hunted = None, level or ""
            if self.proof is not None and level in COSTS:
                job = (self.model, (self.best.slot, self.best.table), level, self.control.seed)
                self.hunt = self.stack.enter_context(Apart(search, *job))
        step = self.hunt.next(0) if self.hunt else None
        if isinstance(step, Step):
            _take(self.best, step)

    def _gather(self) -> None:
        """Offer what annealing has found, and what was held once that no longer depends on speed."""
        for chain in self.chains:
            slot = chain.take()
            if slot is not None:
                table, short = seated(self.model, slot)
                if not short:
                    self.best.offer(slot, table)
        if self.held and all(chain.settled.is_set() for chain in self.chains):
            for step in self.held:
                _take(self.best, step)
            self.held = []

    def _follow(self) -> None:
        """Start the proof anew where annealing has closed the level that it is still busy with."""
        if self.proof is None or not self.known:
            return
        for level, bound in self.best.bounds.items():
            if bound < self.known[level]:
                if bound == self.best.costs[level] and self.best.unproven() is not None:
                    self.proof.stop()
                    self._prove()
                return


def seat(best: Best) -> None:
    """Change tables less, the slots standing as they are."""
    if "table_changes" in best.model.levels and best.bounds["table_changes"] < best.costs["table_changes"]:
        table = Seating(best.model, best.slot, best.table).better(best.control, SPARE)
        best.offer(best.slot, table)
