"""What happened, one row each: audit, timeline, notifications and "what changed for you" all read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    String,
    Text,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from campapp.core.current import Actor, current
from campapp.core.db import Base, db

Reaction = Callable[["Act"], None]
SECRET = {"secret": True}
ERASED = ("", "—")
"""What stands where a name was erased."""


class Event(Base):
    """One business action: who, in which role, what, on what, why. Never changed, never deleted."""

    __tablename__ = "events"

    name: Mapped[str] = mapped_column(String(80), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(String(40))
    acting_for: Mapped[str] = mapped_column(String(80), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    request_id: Mapped[str] = mapped_column(String(40), default="")
    batch: Mapped[str] = mapped_column(String(40), default="", index=True)
    caused_by: Mapped[int | None] = mapped_column(ForeignKey("events.id"), default=None, index=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """What is not personal: counts, states before and after, keys."""
    block: Mapped[int | None] = mapped_column(default=None, index=True)
    """The number of the sealed block, written by the sealer."""


class EventSubject(Base):
    """What an event is about, as (kind, id) without a foreign key: core knows no room."""

    __tablename__ = "event_subjects"
    __table_args__ = (Index("ix_event_subjects_kind_subject", "kind", "subject_id", "event_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]


class EventPerson(Base):
    """The personal values of an event, apart, so that erasure empties them and the chain stays whole."""

    __tablename__ = "event_persons"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    name_salt: Mapped[bytes | None] = mapped_column(LargeBinary(16), default=None, info=SECRET)
    name_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), default=None, info=SECRET)
    """As it was sealed; it stays when the name and its salt are erased."""
    values_salt: Mapped[bytes | None] = mapped_column(LargeBinary(16), default=None, info=SECRET)
    values_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), default=None, info=SECRET)


def forget_people(which: ColumnElement[bool], *, name: str | None = None) -> None:
    """Inside an action: empty what is personal in these; `name`: what stands instead of the name, where it goes too.

    The salts go with the values: without them nobody finds by trying whose hash it was.
    """
    gone: dict[str, Any] = {"values": {}, "values_salt": None}
    if name is not None:
        gone |= {"name": name, "name_salt": None}
    rows = update(EventPerson).where(which).values(**gone)
    db.session.execute(rows.execution_options(synchronize_session=False))


class Stale(Exception):
    """Somebody was faster: the row is another version now. The page shows both."""

    def __init__(self, row: Any, expected: int) -> None:
        super().__init__(f"{kind_of(row)} {row.id}: version {row.version}, not {expected}")
        self.row, self.expected = row, expected


@dataclass
class Act:
    """An event while it happens: what reactions and the action itself read and add to."""

    name: str
    row: Any
    by: Actor
    at: datetime
    event: Event
    subjects: list[tuple[str, int]] = field(default_factory=list)
    personal: dict[str, Any] = field(default_factory=dict)
    result: Any = None

    def about(self, *rows: Any) -> None:
        """Name further subjects, so that the event stands in their timelines too."""
        for row in rows:
            pair = (kind_of(row), int(row.id))
            if pair not in self.subjects:
                self.subjects.append(pair)

    def note(self, **details: Any) -> None:
        """Keep non-personal details with the event."""
        self.event.details = {**self.event.details, **details}

    def event_id(self) -> int:
        """The event's id, written early where something inside must refer to it."""
        if self.event.id is None:
            db.session.add(self.event)
            db.session.flush()
        return self.event.id

    def expect(self, version: int | None) -> None:
        """Refuse with Stale when the row changed since the form was shown (None: nothing to compare)."""
        if version is not None and self.row.version != version:
            raise Stale(self.row, version)

    def because(self, reason: str) -> None:
        """Keep the reason that somebody typed."""
        self.event.reason = reason


@dataclass
class Transaction:
    """The running write: its batch, and the events that are open in it."""

    batch: str = ""
    open: list[Act] = field(default_factory=list)


running: ContextVar[Transaction | None] = ContextVar("transaction", default=None)


def act_now() -> Act:
    """The event of the innermost action now running."""
    transaction = running.get()
    if transaction is None or not transaction.open:
        raise RuntimeError("no action is running")
    return transaction.open[-1]


reactions: dict[str, Sequence[Reaction]] = {}
"""Filled by `campapp.wiring` at start: event name → the functions that answer it, in floor order."""


def kind_of(row: Any) -> str:
    """The name under which events and messages speak of such a row: its class's, unless that says otherwise."""
    said = getattr(type(row), "spoken_kind", None)  # not `kind`, which is a column of some tables
    return str(said or type(row).__name__.lower())


def begin(name: str, row: Any, by: Actor, at: datetime, outer: Transaction) -> Act:
    """A new event, not yet on disk; its cause is the action that runs around it."""
    event = Event(
        name=name,
        at=at,
        account_id=by.account_id,
        role=by.membership.role,
        acting_for=f"{by.acting_for.kind}:{by.acting_for.id}" if by.acting_for else "",
        request_id=current.request_id,
        batch=outer.batch,
    )
    if outer.open:
        event.caused_by = outer.open[-1].event_id()
    return Act(name=name, row=row, by=by, at=at, event=event)


def record(act: Act) -> None:
    """Write the event, its subjects and, apart, its personal values."""
    db.session.add(act.event)
    db.session.flush()
    event_id = act.event.id
    for kind, subject_id in act.subjects:
        db.session.add(EventSubject(event_id=event_id, kind=kind, subject_id=subject_id))
    db.session.add(EventPerson(event_id=event_id, name=act.by.name, values=act.personal))


def react(act: Act) -> None:
    """Run what `wiring` says answers this event, in the same transaction."""
    for reaction in reactions.get(act.name, ()):
        reaction(act)


def changes(row: Any) -> dict[str, list[Any]]:
    """Attribute → [before, after] of what is changed on a row and not yet flushed; secrets and long text left out."""
    found: dict[str, list[Any]] = {}
    state = inspect(row)
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if column.columns[0].info.get("secret") or not history.has_changes():
            continue
        before = history.deleted[0] if history.deleted else None
        found[column.key] = [_plain(before), _plain(history.added[0] if history.added else None)]
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int | float | type(None)):
        return value
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 200 else f"{text[:197]}…"


def timeline(kind: str, subject_id: int, session: Session | None = None) -> Select[Event]:
    """The events that name a subject, newest first."""
    about = (EventSubject.kind == kind, EventSubject.subject_id == subject_id)
    # By the subject's own events, few; a condition on all events would be asked of each, newest first.
    named = select(Event).join(EventSubject, EventSubject.event_id == Event.id).where(*about)
    return named.order_by(Event.at.desc(), Event.id.desc())
