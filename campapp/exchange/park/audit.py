"""The audit log, checked: every event has its person row, causes come first, ids only grow with time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from campapp.core.db import db
from campapp.core.events import Event, EventPerson


def check() -> dict[str, Any]:
    """Counts and problems. Sealed blocks are checked once there are any (see docs/decisions)."""
    problems: list[str] = []
    events = db.session.scalar(select(func.count()).select_from(Event)) or 0
    bare = (
        select(Event.id)
        .outerjoin(EventPerson, EventPerson.event_id == Event.id)
        .where(EventPerson.id.is_(None))
    )
    problems += [f"event {one} has no person row" for one in db.session.scalars(bare.limit(100))]
    cause = aliased(Event)
    late = (
        select(Event.id)
        .outerjoin(cause, cause.id == Event.caused_by)
        .where(Event.caused_by.is_not(None), (cause.id.is_(None)) | (cause.id > Event.id))
    )
    problems += [
        f"event {one} names a cause that is not before it" for one in db.session.scalars(late.limit(100))
    ]
    sealed = db.session.scalar(select(func.count()).where(Event.block.is_not(None))) or 0
    return {"events": events, "sealed": sealed, "problems": problems}
