"""The hunt by large neighbourhoods as the race sees it: a process whose time is counted in conflicts."""

from __future__ import annotations

from contextlib import ExitStack

from campapp.engines.schedule.climb import Step, Timetable, costs
from campapp.engines.schedule.model import Model
from campapp.engines.schedule.neighbourhood import search
from campapp.engines.schedule.process import Apart, Here, Part

HEAD_START = 3_000
"""Conflicts that the hunt has beyond those of the proof."""


class Hunting:
    """A hunt at one level. What it finds comes before the proof's own timetable if it took no more
    conflicts than the proof took to refute everything better, and HEAD_START. Where there is no proof, it has
    `most` conflicts. `alone`: no process of its own.
    """

    def __init__(
        self,
        stack: ExitStack,
        model: Model,
        best: Timetable,
        level: str,
        seed: int,
        *,
        alone: bool,
        most: int = -1,
    ) -> None:
        self.model, self.level = model, level
        self.found: Timetable | None = None
        self._cost, self._took, self._work = -1, 0, 0
        self._target, self._budget, self._most = -1, most, most
        self._ended = False
        job = (search, model, best, level, seed)
        part: Part = Here(*job) if alone else Apart(*job)
        self._process = stack.enter_context(part)

    def allow(self, target: int, work: int) -> None:
        """The proof has refuted all below `target` with so many conflicts."""
        self._target, self._budget = target, work + HEAD_START

    def open(self) -> bool:
        """Whether it may still reach the target in time."""
        return not self._ended and self._work <= self._budget

    def reached(self) -> Timetable | None:
        """The timetable that meets the target, if it was found in time."""
        return self.found if self._cost == self._target and self._took <= self._budget else None

    def listen(self, seconds: float) -> None:
        """Hear all it has said, and wait so long for the first word."""
        while not self._ended and (step := self._process.next(seconds)) is not None:
            seconds = 0
            if isinstance(step, Step):
                self._hear(step)
            else:
                self._ended = True

    def _hear(self, step: Step) -> None:
        self._work = step.work
        if 0 <= self._most < step.work:
            self._ended = True
        elif step.found is not None:
            self.found, self._took = step.found, step.work
            self._cost = costs(self.model, *step.found)[self.level]

    def stop(self) -> None:
        self._process.stop()
