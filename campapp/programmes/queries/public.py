"""Reads of programmes beyond one row by its key."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, select

from campapp.companies.models import Company, Need
from campapp.core import clock
from campapp.core.access import sight_of, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.programmes.models import (
    Contact,
    NeedInCamp,
    Notice,
    Participation,
    Programme,
    Room,
    Session,
    Slot,
    Track,
    Unit,
)  # fmt: skip
from campapp.programmes.queries.announced import faqs


def _of(model: Any, programme: Programme, *order: Any) -> list[Any]:
    return list(db.session.scalars(visible(model).where(model.programme_id == programme.id).order_by(*order)))


def public_parts(programme: Programme) -> dict[str, Any]:
    """Everything that a programme's public page shows, in a constant number of statements."""
    return {
        "tracks": _of(Track, programme, Track.position),
        "units": _of(Unit, programme, Unit.position),
        "contacts": _of(Contact, programme, Contact.position),
        "notices": _of(Notice, programme, Notice.pinned.desc(), Notice.published_at.desc()),
        "faqs": faqs(programme),
        "days": agenda(programme),
        "companies": companies_with_needs(programme),
    }


def agenda(programme: Programme) -> list[dict[str, Any]]:
    """The days with their sessions, and the stretches of slots between them."""
    by_day: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    sessions = (
        visible(Session)
        .add_columns(Room.name)
        .outerjoin(Room, and_(Room.id == Session.room_id, sight_of(Room, current.actor)))
        .where(Session.programme_id == programme.id)
    )
    for session, room in db.session.execute(sessions.order_by(Session.starts_at)):
        by_day[session.day].append(
            {"start": session.start, "end": session.end, "row": session, "room": room or "",
             "starts_at": session.starts_at}
        )  # fmt: skip
    for slot in _of(Slot, programme, Slot.starts_at):
        last = by_day[slot.day][-1] if by_day[slot.day] else None
        if last is not None and last.get("slots") and last["ends_near"] >= slot.starts_at:
            last.update(end=slot.end, slots=last["slots"] + 1, ends_near=slot.ends_at + _PAUSE)
            continue
        by_day[slot.day].append(
            {"start": slot.start, "end": slot.end, "slots": 1, "starts_at": slot.starts_at,
             "ends_near": slot.ends_at + _PAUSE}
        )  # fmt: skip
    return [
        {"day": day, "items": sorted(items, key=lambda item: item["starts_at"])}
        for day, items in sorted(by_day.items())
    ]


_PAUSE = timedelta(minutes=20)
"""Slots no further apart are one stretch of meetings."""


def companies_with_needs(programme: Programme) -> list[tuple[Company, list[Need]]]:
    """The companies that take part, by their sort key, each with the needs that the reader sees."""
    coming = select(Participation.company_id).where(
        Participation.programme_id == programme.id, Participation.state == "confirmed"
    )
    brought = select(NeedInCamp.need_id).join(Participation).where(Participation.programme_id == programme.id)
    shown = and_(Need.company_id == Company.id, Need.id.in_(brought), sight_of(Need, current.actor))
    rows = db.session.execute(
        visible(Company)
        .add_columns(Need)
        .outerjoin(Need, shown)
        .where(Company.id.in_(coming))
        .order_by(Company.sort_key, Company.id, Need.id)
    )
    found: dict[Company, list[Need]] = {}
    for company, need in rows:
        found.setdefault(company, []).extend([need] if need is not None else [])
    return list(found.items())


def front() -> dict[str, Any]:
    """The park's programmes as a visitor finds them."""
    now, found = clock.now(), visible(Programme).order_by(Programme.first_day.desc(), Programme.id.desc())
    parts: dict[str, list[Programme]] = {"open": [], "coming": [], "past": []}
    for row in db.session.scalars(found.limit(50)):
        over = row.last_day < clock.today(row.zone)
        parts["open" if row.is_open(now) else "past" if over else "coming"].append(row)
    return parts


def company_of(participation: Participation) -> Company:
    """The company that takes part."""
    return db.session.get_one(Company, participation.company_id)
