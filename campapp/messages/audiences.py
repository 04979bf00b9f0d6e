"""Whom a circular reaches, and the texts that it sends to telephones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from campapp.core.db import db
from campapp.core.outbox import Recipient, audience, subjects
from campapp.messages import approved_texts
from campapp.messages.groups import reached
from campapp.messages.models import Circular
from campapp.programmes.models import Programme

__all__ = ["approved_texts", "of_circulars"]


@audience("circular")
def of_circulars(ids: Sequence[int]) -> Iterable[tuple[int, Recipient]]:
    """The people of its groups, looked up now."""
    rows = db.session.execute(
        select(Circular, Programme)
        .join(Programme, Programme.id == Circular.programme_id)
        .where(Circular.id.in_(ids))
        .order_by(Circular.id)
    ).all()
    for circular, programme in rows:
        for recipient in reached(programme, circular.groups):
            yield circular.id, recipient


subjects["circular"] = lambda row_id: db.session.get(Circular, row_id)
