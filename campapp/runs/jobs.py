"""The worker's side of a run: freeze, solve, store, in one place for every kind; and repeat it to verify."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from campapp.core import jobs
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.jobs import job
from campapp.engines.frame.control import Control
from campapp.engines.frame.errors import BadInput, Cancelled
from campapp.engines.solving import solve_bytes
from campapp.runs.actions import (
    begin,
    fail,
    file_of,
    first_steps,
    mark_cancelled,
    prepare,
    store_result,
    write_progress,
)
from campapp.runs.actions.verification import note_verdict, write_repetition
from campapp.runs.models import Run
from campapp.runs.verification import verify
from campapp.runs.words import GAVE_UP

Write = Callable[[int, dict[str, Any]], str]


class Listener:
    """Beats the job's lease, writes progress once a second, and hears whether the page wants it stopped."""

    def __init__(self, run_id: int, write: Write = write_progress) -> None:
        self.run_id, self.write = run_id, write
        self.wanted = ""
        self.looked = time.monotonic()
        self.control: Control | None = None
        self.stage = ""
        self.told: dict[str, Any] = {}

    def controlling(self, seconds: float | None, seed: int, workers: int) -> Control:
        """The control of one engine that this listens to; `keep` ends it at once."""
        self.control = Control(seconds=seconds, seed=seed, workers=workers, stop=self.stop, tell=self.tell)
        if self.wanted == "keep":
            self.control.end_now()
        return self.control

    def tell(self, told: dict[str, object]) -> None:
        """The engine's words, once a second at most."""
        self.told = {**told, "stage": self.stage}
        self._look()

    def stop(self) -> bool:
        """Whether the engine must let go."""
        if time.monotonic() - self.looked > 1.0:
            self._look()
        return self.wanted == "cancel"

    def enter(self, stage: str) -> None:
        """Another step of the run begins; the page shows it."""
        self.stage, self.control, self.told = stage, None, {"stage": stage}
        self._look()
        if self.wanted == "cancel":
            raise Cancelled

    def _look(self) -> None:
        self.looked = time.monotonic()
        self.wanted = self.write(self.run_id, self.told)
        if self.wanted == "keep" and self.control is not None and self.stage != "first":
            self.control.end_now()
        if not jobs.beat():
            self.wanted = "cancel"


@job
def solve(run_id: int) -> None:
    """Solve a run from its frozen input. The engine's answer and the job's end are one transaction."""
    with current.set(actor=SYSTEM):
        run = db.session.get_one(Run, run_id)
        if run.state not in {"queued", "running"}:
            return
        begin(run)
        listener = Listener(run_id)
        try:
            body = _solved(run_id, listener)
        except (BadInput, Cancelled) as problem:
            _end(run_id, problem)
            return
        with jobs.finishing():
            store_result(db.session.get_one(Run, run_id), body)


def _solved(run_id: int, listener: Listener) -> bytes:
    """The engine's answer; before it, where the kind has a first step and it was not done yet, that one's."""
    run = db.session.get_one(Run, run_id)
    kind, limit, seed, workers = run.kind, run.time_limit, run.seed, run.workers
    data = file_of(run, "in")
    if data is None:
        data = _first_step(run, listener)
    db.session.rollback()
    listener.enter("")
    return solve_bytes(kind, data, listener.controlling(limit, seed, workers))


def _first_step(run: Run, listener: Listener) -> bytes:
    """The run's own input, made from another engine's answer. Stopping early does not hurry it: all waits for it."""
    step, run_id = first_steps[run.kind], run.id
    data = file_of(run, step.files[0]) or b""
    limit, seed, workers = run.time_limit, run.seed, run.workers
    db.session.rollback()
    listener.enter("first")
    control = Control(seconds=limit, seed=seed, workers=workers, stop=listener.stop, tell=listener.tell)
    body = solve_bytes(step.engine, data, control)
    return prepare(db.session.get_one(Run, run_id), body)


@jobs.on_giving_up("runs.solve")
def give_up(run_id: int) -> None:
    """Its worker died, or the engine broke, at every attempt: the page must not wait for ever."""
    run = db.session.get_one(Run, run_id)
    if run.state in {"queued", "running"}:
        fail(run, GAVE_UP)


def _end(run_id: int, problem: Exception) -> None:
    db.session.rollback()
    with jobs.finishing():
        run = db.session.get_one(Run, run_id)
        if isinstance(problem, Cancelled):
            mark_cancelled(run)
        else:
            fail(run, str(problem))


@job
def repeat(run_id: int) -> None:
    """Repeat a run from its stored input and compare, while a page watches or nobody does."""
    with current.set(actor=SYSTEM):
        listener = Listener(run_id, write_repetition)
        try:
            listener.enter("")
            verdict = verify(db.session.get_one(Run, run_id), listener.controlling)
        except Cancelled:
            return
        with jobs.finishing():
            note_verdict(db.session.get_one(Run, run_id), same=verdict.same, identical=verdict.identical,
                         reason=verdict.reason)  # fmt: skip
