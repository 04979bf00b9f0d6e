"""Search and proof side by side: annealing finds timetables, clauses raise bounds, until the two meet.

Which of the parts is faster may not decide between equally good timetables. So they are heard in a fixed
order: the first timetable, annealing round by round, then for each level the large neighbourhoods as far as
they come within a number of conflicts, then the proof. A later one only counts if it is better, and what
comes out of turn waits. Only the time limit ends that: then the best of all is taken, whoever has it.
"""

from __future__ import annotations

from collections import deque
from contextlib import ExitStack
from enum import Enum
from threading import Thread

from campapp.engines.schedule.annealer import Annealer, Found
from campapp.engines.schedule.arrays import OF_SLOTS
from campapp.engines.schedule.best import Best
from campapp.engines.schedule.climb import Step, Timetable, climb, costs
from campapp.engines.schedule.hunting import Hunting
from campapp.engines.schedule.process import Apart, Here, Part
from campapp.engines.schedule.seating import seated

SPARE = 0.5
"""Seconds kept for seating, explaining and writing."""

ROUNDS, ROUNDS_BEFORE_HUNT = 4, 2

HUNT_WORK = 60_000
"""Conflicts that a hunt without a proof has for a level: minutes for thousands of meetings."""


class Use(Enum):
    """What clauses are good for: a hunt asks about a part of the meetings at a time, a proof about all."""

    NOTHING, HUNT, PROOF = range(3)


class Race:
    """One race. `spare` seconds of the time limit are left over; `clauses`: in what they take part; it ends, too, when
    `until` is the first level that is not proven.

    With one worker the parts take turns in this process: annealing, then proof and hunt slice by slice.
    """

    def __init__(
        self,
        best: Best,
        stack: ExitStack,
        chains: list[Annealer],
        *,
        spare: float,
        clauses: Use,
        until: str | None = None,
    ) -> None:
        self.alone = best.control.workers == 1
        self.best, self.model, self.control, self.stack = best, best.model, best.control, stack
        self.chains, self.spare, self.clauses, self.until = chains, spare, clauses, until
        self.counted = dict(best.bounds)
        self.heard = 0
        self.ahead: Timetable | None = None
        self.news: deque[Step] = deque()
        self.known: dict[str, int] = {}
        self.proof: Part | None = None
        self.hunting: Hunting | None = None
        self.hunted: set[str] = set()

    def _left(self) -> float:
        """Seconds until the race must end; a slice in this process cannot be cut, so one must still fit."""
        return self.control.left() - self.spare - (self.proof.longest if self.proof else 0.0)

    def _over(self) -> bool:
        """Whether all is proven that this race is to prove."""
        return self.best.unproven() in (None, self.until)

    def run(self) -> None:
        """Until every level is proven, the work is done, or the time is up."""
        long = self.clauses is Use.NOTHING and not any(chain.seated for chain in self.chains)
        rounds = ROUNDS if long else ROUNDS_BEFORE_HUNT
        threads = [Thread(target=chain.rounds, args=(rounds,), daemon=True) for chain in self.chains]
        for thread in threads:
            thread.start()
        try:
            if self.clauses is Use.PROOF:
                self._prove()
            while self._left() > 0 and not self._over():
                self.control.check()
                annealing = any(thread.is_alive() for thread in threads)
                if not annealing and self.proof is None and not self.news and self._hunted() is None:
                    break
                self._listen(threads, annealing=annealing)
                self._gather()
                if not annealing:
                    self._judge() if self.clauses is Use.PROOF else self._follow()
                compiling = any(
                    thread.is_alive() and not chain.entered
                    for thread, chain in zip(threads, self.chains, strict=True)
                )
                self.best.report(search="compiling" if compiling else None)
        finally:
            for chain in self.chains:
                chain.halt.set()
        if not self._over():
            self._take_all()

    def _prove(self, proven: str | None = None) -> None:
        """Start the proof from the best, the levels up to `proven` being so.

        What else has been proven depends on the clock, so the new proof is not told.
        """
        if self.proof is not None:
            self.proof.stop()
        self.news.clear()
        self.known = dict(self.best.costs)
        levels = self.model.levels
        up_to = levels.index(proven) + 1 if proven else 0
        bounds = self.counted | {level: self.known[level] for level in levels[:up_to]}
        job = (climb, self.model, (self.best.slot, self.best.table), bounds)
        part: Part = Here(*job) if self.alone else Apart(*job)
        self.proof = self.stack.enter_context(part)

    def _listen(self, threads: list[Thread], *, annealing: bool) -> None:
        """Hear the proof, at most a tenth of a second; bounds hold at once, timetables wait."""
        wait = max(0.0, min(0.1, self._left()))
        if self.proof is not None and not (self.alone and annealing):
            if self.alone and self.hunting:
                self.hunting.listen(wait)
            step = self.proof.next(0.01 if self.news and self.hunting else wait)
            if step is StopIteration:
                self.proof = None
            elif step is not None:
                self.news.append(step)
                self.best.raise_bound(step.level, step.bound)
        elif self.hunting:
            self.hunting.listen(wait)
        else:
            for thread in threads:
                thread.join(wait / len(threads))

    def _gather(self) -> None:
        """Offer what annealing has found: round by round, and in each the chains in their order.

        One that meets all bounds need not wait for the end of its round if it is next.
        """
        while self.chains and all(len(chain.ended) > self.heard for chain in self.chains):
            for chain in self.chains:
                self._offer(chain.ended[self.heard])
            self.heard += 1
        if not self.chains:
            return
        found = self.chains[0].take(self.heard)
        if found is not None:
            self.ahead = self._seated(found)
        if self.ahead and costs(self.model, *self.ahead) == self.best.bounds:
            self.best.offer(*self.ahead)

    def _offer(self, found: Found) -> None:
        if timetable := self._seated(found):
            self.best.offer(*timetable)

    def _seated(self, found: Found) -> Timetable | None:
        """With tables; None if these slots leave somebody without one."""
        slot, table = found
        if table:
            return found
        table, short = seated(self.model, slot)
        return None if short else (slot, table)

    def _judge(self) -> None:
        """Once annealing is over: go through what the proof said, as far as the hunt has come."""
        while not self._over():
            self._hunt()
            if self.hunting and (found := self.hunting.reached()):
                self.best.offer(*found)
                if not self._over():
                    self._prove(self.hunting.level)
                continue
            if not self.news or not self._hear(self.news[0]):
                return

    def _hear(self, step: Step) -> bool:
        """Act on the next of the proof's news; False if it must wait for the hunt."""
        best, level = self.best, step.level
        here = self.hunting if self.hunting and self.hunting.level == level else None
        if step.found is not None and here and here.open():
            return False
        self.news.popleft()
        best.raise_bound(level, step.bound)
        if step.found is not None:
            best.offer(*step.found)
            self.known = costs(self.model, *step.found)
            return True
        if here:
            here.allow(step.bound, step.work)
        if best.costs[level] == step.bound < self.known[level] and not self._over():
            self._prove(level)
        return True

    def _hunt(self) -> None:
        """Large neighbourhoods of the level that is next, from the best there is."""
        level = self.best.unproven()
        if self.hunting and self.hunting.level != level:
            self.hunting.stop()
            self.hunting = None
        if level and not self.hunting and self.chains and self._may_hunt(level):
            job = (self.model, (self.best.slot, self.best.table), level, self.control.seed)
            self.hunting = Hunting(self.stack, *job, alone=self.alone)
        if self.hunting:
            self.hunting.listen(0)

    def _may_hunt(self, level: str) -> bool:
        """Whether a hunt keeps all that counts before: its clauses know nothing of changes of table."""
        levels = self.model.levels
        return level in OF_SLOTS and "table_changes" not in levels[: levels.index(level)]

    def _hunted(self) -> str | None:
        """The level to hunt at where there is no proof: the first that may be bettered and was not yet."""
        if self.clauses is not Use.HUNT or not self.chains:
            return None
        best = self.best
        able = [v for v in self.model.levels if self._may_hunt(v) and v not in self.hunted]
        return next((v for v in able if best.bounds[v] < best.costs[v]), None)

    def _follow(self) -> None:
        """Without a proof: take what the hunt finds, and begin that of the next level when it is over."""
        if self.hunting:
            if self.hunting.found:
                self.best.offer(*self.hunting.found)
            if self.hunting.open() and self._hunted() == self.hunting.level:
                return
            self.hunted.add(self.hunting.level)
            self.hunting.stop()
            self.hunting = None
        if level := self._hunted():
            job = (self.model, (self.best.slot, self.best.table), level, self.control.seed)
            self.hunting = Hunting(self.stack, *job, alone=self.alone, most=HUNT_WORK)

    def _take_all(self) -> None:
        for chain in self.chains:
            self._offer(chain.best())
        if self.hunting and self.hunting.found:
            self.best.offer(*self.hunting.found)
        for step in self.news:
            if step.found is not None:
                self.best.offer(*step.found)
            self.best.raise_bound(step.level, step.bound)
