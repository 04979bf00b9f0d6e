"""The audit log, checked: the sealed chain, that every event has its person row, and that causes come first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from campapp.core import audit
from campapp.core.audit.words import sentence
from campapp.core.db import db
from campapp.core.events import Event, EventPerson


def check() -> dict[str, Any]:
    """Counts, the head of the chain, and problems, the first in the chain first."""
    walk = audit.check()
    problems = [sentence(one) for one in walk.problems]
    problems += [f"event {one} has no person row" for one in db.session.scalars(_bare())]
    problems += [f"event {one} names a cause that is not before it" for one in db.session.scalars(_late())]
    head = audit.newest_block()
    return {
        "events": db.session.scalar(select(func.count()).select_from(Event)) or 0, "sealed": walk.events,
        "erased": walk.emptied, "blocks": walk.upto, "head": f"{head.number}:{head.hash.hex()}" if head else "",
        "sealed_at": head.sealed_at.isoformat() if head else "", "problems": problems,
    }  # fmt: skip


def expected(head: str) -> Iterator[str]:
    """What is wrong with a head that was noted down earlier, `12:ab…`: that block stays, whatever came after."""
    number, _colon, known = head.partition(":")
    block = None
    if number.isdecimal() and len(number) < 10:
        block = db.session.scalars(
            select(audit.EventBlock).where(audit.EventBlock.number == int(number))
        ).one_or_none()
    if block is None:
        yield f"block {number} is not there"
    elif not known or block.hash.hex() != known.lower():
        yield f"block {number} is another one than was noted down"


def _bare() -> Any:
    return (
        select(Event.id)
        .outerjoin(EventPerson, EventPerson.event_id == Event.id)
        .where(EventPerson.id.is_(None))
        .limit(100)
    )


def _late() -> Any:
    cause = aliased(Event)
    return (
        select(Event.id)
        .outerjoin(cause, cause.id == Event.caused_by)
        .where(Event.caused_by.is_not(None), (cause.id.is_(None)) | (cause.id > Event.id))
        .limit(100)
    )
