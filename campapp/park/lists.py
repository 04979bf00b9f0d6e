"""The audit log, as a list: every act in the park, newest first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, select

from campapp.core import timeline
from campapp.core.db import db
from campapp.core.events import Event, EventPerson, EventSubject
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import lazy_pgettext
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, DateRange, Filter, Flag, Option
from campapp.core.list.terms import Terms
from campapp.core.text.language import Unreadable

BATCH = 500
ROLES = {
    "administrator": _l("Park administrator"), "organiser": _l("Programme organiser"),
    "representative": _l("Company representative"), "member": _l("Team member"), "fund officer": _l("Fund officer"),
    "account": lazy_pgettext("role", "in no role"), "visitor": lazy_pgettext("role", "not signed in"),
    "system": lazy_pgettext("role", "by itself"),
}  # fmt: skip
"""In which role somebody acted."""
SUBJECT = re.compile(r"([a-z_]{1,40}):(\d{1,9})")


def role_words(role: str) -> str:
    """A role as it is read."""
    return str(ROLES.get(role, role))


def _about(kind: str, key: str) -> ColumnElement[bool]:
    named = select(EventSubject.event_id)
    return Event.id.in_(named.where(EventSubject.kind == kind, EventSubject.subject_id == int(key)))


class Named(Terms):
    """Acts of whoever has this in the name; `application:12` finds those about that row."""

    def condition(self, listing: Any, value: str) -> ColumnElement[bool]:
        """Which acts remain."""
        if found := SUBJECT.fullmatch(value):
            return _about(found[1], found[2])
        named = select(EventPerson.event_id).where(EventPerson.name.icontains(value, autoescape=True))
        return Event.id.in_(named)


@dataclass(frozen=True)
class About(Filter):
    """Acts about one row, by kind and id: `about=application:12`."""

    def read(self, listing: Any, args: Mapping[str, Sequence[str]]) -> str | None:
        typed = next(iter(args.get(self.key, ())), "").strip()
        if typed and not SUBJECT.fullmatch(typed):
            raise Unreadable(_l("“%(value)s” names nothing; write it like application:12.", value=typed[:40]))
        return typed or None

    def write(self, value: str) -> dict[str, str]:
        return {self.key: value}

    def condition(self, listing: Any, value: str) -> ColumnElement[bool]:
        return _about(*value.split(":"))

    def words(self, listing: Any, value: str) -> str:
        return value


def _acts(_listing: Any) -> list[Option]:
    """Every act that can be told, by its words."""
    return [
        Option(name, words) for name, words in sorted(timeline.words.items(), key=lambda pair: str(pair[1]))
    ]


class AuditLog(List[Event]):
    """Who did what, when, on what and why; people and subjects are read for many rows at once."""

    name, model, order = "audit", Event, "-id"
    size = 50
    filters = (
        Named(),
        Choice("name", _l("Act"), Event.name, _acts),
        About("about", lazy_pgettext("audit", "About")),
        Flag("acting", _l("Acting for somebody"), lambda: Event.acting_for != ""),
        DateRange("at", _l("When"), Event.at),
    )
    presets = (Preset(_l("All")), Preset(_l("Acting for somebody"), "acting=1"))
    people: Mapping[int, EventPerson] = {}
    subjects: Mapping[int, Sequence[str]] = {}

    def all_columns(self) -> Sequence[Column]:
        """What is told of each act; who and on what stand in tables of their own."""
        return (
            Column("at", _l("When"), sort=Event.at, fold="full"),
            Column("who", _l("Who"), value=self.who),
            Column("role", _l("Role"), shown=False, words=role_words),
            Column("acting_for", _l("Acting for"), shown=False),
            Column("what", _l("Act"), value=timeline.what),
            Column("reason", _l("Reason"), shown=False),
            Column(
                "about",
                lazy_pgettext("audit", "About"),
                value=lambda event: list(self.subjects.get(event.id, ())),
            ),
            Column("changes", _l("Changed"), value=self._changed, fold="full"),
        )

    def who(self, event: Event) -> str:
        """The name that was written down; empty once it is erased."""
        return self.people[event.id].name if event.id in self.people else ""

    def role(self, event: Event) -> str:
        """In which role they acted, in words."""
        return role_words(event.role)

    def changes(self, event: Event) -> dict[str, Any]:
        """Field → what it said before and after."""
        person = self.people.get(event.id)
        found: dict[str, Any] = person.values.get("changes", {}) if person else {}
        return found

    def _changed(self, event: Event) -> str:
        return "\n".join(
            f"{name}: {_shown(pair[0])} → {_shown(pair[1])}" for name, pair in self.changes(event).items()
        )

    @cached_property
    def rows(self) -> Sequence[Event]:
        """The rows of this page, with who and on what."""
        self._accompany(self.page.rows)
        return self.page.rows

    def stream(self) -> Iterator[Event]:
        found = db.session.scalars(self.statement().execution_options(yield_per=BATCH))
        for rows in found.partitions():
            self._accompany(rows)
            yield from rows

    def _accompany(self, rows: Sequence[Event]) -> None:
        ids = [row.id for row in rows]
        people = db.session.scalars(select(EventPerson).where(EventPerson.event_id.in_(ids)))
        self.people = {one.event_id: one for one in people}
        subjects: dict[int, list[str]] = defaultdict(list)
        named = select(EventSubject).where(EventSubject.event_id.in_(ids)).order_by(EventSubject.id)
        for one in db.session.scalars(named):
            subjects[one.event_id].append(f"{one.kind}:{one.subject_id}")
        self.subjects = subjects


def _shown(value: Any) -> str:
    return "–" if value is None else str(value)
