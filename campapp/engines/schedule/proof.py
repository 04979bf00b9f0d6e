"""When and where the clauses run: here if nobody can be waiting, apart under a clock or a cancel."""

from __future__ import annotations

from collections.abc import Iterator

from campapp.engines.schedule.best import Best
from campapp.engines.schedule.climb import Step, climb
from campapp.engines.schedule.model import Model
from campapp.engines.schedule.process import Apart

LARGEST = 60_000
"""Meetings times their slots, above which clauses are too many to help."""

SPARE = 0.4
"""Seconds kept for seating, explaining and writing."""


def fits(model: Model) -> bool:
    """Whether the instance is small enough for clauses."""
    return sum(mask.bit_count() for mask in model.allowed) <= LARGEST


def prove(best: Best) -> None:
    """Raise bounds, and take better timetables, until all levels are proven or the time is up."""
    if best.unproven() is None or not fits(best.model):
        return
    job = (best.model, (best.slot, best.table), best.bounds)
    if not best.control.hurried():
        _take(best, climb(*job))
        return
    with Apart(climb, *job) as apart:
        _take(best, _while_time(best, apart))


def _take(best: Best, steps: Iterator[Step]) -> None:
    for step in steps:
        best.control.check()
        if step.found is not None:
            best.offer(*step.found)
        best.raise_bound(step.level, step.bound)
        best.report()


def _while_time(best: Best, apart: Apart) -> Iterator[Step]:
    while True:
        left = best.control.left() - SPARE
        step = apart.next(min(0.2, left))
        if step is StopIteration or (step is None and left <= 0):
            return
        if step is not None:
            yield step
        best.control.check()
        best.report()
