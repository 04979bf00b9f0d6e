"""The worker's side of a run: freeze, solve, store, in one place for every kind."""

from __future__ import annotations

import time
from typing import Any

from campapp.core import jobs
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.jobs import job
from campapp.engines.frame.control import Control
from campapp.engines.frame.errors import BadInput, Cancelled
from campapp.engines.solving import solve_bytes
from campapp.runs.actions import begin, fail, file_of, mark_cancelled, store_result, write_progress
from campapp.runs.models import Run


class Listener:
    """Beats the job's lease, writes progress once a second, and hears whether the page wants it stopped."""

    def __init__(self, run_id: int) -> None:
        self.run_id = run_id
        self.wanted = ""
        self.looked = time.monotonic()
        self.control: Control | None = None

    def tell(self, told: dict[str, object]) -> None:
        """The engine's words, once a second at most."""
        self._look(dict(told))

    def stop(self) -> bool:
        """Whether the engine must let go."""
        if time.monotonic() - self.looked > 1.0:
            self._look({})
        return self.wanted == "cancel"

    def _look(self, told: dict[str, Any]) -> None:
        self.looked = time.monotonic()
        self.wanted = write_progress(self.run_id, told) if told else _wanted(self.run_id)
        if self.wanted == "keep" and self.control is not None:
            self.control.end_now()
        if not jobs.beat():
            self.wanted = "cancel"


def _wanted(run_id: int) -> str:
    wanted = db.session.get_one(Run, run_id, populate_existing=True).stop_wanted
    db.session.rollback()
    return wanted


@job
def solve(run_id: int) -> None:
    """Solve a run from its frozen input. The engine's answer and the job's end are one transaction."""
    with current.set(actor=SYSTEM):
        run = db.session.get_one(Run, run_id)
        if run.state not in {"queued", "running"}:
            return
        begin(run)
        data, limit, seed, workers = file_of(run, "in") or b"", run.time_limit, run.seed, run.workers
        kind = run.kind
        db.session.rollback()
        listener = Listener(run_id)
        control = Control(seconds=limit, seed=seed, workers=workers, stop=listener.stop, tell=listener.tell)
        listener.control = control
        try:
            body = solve_bytes(kind, data, control)
        except (BadInput, Cancelled) as problem:
            _give_up(run_id, problem)
            return
        with jobs.finishing():
            store_result(db.session.get_one(Run, run_id), body)


def _give_up(run_id: int, problem: Exception) -> None:
    with jobs.finishing():
        run = db.session.get_one(Run, run_id)
        if isinstance(problem, Cancelled):
            mark_cancelled(run)
        else:
            fail(run, str(problem))
