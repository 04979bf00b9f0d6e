"""How long a programme keeps what is personal, and what goes then: counted before anything is touched."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from campapp.applications.models import Application, DraftField, Mark
from campapp.core.db import db
from campapp.core.events import EventPerson, EventSubject
from campapp.core.outbox import Delivery, Letter, Sending
from campapp.dues.models import Due
from campapp.matching.models import Call, Match, PrivateNote
from campapp.programmes.models import Programme
from campapp.teams.models import Member
from campapp.threads.models import Post, Thread

USUAL = 24
"""Months after its last day, unless the programme says otherwise."""


def months(programme: Programme) -> int:
    """How many months after its last day a programme keeps what is personal."""
    return int(programme.options.get("keep_months") or USUAL)


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


def members(programme: Programme) -> ColumnElement[bool]:
    """Contacts of people whose teams are in no other programme that still keeps theirs."""
    here = select(Application.team_id).where(Application.programme_id == programme.id)
    elsewhere = (
        select(Application.team_id)
        .join(Programme, Programme.id == Application.programme_id)
        .where(Programme.id != programme.id, Programme.last_day >= programme.last_day)
    )
    said = or_(Member.mail != "", Member.phone != "", Member.title != "")
    return and_(Member.team_id.in_(here), not_(Member.team_id.in_(elsewhere)), said)


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


def events(programme: Programme) -> Any:
    """The ids of events about its applications."""
    return select(EventSubject.event_id).where(
        EventSubject.kind == "application", EventSubject.subject_id.in_(entries(programme))
    )


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

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(
            self.contacts or self.messages or self.notes or self.drafts or self.changes or self.handed_in
        )


def preview(programme: Programme) -> Preview:
    """Count it."""
    matches = select(Match.id).where(Match.programme_id == programme.id)
    return Preview(
        contacts=_count(Member, members(programme)),
        messages=_count(Delivery, Delivery.letter_id.in_(letters(programme)), Delivery.name != "")
        + _count(Post, Post.thread_id.in_(threads(programme)), Post.text != ""),
        notes=_count(Mark, Mark.application_id.in_(entries(programme)), Mark.note != "")
        + _count(PrivateNote, PrivateNote.match_id.in_(matches), PrivateNote.text != "")
        + _count(Call, Call.programme_id == programme.id, Call.said != ""),
        drafts=_count(Application, *unsent(programme))
        + _count(DraftField, DraftField.application_id.in_(entries(programme)), DraftField.name != ""),
        handed_in=_count(Due, Due.programme_id == programme.id, Due.answer.is_not(None)),
        changes=_count(EventPerson, EventPerson.event_id.in_(events(programme)), EventPerson.name != ""),
    )


def unsent(programme: Programme) -> tuple[ColumnElement[bool], ...]:
    """Drafts that were never submitted and still say something."""
    return (
        Application.programme_id == programme.id, Application.submission_id.is_(None), Application.state == "draft",
        Application.summary != "",
    )  # fmt: skip


def _count(model: Any, *conditions: Any) -> int:
    return int(db.session.scalar(select(func.count(model.id)).where(*conditions)) or 0)
