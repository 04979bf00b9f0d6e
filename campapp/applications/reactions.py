"""What applications do when lower rooms' things happen."""

from __future__ import annotations

from sqlalchemy import select

from campapp.applications.actions.submission import withdraw
from campapp.applications.checking import last_result
from campapp.applications.models import Application, EntryFile
from campapp.applications.states import APPLICATION
from campapp.core.access import Refused
from campapp.core.db import db
from campapp.core.events import Act
from campapp.core.form.asked import all_fields
from campapp.core.form.kinds import GIVEN
from campapp.core.form.schema import READERS
from campapp.core.language import gettext as _
from campapp.core.outbox import UNDO, tell
from campapp.programmes.models import Programme
from campapp.teams.models import Team


def follow_form(act: Act) -> None:
    """A form is put to use: files given already are seen as their fields say now."""
    if not isinstance(act.row, Programme):
        return  # a follow-up's
    fields = {f["key"]: f for f in all_fields(act.result.document) if f["kind"] in GIVEN}
    rows = db.session.scalars(
        select(EntryFile)
        .join(Application, Application.id == EntryFile.application_id)
        .where(Application.programme_id == act.row.id, EntryFile.key.in_(fields))
        .order_by(EntryFile.id)
    )
    for row in rows:
        row.confidential = bool(fields[row.key].get("confidential"))
        row.for_companies = "companies" in fields[row.key].get("seen_by", READERS)


def undo_check(act: Act) -> None:
    """A decision is undone: the check that led to it is open again."""
    application = act.row
    application.respond_by = None
    result = last_result(application.id)
    if result is not None and result.verdict == act.event.details.get("before"):
        result.undone_at = act.at


def close_drafts(act: Act) -> None:
    """Somebody left a team, and nobody is in it any more: its drafts go with it.

    Raises:
        Refused: an entry of it is in; whoever is last withdraws that first.
    """
    team = db.session.get_one(Team, act.row.team_id)
    if team.dissolved_at is None:
        return
    entries = select(Application).where(Application.team_id == team.id).order_by(Application.id)
    for entry in db.session.scalars(entries):
        if entry.state == "draft":
            withdraw(entry, "nobody is left in the team")
        elif APPLICATION.allows(entry.state, "withdrawn"):
            raise Refused("member_left", _("Your team's entry is in. Withdraw it first; then you can leave."))


def tell_new_deadline(act: Act) -> None:
    """The deadline lies elsewhere, still to come: each team that may submit or change its entry is told once."""
    programme = act.row
    if programme.state != "published" or programme.deadline is None or programme.is_late(act.at):
        return
    rows = db.session.execute(
        select(Application, Team)
        .join(Team, Team.id == Application.team_id)
        .where(
            Application.programme_id == programme.id,
            Application.state.in_(("draft", "submitted", "returned")),
        )
        .order_by(Application.id)
    )
    for application, team in rows:
        tell(team, "applications/deadline_moved", application, not_before=act.at + UNDO)
