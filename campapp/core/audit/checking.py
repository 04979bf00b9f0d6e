"""Checking: each block against the one before, each event against its leaf, a part at a time or the whole chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select

from campapp.core import beats, clock
from campapp.core.action import transaction
from campapp.core.audit import hashing
from campapp.core.audit.models import AuditCheck, EventBlock
from campapp.core.audit.sealing import subjects_of
from campapp.core.db import db
from campapp.core.events import ERASED, Event, EventPerson, EventSubject

PART = 5_000
"""Events looked at in one go, or one block where that has more."""
MOST = 100
"""Problems that are told; a chain that is broken more often is broken."""
AGAIN = timedelta(days=1)

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Problem:
    """What does not fit: `changed`, `person`, `missing`, `added`, `late`, `block`, `order`, `gap`, `beyond`."""

    kind: str
    block: int
    event: int = 0


@dataclass
class Check:
    """What a walk along the chain has found so far."""

    upto: int = 0
    events: int = 0
    emptied: int = 0
    problems: list[Problem] = field(default_factory=list)
    done: bool = False

    def found(self, kind: str, block: int, event: int = 0) -> None:
        """Note a problem, in the order of the chain."""
        if len(self.problems) < MOST:
            self.problems.append(Problem(kind, block, event))


def check() -> Check:
    """The whole chain, written down as checked."""
    began, walk = clock.now(), Check()
    while not walk.done:
        walk_on(walk)
    db.session.rollback()
    with transaction():
        row = AuditCheck(began_at=began)
        _write(row, walk)
        db.session.add(row)
    return walk


@beats.every(timedelta(minutes=1))
def check_a_part() -> None:
    """A part of the chain each minute, until all of it was looked at; anew a day after that began."""
    row = db.session.scalars(select(AuditCheck).order_by(AuditCheck.id.desc()).limit(1)).one_or_none()
    if row is not None and row.ended_at is not None:
        if timedelta(0) <= clock.now() - row.began_at < AGAIN:
            return
        row = None
    walk = Check()
    if row is not None:
        walk = Check(row.upto, row.events, row.emptied, [Problem(*one) for one in row.problems])
    key = row.id if row is not None else None
    walk_on(walk)
    db.session.rollback()
    with transaction():
        row = db.session.get_one(AuditCheck, key) if key is not None else AuditCheck()
        _write(row, walk)
        db.session.add(row)


def last_check() -> AuditCheck | None:
    """The last one that came to its end."""
    ended = select(AuditCheck).where(AuditCheck.ended_at.is_not(None))
    return db.session.scalars(ended.order_by(AuditCheck.id.desc()).limit(1)).one_or_none()


def _write(row: AuditCheck, walk: Check) -> None:
    row.upto, row.events, row.emptied = walk.upto, walk.events, walk.emptied
    row.problems = [[one.kind, one.block, one.event] for one in walk.problems]
    row.ended_at = clock.now() if walk.done else None


def walk_on(walk: Check, most: int = PART) -> None:
    """Look at the next blocks, and at their events."""
    previous = db.session.scalar(select(EventBlock.hash).where(EventBlock.number == walk.upto))
    if walk.upto == 0:
        previous = hashing.NOTHING
    blocks = _next(walk.upto, most)
    for block in blocks:
        if block.number != walk.upto + 1:
            walk.found("gap", walk.upto + 1)
        elif block.previous != previous:
            walk.found("order", block.number)
        if not _is_itself(block):
            walk.found("block", block.number)
        walk.upto, previous = block.number, block.hash
    if blocks:
        _compare(walk, blocks)
        return
    sealed = (
        select(EventBlock.id).where(EventBlock.number == Event.block).exists()
    )  # also those of this moment
    beyond = (
        select(Event.id, Event.block)
        .where(or_(Event.block > walk.upto, Event.block < 1), ~sealed)
        .order_by(Event.block, Event.id)
    )
    for key, number in db.session.execute(beyond.limit(MOST)):
        walk.found("beyond", number or 0, key)
    walk.done = True


def _next(upto: int, most: int) -> Sequence[EventBlock]:
    counts = db.session.execute(
        select(EventBlock.number, EventBlock.count)
        .where(EventBlock.number > upto)
        .order_by(EventBlock.number)
        .limit(most)
    )
    last, total = upto, 0
    for number, count in counts:
        total += max(count, 1)
        if last > upto and total > most:
            break
        last = number
    rows = select(EventBlock).where(EventBlock.number > upto, EventBlock.number <= last)
    return db.session.scalars(rows.order_by(EventBlock.number)).all()


def _is_itself(block: EventBlock) -> bool:
    whole = len(block.leaves) == 40 * block.count
    return whole and block.hash == hashing.block_hash(
        number=block.number, previous=block.previous, sealed_at=block.sealed_at, highest=block.highest,
        settled=block.settled, leaves=block.leaves,
    )  # fmt: skip


def _compare(walk: Check, blocks: Sequence[EventBlock]) -> None:
    """The events that say they are in these blocks, against what the blocks say."""
    here = Event.block.between(blocks[0].number, blocks[-1].number)
    rows = db.session.execute(select(*Event.__table__.c).where(here)).mappings()
    events: dict[int, dict[int, Row]] = {}
    for row in rows:
        events.setdefault(row["block"], {})[row["id"]] = row
    ids = select(Event.id).where(here)
    subjects = subjects_of(EventSubject.event_id.in_(ids))
    said = db.session.execute(
        select(*EventPerson.__table__.c).where(EventPerson.event_id.in_(ids))
    ).mappings()
    persons = {row["event_id"]: row for row in said}
    for block in blocks:
        for kind, key in _differences(walk, block, events.get(block.number, {}), subjects, persons):
            walk.found(kind, block.number, key)


def _differences(
    walk: Check, block: EventBlock, events: dict[int, Row], subjects: Mapping[int, Sequence[tuple[str, int]]],
    persons: Mapping[int, Row],
) -> Iterator[tuple[str, int]]:  # fmt: skip
    listed = dict(hashing.unpacked(block.leaves))
    for key in sorted({*listed, *events}):
        if key not in events:
            yield "missing", key
            continue
        walk.events += 1
        person = persons.get(key, {})
        sealed = hashing.leaf(
            events[key], subjects.get(key, ()), person.get("name_hash"), person.get("values_hash")
        )
        if key not in listed:
            yield "added", key
        elif sealed != listed[key]:
            yield "changed", key
        elif person and not _as_sealed(person):
            yield "person", key
        elif key <= block.settled:
            yield "late", key
        elif person and (person["name_salt"] is None or person["values_salt"] is None):
            walk.emptied += 1


def _as_sealed(person: Row) -> bool:
    """Whether name and values are those that were sealed, or were erased, their salt with them."""
    for value, empty in (("name", ERASED), ("values", ({},))):
        salt = person[f"{value}_salt"]
        if salt is None and person[value] not in empty:
            return False
        if salt is not None and hashing.salted(salt, person[value]) != person[f"{value}_hash"]:
            return False
    return True
