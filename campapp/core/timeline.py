"""Events in words, for histories and the audit page; rooms say how their own read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from campapp.core.current import current
from campapp.core.db import db
from campapp.core.events import Event, EventPerson
from campapp.core.text.language import lazy_gettext as _l
from campapp.core.text.language import pgettext

words: dict[str, Any] = {}
"""Event name → what happened, as a lazy text."""


def tell_as(**sentences: Any) -> None:
    """Register how events read: `tell_as(application_submitted=_l("Submitted"))`."""
    words.update(sentences)


def what(event: Event) -> str:
    """What happened, in the reader's language."""
    return str(words.get(event.name) or event.name.replace("_", " ").capitalize())


def stops(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as the line draws them: when, what, by whom, why."""
    rows = list(events)
    people = select(EventPerson.event_id, EventPerson.name).where(
        EventPerson.event_id.in_([row.id for row in rows])
    )
    names = {row[0]: row[1] for row in db.session.execute(people)}
    zone = ZoneInfo(current.zone)
    return [
        {
            "at": f"{row.at.astimezone(zone):%Y-%m-%d %H:%M}", "datetime": row.at.isoformat(), "title": what(row),
            "note": _who(row, names.get(row.id, "")), "text": row.reason, "state": "done",
        }
        for row in rows
    ]  # fmt: skip


def _who(event: Event, name: str) -> str:
    if event.role == "system":
        return ""
    if event.acting_for:
        return pgettext("history", "%(name)s, acting for them", name=name)
    return name


tell_as(signed_in=_l("Signed in"))
