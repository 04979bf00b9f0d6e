"""Park administrators are made and unmade."""

from __future__ import annotations

from sqlalchemy import select

from campapp.accounts.actions.session import drop_sessions
from campapp.accounts.models import Account
from campapp.core.access import Refused, park_administrator
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _


@action("administrator_made", rule=park_administrator)
def make_administrator(act: Act, account: Account, *, reason: str) -> None:
    """This person administers the park from now on."""
    act.because(reason)
    account.administrator = True


@action("administrator_unmade", rule=park_administrator)
def unmake_administrator(act: Act, account: Account, *, reason: str) -> None:
    """No longer. The last one cannot go, or nobody could make another."""
    act.because(reason)
    administrators = select(Account.id).where(Account.administrator, Account.erased_at.is_(None))
    # All of them locked: two who unmake each other at once would leave nobody.
    standing = db.session.scalars(administrators.order_by(Account.id).with_for_update(key_share=True)).all()
    if list(standing) == [account.id]:
        raise Refused("unmake_administrator", _("This is the last administrator. Make another one first."))
    account.administrator = False
    drop_sessions(act, account.id)
