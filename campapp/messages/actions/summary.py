"""Who was acted for gets one summary, also where the organiser forgot to stop."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from campapp.accounts.models import Account
from campapp.core import clock, outbox
from campapp.core.access import nobody
from campapp.core.action import Act, action
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.outbox import Letter

QUIET = timedelta(minutes=15)


def sum_up() -> int:
    """Summarise what was gathered and has been quiet for a quarter of an hour: how many summaries."""
    groups = db.session.execute(
        select(Letter.audience, Event.account_id)
        .join(Event, Event.id == Letter.event_id)
        .where(Letter.state == "gathered")
        .group_by(Letter.audience, Event.account_id)
        .having(func.max(Letter.created_at) < clock.now() - QUIET)
    ).all()
    with current.set(actor=SYSTEM):
        for audience, account_id in groups:
            summarise(audience, account_id)
    return len(groups)


@action("acting_summed_up", rule=nobody)
def summarise(act: Act, audience: str, account_id: int | None) -> None:
    """One letter for all of it."""
    account = db.session.get(Account, account_id) if account_id else None
    outbox.summarise(audience, account_id, account.name if account else "campapp")
