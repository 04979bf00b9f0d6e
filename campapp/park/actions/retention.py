"""How long a programme keeps what is personal is set, and what was kept long enough goes."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select, update

from campapp.applications.models import Application, DraftField, Mark
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.events import forget_people
from campapp.core.language import gettext as _
from campapp.core.outbox import Delivery
from campapp.dues.models import Due
from campapp.matching.models import Call, Match, PrivateNote
from campapp.outcomes.models import MeetingReport
from campapp.park import retention
from campapp.park.traces import GONE
from campapp.pool.models import Snapshot
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages
from campapp.teams.models import Member
from campapp.threads.models import Post, Thread


@action("retention_set", rule=manages)
def set_retention(act: Act, programme: Programme, months: int) -> None:
    """So many months after its last day."""
    act.note(before=retention.months(programme), after=months)
    programme.options = {**programme.options, "keep_months": months}


@action("retention_applied", rule=manages)
def apply_retention(act: Act, programme: Programme) -> None:
    """Contacts, messages, notes, unsent drafts and personal values in the audit log go; results stay.

    Raises:
        Refused: it is not due yet.
    """
    if not retention.is_due(programme):
        raise Refused("apply_retention", _("It is kept until its day has come."))
    act.note(
        day=retention.today(programme).isoformat(),
        zone=programme.zone,
        **asdict(retention.preview(programme)),
    )
    entries = retention.entries(programme)
    matches = select(Match.id).where(Match.programme_id == programme.id)
    forget_people(retention.told(programme), name="")
    _empty(Member, retention.members(programme), mail="", phone="", title="")
    _empty(Mark, Mark.application_id.in_(entries), note="")
    _empty(PrivateNote, PrivateNote.match_id.in_(matches), text="")
    _empty(MeetingReport, retention.reports(programme), private_note="")
    _empty(
        Post,
        Post.thread_id.in_(retention.threads(programme)),
        name="",
        text="",
        search_text="",
        search_terms=[],
    )
    _empty(Thread, Thread.programme_id == programme.id, opening=GONE)
    _empty(Due, Due.programme_id == programme.id, name="", answer=None)
    _empty(Call, Call.programme_id == programme.id, said="")
    _empty(DraftField, DraftField.application_id.in_(entries), name="")
    for application in db.session.scalars(select(Application).where(*retention.unsent(programme))):
        application.summary, application.answers = "", {}
    _forget_identities(programme)
    for delivery in db.session.scalars(select(Delivery).where(retention.sent(programme))):
        delivery.recipient, delivery.name = f"erased:{delivery.id}", ""
        delivery.title, delivery.text, delivery.url, delivery.variables = "", "", "", {}
    programme.options = {**programme.options, "kept_until": retention.today(programme).isoformat()}


def _forget_identities(programme: Programme) -> None:
    """Identity numbers go from the answers and from the submitted versions; their hashes tell what those were."""
    for row, kept in retention.identities(programme):
        if isinstance(row, Snapshot):
            row.document = {**row.document, "answers": kept, "erased": True}
        else:
            row.answers = kept


def _empty(model: type, condition: object, **values: object) -> None:
    db.session.execute(
        update(model).where(condition).values(**values).execution_options(synchronize_session=False)  # type: ignore[arg-type]
    )


def due() -> list[Programme]:
    """Programmes whose day has come and that still hold something personal."""
    rows = db.session.scalars(select(Programme).order_by(Programme.id))
    return [one for one in rows if not retention.applied(one) and retention.is_due(one)]
