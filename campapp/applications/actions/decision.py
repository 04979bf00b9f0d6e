"""The organiser's decisions: eligible, returned, whatever its kind of programme decides; undone; colleagues' marks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from campapp.applications.models import Application, Mark
from campapp.applications.rules import decides_application, helps_application
from campapp.applications.states import APPLICATION, DECIDED, of_kind
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.outbox import Letter, Sending, tell, withdraw
from campapp.core.states import NotAllowed
from campapp.pool import actions as pool
from campapp.pool.models import Project
from campapp.programmes.models import Programme
from campapp.teams.models import Team

TEMPLATES = {
    "eligible": "applications/eligible", "ineligible": "applications/ineligible", "returned": "applications/returned",
    "accepted": "applications/accepted", "waitlisted": "applications/waitlisted",
    "not accepted": "applications/not_accepted", "promoted": "applications/promoted",
    "not promoted": "applications/not_promoted",
}  # fmt: skip


@action("application_decided", rule=decides_application)
def decide(
    act: Act, application: Application, state: str, *, reason: str = "", sending: Sending | None = None,
    not_before: datetime | None = None, quiet: bool = False, seen: str = "",
) -> Application:  # fmt: skip
    """Move an application to eligible, ineligible, returned, or to what its kind of programme decides.

    The team is told at `not_before`, or with the sending when the organiser lets it go, or not at all (`quiet`: an
    import, whose teams know). What the decision was before is in the event, so that undo finds it. `seen`: the state
    in which who decides saw it.

    Raises:
        NotAllowed: somebody was faster, or this is no decision of such a programme.
    """
    before = application.state
    programme = db.session.get_one(Programme, application.programme_id)
    if (seen and before != seen) or not of_kind(programme.kind, state):
        raise NotAllowed("application", before, state)
    APPLICATION.move(application, state, at=act.at)
    application.decided_reason = reason
    act.because(reason)
    act.note(before=before, after=state)
    project = db.session.get_one(Project, application.project_id)
    act.about(programme, project)
    if state in DECIDED:
        pool.note(project, "result", state, application)
    if not quiet:
        team = db.session.get_one(Team, application.team_id)
        tell(team, TEMPLATES[state], application, not_before=not_before, sending=sending, reason=reason)
    return application


@action("decision_undone", rule=decides_application)
def undo_decision(act: Act, application: Application, before: str) -> None:
    """Take a decision back to the state before, while its news has not left.

    Raises:
        Refused: the team has been told; decide anew, with a reason.
    """
    template = TEMPLATES.get(application.state, "")
    if template and not withdraw(application, template):
        raise Refused(
            "decision_undone", str(_l("The team has been told already. Decide anew, with a reason."))
        )
    act.note(before=application.state, after=before)
    if application.state in DECIDED:
        pool.forget_note("result", application)
    APPLICATION.move(application, before, at=act.at)
    application.decided_reason = ""


def told(application: Application) -> bool:
    """Whether the news of the standing decision has left."""
    template = TEMPLATES.get(application.state, "")
    letter = select(Letter.id).where(
        Letter.kind == "application", Letter.subject_id == application.id, Letter.template == template,
        Letter.state == "expanded",
    )  # fmt: skip
    return db.session.scalars(letter.limit(1)).first() is not None


MARKS = {"take": 2, "maybe": 1, "no": -2, "": 0}
"""What each mark weighs in the order of the list."""


@action("application_marked", rule=helps_application)
def mark(act: Act, application: Application, value: str, note: str = "") -> Mark:
    """A colleague's own mark: take, maybe, no, or none, and a note."""
    account_id = act.by.account_id or 0
    row = db.session.scalars(
        select(Mark).where(Mark.application_id == application.id, Mark.account_id == account_id)
    ).one_or_none()
    if row is None:
        row = Mark(application_id=application.id, account_id=account_id)
        db.session.add(row)
    row.mark, row.note = value, note
    db.session.flush()
    _count_marks(application)
    return row


def _count_marks(application: Application) -> None:
    given = db.session.scalars(select(Mark.mark).where(Mark.application_id == application.id)).all()
    application.takes, application.maybes = given.count("take"), given.count("maybe")
    application.noes = given.count("no")
    application.mark_score = sum(MARKS[one] for one in given)
