"""Sealing: every few seconds what has happened since is hashed into a block, after the fact, off everybody's way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from campapp.core import beats, clock
from campapp.core.action import transaction
from campapp.core.audit import hashing
from campapp.core.audit.models import EventBlock
from campapp.core.db import db
from campapp.core.events import Event, EventPerson, EventSubject

AT_ONCE = 500
"""Events in one block at most: a transaction that nobody notices."""
ROUNDS = 20
"""Blocks in one turn at most, so that mail and jobs are not kept waiting by a large import."""
LATE = timedelta(hours=6)
"""How long a transaction may be under way: ids are handed out when an event is written, not when it is committed, so a
lower one may come into a later block. What comes below blocks sealed longer ago than this, campapp did not write."""


@beats.every(timedelta(seconds=4))
def seal() -> int:
    """Seal what is not: how many events."""
    done = 0
    for _round in range(ROUNDS):
        sealed = seal_block()
        done += sealed
        if sealed < AT_ONCE:
            break
    return done


def seal_block(most: int = AT_ONCE) -> int:
    """Seal one block in a transaction of its own: how many events. Where another worker was faster, none."""
    waiting = db.session.scalar(select(Event.id).where(Event.block.is_(None)).limit(1))
    if waiting is None:
        return 0
    try:
        with transaction():
            return _seal(most)
    except IntegrityError:
        return 0


def newest_block() -> EventBlock | None:
    """The head of the chain."""
    return db.session.scalars(select(EventBlock).order_by(EventBlock.number.desc()).limit(1)).one_or_none()


def _seal(most: int) -> int:
    rows = db.session.execute(
        select(*Event.__table__.c)
        .where(Event.block.is_(None))
        .order_by(Event.id)
        .limit(most)
        .with_for_update(key_share=True)
    ).mappings()
    events = {row["id"]: row for row in rows}
    if not events:
        return 0
    before, at = newest_block(), clock.now()
    subjects = subjects_of(EventSubject.event_id.in_(events))
    persons = {row["event_id"]: row for row in _salted(list(events))}
    leaves = {}
    for key, event in events.items():
        person = persons.get(key, {})
        leaves[key] = hashing.leaf(
            event, subjects.get(key, ()), person.get("name_hash"), person.get("values_hash")
        )
    content: dict[str, Any] = {
        "number": before.number + 1 if before else 1, "previous": before.hash if before else hashing.NOTHING,
        "leaves": hashing.packed(leaves), "highest": max(*events, before.highest if before else 0, 0),
        "settled": _settled(at), "sealed_at": at,
    }  # fmt: skip
    db.session.add(EventBlock(hash=hashing.block_hash(**content), count=len(events), **content))
    here = update(Event).where(Event.id.in_(events)).values(block=content["number"])
    db.session.execute(here.execution_options(synchronize_session=False))
    db.session.flush()
    return len(events)


def _settled(at: Any) -> int:
    old = select(EventBlock.highest).where(EventBlock.sealed_at <= at - LATE)
    return db.session.scalar(old.order_by(EventBlock.number.desc()).limit(1)) or 0


def _salted(ids: list[int]) -> list[dict[str, Any]]:
    """Hash what is personal, each with a salt of its own that lies beside it; locked, so that an erasure comes before
    or after, never in between."""
    rows = db.session.execute(
        select(EventPerson.id, EventPerson.event_id, EventPerson.name, EventPerson.values)
        .where(EventPerson.event_id.in_(ids))
        .order_by(EventPerson.id)
        .with_for_update(key_share=True)
    ).all()
    found = []
    for row_id, event_id, name, values in rows:
        by_name, by_values = hashing.new_salt(), hashing.new_salt()
        found.append({
            "id": row_id, "event_id": event_id,
            "name_salt": by_name, "name_hash": hashing.salted(by_name, name),
            "values_salt": by_values, "values_hash": hashing.salted(by_values, values),
        })  # fmt: skip
    if found:
        db.session.execute(update(EventPerson), found)
    return found


def subjects_of(condition: Any) -> dict[int, list[tuple[str, int]]]:
    """Event id → what it is about."""
    found: dict[int, list[tuple[str, int]]] = {}
    rows = select(EventSubject.event_id, EventSubject.kind, EventSubject.subject_id).where(condition)
    for event_id, kind, key in db.session.execute(rows):
        found.setdefault(event_id, []).append((kind, key))
    return found
