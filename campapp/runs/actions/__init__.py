"""What happens to runs: pressed, begun, progressed, stored, stopped; a kind registers what follows its result."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from campapp.core.access import Rule
from campapp.core.action import Act, action, transaction
from campapp.core.db import db
from campapp.core.jobs import cancel, enqueue
from campapp.core.states import NotAllowed
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages, manages_row
from campapp.runs.models import Run, RunFile
from campapp.runs.states import RUN

manages_run: Rule = manages_row(Run)
Complete = Callable[[dict[str, Any], dict[str, Any]], tuple[dict[str, Any], dict[str, Any]]]
"""(draft, the first engine's answer) → the run's input, and what its parameters gain."""


@dataclass(frozen=True)
class FirstStep:
    """What a run does before its own engine."""

    engine: str
    complete: Complete

    @property
    def files(self) -> tuple[str, str]:
        """Under which names its input and output are kept."""
        return f"{self.engine}-in", f"{self.engine}-out"


summaries: dict[str, Callable[[Run, dict[str, Any]], dict[str, Any]]] = {}
"""kind → what a page and the command line say of a result in numbers; each room registers its own."""
first_steps: dict[str, FirstStep] = {}
"""kind → the engine whose answer its input waits for; each room registers its own."""
TIME_LIMIT = 60.0


def begins_with(kind: str, engine: str, complete: Complete) -> None:
    """Register that a kind's input is made from a frozen draft and another engine's answer, in the job."""
    first_steps[kind] = FirstStep(engine, complete)


def summary_of(kind: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register how a kind's output is summed up."""

    def register(function: Callable[[Run, dict[str, Any]], dict[str, Any]]) -> Callable[..., Any]:
        summaries[kind] = function
        return function

    return register


def encoded(document: dict[str, Any]) -> bytes:
    """A contract's file: UTF-8, no escapes."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


@action("run_started", rule=manages)
def start_run(
    act: Act, programme: Programme, kind: str, document: dict[str, Any], *, objective: str = "",
    parameters: dict[str, Any] | None = None, time_limit: float | None = TIME_LIMIT, seed: int = 0, workers: int = 2,
    draft: dict[str, Any] | None = None,
) -> Run:  # fmt: skip
    """Freeze the input as it is at the press of the button, and queue the work.

    With a `draft` the document is that of the kind's first step, and the run's own input follows in the job.
    """
    run = Run(
        kind=kind, programme_id=programme.id, state="queued", objective=objective, seed=seed, workers=workers,
        time_limit=time_limit, parameters=parameters or {}, account_id=act.by.account_id,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    keep_file(run, "in" if draft is None else first_steps[kind].files[0], encoded(document))
    if draft is not None:
        keep_file(run, "draft", encoded(draft))
    run.job_id = enqueue("runs.solve", run.id).id
    return run


def keep_file(run: Run, name: str, body: bytes) -> RunFile:
    """Store one of a run's two files, byte for byte, in the running action."""
    digest = hashlib.sha256(body).hexdigest()
    row = RunFile(run_id=run.id, name=name, sha256=digest, size=len(body), body=gzip.compress(body, mtime=0))
    db.session.add(row)
    return row


def file_of(run: Run, name: str) -> bytes | None:
    """The input (`in`) or output (`out`) of a run."""
    row = db.session.scalars(
        select(RunFile).where(RunFile.run_id == run.id, RunFile.name == name)
    ).one_or_none()
    return gzip.decompress(row.body) if row else None


@action("run_begun", rule=manages_run)
def begin(act: Act, run: Run) -> None:
    """A worker has taken it."""
    if run.state == "queued":
        RUN.move(run, "running", at=act.at)
    run.started_at = act.at


@action("run_prepared", rule=manages_run)
def prepare(act: Act, run: Run, body: bytes) -> bytes:
    """Keep the first step's answer and make the run's own input from it: that input."""
    step = first_steps[run.kind]
    draft = json.loads(file_of(run, "draft") or b"{}")
    document, gained = step.complete(draft, json.loads(body))
    data = encoded(document)
    keep_file(run, step.files[1], body)
    keep_file(run, "in", data)
    run.parameters = {**run.parameters, **gained}
    return data


@action("run_finished", rule=manages_run)
def store_result(act: Act, run: Run, body: bytes) -> None:
    """Keep the engine's output; the run is solved, or infeasible."""
    answer = json.loads(body)
    keep_file(run, "out", body)
    run.status, run.finished_at = answer["status"], act.at
    if isinstance(answer.get("objective"), int | float):
        run.value = float(answer["objective"])
    if isinstance(answer.get("bound"), int | float):
        run.bound = float(answer["bound"])
    if run.kind in summaries:
        run.summary = summaries[run.kind](run, answer)
    RUN.move(run, "infeasible" if answer["status"] == "infeasible" else "solved", at=act.at)
    act.note(status=run.status)


@action("run_failed", rule=manages_run)
def fail(act: Act, run: Run, reason: str) -> None:
    """The engine refused its input, or broke."""
    run.error, run.finished_at = reason[:2000], act.at
    RUN.move(run, "failed", at=act.at)


@action("run_stopped", rule=manages_run)
def stop(act: Act, run: Run, how: str) -> None:
    """`keep`: stop and keep the best found so far. `cancel`: nobody wants the answer any more."""
    run.stop_wanted = how
    if run.state == "queued" and how == "cancel":
        RUN.move(run, "cancelled", at=act.at)
        if run.job_id is not None:
            cancel(run.job_id)


@action("run_cancelled", rule=manages_run)
def mark_cancelled(act: Act, run: Run) -> None:
    """The worker let go of it."""
    run.finished_at = act.at
    RUN.move(run, "cancelled", at=act.at)


def check_choosable(run: Run, kind: str) -> None:
    """Inside the action that makes a result the programme's.

    Raises:
        NotAllowed: it is another kind's run, or has found nothing.
    """
    if run.kind != kind or run.state != "solved":
        raise NotAllowed(f"{run.kind} run", run.state, "chosen")


def write_progress(run_id: int, told: dict[str, Any]) -> str:
    """What the engine told, for the page that polls: no event. Answers what the page wants of the run."""
    with transaction():
        run = db.session.get_one(Run, run_id, populate_existing=True)
        run.progress = {**told, "beat": int(run.progress.get("beat", 0)) + 1}
        return run.stop_wanted
