"""How long a programme keeps what is personal, and what goes then: counted before anything is touched."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Text, and_, cast, func, not_, or_, select

from campapp.applications.models import Application, DraftField, Mark, Submission
from campapp.core import clock
from campapp.core.db import db
from campapp.core.events import EventPerson, EventSubject
from campapp.core.form import kinds
from campapp.core.form.asked import all_fields
from campapp.core.outbox import Delivery, Letter, Sending
from campapp.dues.models import Due
from campapp.matching.models import Call, Match, PrivateNote
from campapp.outcomes.models import MeetingReport
from campapp.pool.models import Snapshot
from campapp.programmes.models import EntryForm, Programme
from campapp.scheduling.models import Meeting
from campapp.teams.models import Member
from campapp.threads.models import Post, Thread

Row = tuple[Any, dict[str, Any]]
"""A row, and what its answers become."""
EMPTY = len("{}")
"""Of an empty document, written down."""
USUAL = 24
"""Months after its last day, unless the programme says otherwise."""


def months(programme: Programme) -> int:
    """How many months after its last day a programme keeps what is personal."""
    return int(programme.options.get("keep_months") or USUAL)


def today(programme: Programme) -> date:
    """The day that it is where the programme is."""
    return clock.today(programme.zone)


def ends_at(programme: Programme) -> datetime:
    """The moment at which that day begins where the programme is."""
    return datetime.combine(due_on(programme), time(), ZoneInfo(programme.zone))


def is_due(programme: Programme) -> bool:
    """Whether its day has come."""
    return due_on(programme) <= today(programme)


def due_on(programme: Programme) -> date:
    """The first day on which it is no longer kept."""
    count = programme.last_day.year * 12 + programme.last_day.month - 1 + months(programme)
    year, month = divmod(count, 12)
    return date(year, month + 1, min(programme.last_day.day, monthrange(year, month + 1)[1]))


def applied(programme: Programme) -> str:
    """When it was erased, as a day; empty: it still stands."""
    return str(programme.options.get("kept_until") or "")


def entries(programme: Programme) -> Any:
    """The ids of its applications."""
    return select(Application.id).where(Application.programme_id == programme.id)


def _others_that_keep(programme: Programme) -> list[int]:
    """The other programmes that keep theirs for longer than this one; each by the clocks where it is."""
    ends = max(ends_at(programme), clock.now())
    others = db.session.scalars(select(Programme).where(Programme.id != programme.id))
    return [one.id for one in others if ends_at(one) > ends]


def people(programme: Programme) -> ColumnElement[bool]:
    """Members of its teams, those apart whose team is in another programme that still keeps theirs."""
    here = select(Application.team_id).where(Application.programme_id == programme.id)
    elsewhere = select(Application.team_id).where(Application.programme_id.in_(_others_that_keep(programme)))
    return and_(Member.team_id.in_(here), not_(Member.team_id.in_(elsewhere)))


def members(programme: Programme) -> ColumnElement[bool]:
    """Those of them of whom something is said."""
    return and_(people(programme), or_(Member.mail != "", Member.phone != "", Member.title != ""))


def letters(programme: Programme) -> Any:
    """The ids of letters about its applications and matches, and of its sendings."""
    sent = select(Sending.id).where(Sending.kind == "programme", Sending.subject_id == programme.id)
    matches = select(Match.id).where(Match.programme_id == programme.id)
    return select(Letter.id).where(
        or_(
            and_(Letter.kind == "application", Letter.subject_id.in_(entries(programme))),
            and_(Letter.kind == "match", Letter.subject_id.in_(matches)),
            and_(Letter.kind == "programme", Letter.subject_id == programme.id),
            Letter.sending_id.in_(sent),
        )
    )


def threads(programme: Programme) -> Any:
    """The ids of its threads."""
    return select(Thread.id).where(Thread.programme_id == programme.id)


def reports(programme: Programme) -> ColumnElement[bool]:
    """What its companies and teams reported of their meetings."""
    held = select(Meeting.id).where(Meeting.programme_id == programme.id)
    return MeetingReport.meeting_id.in_(held)


def events(programme: Programme) -> Any:
    """The ids of events about its applications and matches, and about the people whose contacts go."""
    matches = select(Match.id).where(Match.programme_id == programme.id)
    return select(EventSubject.event_id).where(
        or_(
            and_(EventSubject.kind == "application", EventSubject.subject_id.in_(entries(programme))),
            and_(EventSubject.kind == "match", EventSubject.subject_id.in_(matches)),
            and_(
                EventSubject.kind == "member",
                EventSubject.subject_id.in_(select(Member.id).where(people(programme))),
            ),
        )
    )


def told(programme: Programme) -> ColumnElement[bool]:
    """Names and values in the audit log that are still there."""
    said = or_(EventPerson.name != "", func.length(cast(EventPerson.values, Text)) > EMPTY)
    return and_(EventPerson.event_id.in_(events(programme)), said)


def identities(programme: Programme) -> list[Row]:
    """Its entries and their submitted versions that hold identity numbers, each with its answers without them."""
    forms = db.session.scalars(select(EntryForm).where(EntryForm.programme_id == programme.id))
    fields = [field for form in forms for field in all_fields(form.document) if kinds.asks_identity(field)]
    if not fields:
        return []
    rows: list[tuple[Any, dict[str, Any]]] = [
        (row, row.answers)
        for row in db.session.scalars(select(Application).where(Application.programme_id == programme.id))
    ]
    versions = (
        select(Snapshot)
        .join(Submission, Submission.snapshot_id == Snapshot.id)
        .where(Submission.application_id.in_(entries(programme)))
    )
    rows += [(row, row.document.get("answers", {})) for row in db.session.scalars(versions)]
    found = [(row, answers, _without(answers, fields)) for row, answers in rows]
    return [(row, kept) for row, answers, kept in found if kept != answers]


def _without(answers: dict[str, Any], fields: list[dict[str, Any]]) -> dict[str, Any]:
    """The answers without what these fields ask, of tables without the columns that ask for it."""
    found = dict(answers)
    for field in fields:
        private, rows = kinds.identity_columns(field), found.get(field["key"])
        if not private:
            found.pop(field["key"], None)
        elif isinstance(rows, list):
            found[field["key"]] = [{k: v for k, v in row.items() if k not in private} for row in rows]
    return found


@dataclass(frozen=True)
class Preview:
    """How many rows would lose what is personal in them."""

    contacts: int
    messages: int
    notes: int
    drafts: int
    changes: int
    handed_in: int
    """Answers to follow-ups: who comes, names for badges."""
    identities: int
    """Entries and versions with identity numbers."""

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return any(asdict(self).values())


def preview(programme: Programme) -> Preview:
    """Count it."""
    matches = select(Match.id).where(Match.programme_id == programme.id)
    return Preview(
        contacts=_count(Member, members(programme)),
        messages=_count(Delivery, sent(programme))
        + _count(Post, Post.thread_id.in_(threads(programme)), Post.text != ""),
        notes=_count(Mark, Mark.application_id.in_(entries(programme)), Mark.note != "")
        + _count(PrivateNote, PrivateNote.match_id.in_(matches), PrivateNote.text != "")
        + _count(Call, Call.programme_id == programme.id, Call.said != "")
        + _count(MeetingReport, reports(programme), MeetingReport.private_note != ""),
        drafts=_count(Application, *unsent(programme))
        + _count(DraftField, DraftField.application_id.in_(entries(programme)), DraftField.name != ""),
        handed_in=_count(Due, Due.programme_id == programme.id, or_(Due.answer.is_not(None), Due.name != "")),
        changes=_count(EventPerson, told(programme)),
        identities=len(identities(programme)),
    )


def unsent(programme: Programme) -> tuple[ColumnElement[bool], ...]:
    """Drafts that were never submitted, withdrawn ones too, and still say something."""
    says = or_(Application.summary != "", func.length(cast(Application.answers, Text)) > EMPTY)
    return (
        Application.programme_id == programme.id, Application.submission_id.is_(None),
        Application.state.in_(("draft", "withdrawn")), says,
    )  # fmt: skip


def sent(programme: Programme) -> ColumnElement[bool]:
    """Messages that still say to whom, or what."""
    says = or_(Delivery.name != "", Delivery.text != "", Delivery.title != "")
    return and_(Delivery.letter_id.in_(letters(programme)), says)


def _count(model: Any, *conditions: Any) -> int:
    return int(db.session.scalar(select(func.count(model.id)).where(*conditions)) or 0)
