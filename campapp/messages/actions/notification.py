"""What was told in the application is read."""

from __future__ import annotations

from sqlalchemy import update

from campapp.accounts.models import Account
from campapp.accounts.rules import own_account
from campapp.core import clock
from campapp.core.action import Act, action, transaction
from campapp.core.db import db
from campapp.core.outbox import Delivery


def read(delivery: Delivery) -> None:
    """This person has read it; nothing that an audit log is for."""
    delivery_id, now = delivery.id, clock.now()
    with transaction():
        db.session.execute(
            update(Delivery).where(Delivery.id == delivery_id, Delivery.read_at.is_(None)).values(read_at=now)
        )


@action("notifications_read", rule=own_account)
def read_all(act: Act, account: Account) -> None:
    """Everything is read."""
    db.session.execute(
        update(Delivery)
        .where(Delivery.account_id == account.id, Delivery.channel == "app", Delivery.read_at.is_(None))
        .values(read_at=act.at)
    )
