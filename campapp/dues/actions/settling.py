"""Rows for what is owed follow whoever comes into a state, and the form that is put to use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from campapp.core import beats, clock
from campapp.core.action import transaction
from campapp.core.db import db
from campapp.core.form.asked import by_key
from campapp.dues import asking
from campapp.dues.models import Due
from campapp.dues.wanted import ids_in, wanted_by
from campapp.programmes.models import FollowUp, Programme


def settle(programme_id: int, *, applications: Sequence[int] | None = None,
           participations: Sequence[int] | None = None) -> int:  # fmt: skip
    """Inside a transaction: ask what is to be asked, of everybody or of some: how many rows are new.

    Whoever has left a state keeps the rows; `wanted.standing` no longer counts them.
    """
    rows = db.session.scalars(
        select(FollowUp)
        .where(FollowUp.programme_id == programme_id, FollowUp.closed_at.is_(None))
        .order_by(FollowUp.id)
    ).all()
    some = applications is not None or participations is not None
    made = 0
    for follow_up in rows:
        among = (applications if follow_up.side == "team" else participations) or ()
        if some and not among:
            continue
        made += _settle(follow_up, ids_in(follow_up, among if some else None))
    return made


def _settle(follow_up: FollowUp, subjects: Sequence[int]) -> int:
    document = asking.document_of(follow_up)
    if not subjects or not document["sections"]:
        return 0
    programme = db.session.get_one(Programme, follow_up.programme_id)
    link = wanted_by(follow_up).link
    known: dict[int, dict[str, Due]] = defaultdict(dict)
    found = select(Due).where(Due.follow_up_id == follow_up.id, link.in_(subjects)).order_by(Due.id)
    for due in db.session.scalars(found):
        known[getattr(due, link.key)][due.key] = due
    before = sum(len(rows) for rows in known.values())
    for subject in subjects:
        _follow_form(follow_up, programme, document, link.key, subject, known[subject])
    db.session.flush()
    files = asking.with_files(due for rows in known.values() for due in rows.values())
    for subject in subjects:
        asking.settle_states(
            [due for due in known[subject].values() if due.dropped_at is None], document, files
        )
    db.session.flush()
    return sum(len(rows) for rows in known.values()) - before


def _follow_form(
    follow_up: FollowUp, programme: Programme, document: dict[str, Any], link: str, subject: int, known: dict[str, Due]
) -> None:  # fmt: skip
    fields = by_key(document)
    for position, (key, field) in enumerate(fields.items(), start=1):
        due_at, locks_at = asking.dates_of(field, follow_up, programme)
        due = known.get(key)
        if due is None:
            due = known[key] = Due(programme_id=follow_up.programme_id, follow_up_id=follow_up.id, key=key)
            setattr(due, link, subject)
            db.session.add(due)
        for name, value in (
            ("position", position),
            ("due_at", due_at),
            ("locks_at", locks_at),
            ("dropped_at", None),
        ):
            if getattr(due, name) != value:
                setattr(due, name, value)
    for key, due in known.items():
        if key not in fields and due.dropped_at is None:
            due.dropped_at = clock.now()


@beats.every(timedelta(minutes=5))
def settle_all() -> int:
    """What came into a state past the events (an import, a restored park) is asked as well."""
    ids = db.session.scalars(
        select(FollowUp.programme_id)
        .where(FollowUp.closed_at.is_(None))
        .distinct()
        .order_by(FollowUp.programme_id)
    ).all()
    made = 0
    for programme_id in ids:
        with transaction():
            made += settle(programme_id)
    return made
