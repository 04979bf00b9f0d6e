"""Reads of the audit log."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from campapp.core import timeline
from campapp.core.access import visible
from campapp.core.db import db
from campapp.core.events import Event, EventPerson, EventSubject

PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One event with its people and subjects."""

    event: Event
    what: str
    who: str
    subjects: tuple[str, ...]
    changes: dict[str, Any]


def audit(*, name: str = "", person: str = "", about: str = "", before: int | None = None) -> list[Entry]:
    """A page of the log in four statements, newest first."""
    statement = visible(Event)
    if name:
        statement = statement.where(Event.name == name)
    if person:
        pattern = f"%{person.replace('%', '')}%"
        statement = statement.where(
            Event.id.in_(select(EventPerson.event_id).where(EventPerson.name.ilike(pattern)))
        )
    kind, _, key = about.partition(":")
    if key.isdecimal() and len(key) < 16:
        named = select(EventSubject.event_id)
        statement = statement.where(
            Event.id.in_(named.where(EventSubject.kind == kind, EventSubject.subject_id == int(key)))
        )
    if before:
        statement = statement.where(Event.id < before)
    return _entries(list(db.session.scalars(statement.order_by(Event.id.desc()).limit(PAGE))))


def _entries(events: list[Event]) -> list[Entry]:
    ids = [event.id for event in events]
    people = {
        p.event_id: p for p in db.session.scalars(select(EventPerson).where(EventPerson.event_id.in_(ids)))
    }
    subjects: dict[int, list[str]] = defaultdict(list)
    for one in db.session.scalars(
        select(EventSubject).where(EventSubject.event_id.in_(ids)).order_by(EventSubject.id)
    ):
        subjects[one.event_id].append(f"{one.kind}:{one.subject_id}")
    return [
        Entry(
            event, timeline.what(event), people[event.id].name if event.id in people else "",
            tuple(subjects[event.id]), people[event.id].values.get("changes", {}) if event.id in people else {},
        )
        for event in events
    ]  # fmt: skip


def event_names() -> list[tuple[str, str]]:
    """The acts that can be filtered by: name, and words."""
    return sorted(((name, str(words)) for name, words in timeline.words.items()), key=lambda pair: pair[1])
