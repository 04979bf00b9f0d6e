"""A run is repeated from its files in the background: asked for, watched, let go of, and what came of it."""

from __future__ import annotations

from typing import Any

from campapp.core.access import Refused, Rule
from campapp.core.action import Act, action, transaction
from campapp.core.db import db
from campapp.core.jobs import Job, cancel, enqueue
from campapp.core.language import gettext as _
from campapp.programmes.rules import reads_row
from campapp.runs.models import Run

reads_run: Rule = reads_row(Run)
UNDER_WAY = ("queued", "running")


@action("run_verification_asked", rule=reads_run)
def ask_verification(act: Act, run: Run) -> None:
    """Queue a repetition; one that is under way is that one."""
    if run.state not in {"solved", "infeasible"}:
        raise Refused("run_verification_asked", _("A run without a result cannot be repeated."))
    if run.verification.get("state") in UNDER_WAY and _works(run):
        return
    run.verification = {"state": "queued", "beat": 0, "job": enqueue("runs.repeat", run.id).id}


def _works(run: Run) -> bool:
    """Whether its job is still to come or under way: one that broke may be asked for again."""
    job = db.session.get(Job, int(run.verification.get("job", 0)))
    return job is not None and job.state in UNDER_WAY


@action("run_verification_dropped", rule=reads_run)
def drop_verification(act: Act, run: Run) -> None:
    """Nobody wants to know any more."""
    if run.verification.get("state") in UNDER_WAY:
        cancel(int(run.verification["job"]))
        run.verification = {"state": "cancelled", "beat": 0}


@action("run_verified", rule=reads_run)
def note_verdict(act: Act, run: Run, *, same: bool, identical: bool, reason: str) -> None:
    """What the repetition came to."""
    verdict = {"same": same, "identical": identical, "reason": reason}
    run.verification = {"state": "done", "beat": 0, "at": act.at.isoformat(), **verdict}
    act.note(**verdict)


def write_repetition(run_id: int, told: dict[str, Any]) -> str:
    """What the engine told, for the page that polls: no event. Answers `cancel` where nobody wants it any more."""
    with transaction():
        run = db.session.get_one(Run, run_id, populate_existing=True)
        if run.verification.get("state") not in UNDER_WAY:
            return "cancel"
        beat = int(run.verification.get("beat", 0)) + 1
        run.verification = {**run.verification, "state": "running", "beat": beat, "told": told}
        return ""
