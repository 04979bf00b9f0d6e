"""Reads of exchange."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, tuple_

from campapp.core.current import MEMBER, REPRESENTATIVE
from campapp.core.db import db
from campapp.core.events import Event, EventSubject
from campapp.exchange.camp.differing import Difference


def typed_by_their_own(differences: Iterable[Difference]) -> set[str]:
    """Of these, the keys of those in which a team or a company itself wrote something."""
    subjects = {subject: one.key for one in differences for subject in one.subjects}
    rows = db.session.execute(
        select(EventSubject.kind, EventSubject.subject_id)
        .join(Event, Event.id == EventSubject.event_id)
        .where(Event.role.in_((MEMBER, REPRESENTATIVE)))
        .where(tuple_(EventSubject.kind, EventSubject.subject_id).in_(list(subjects)))
        .distinct()
    )
    return {subjects[row[0], row[1]] for row in rows}
