"""Whom a letter to an account reaches."""

from __future__ import annotations

from collections.abc import Iterable

from campapp.accounts import sessions
from campapp.accounts.models import Account
from campapp.core.db import db
from campapp.core.outbox import Recipient, audience

__all__ = ["of_account", "recipient_of", "sessions"]


def recipient_of(account: Account) -> Recipient:
    """An account as a recipient: in the application, and by its mail address."""
    return Recipient(
        name=account.name, locale=account.locale, account_id=account.id, mail=account.mail, phone=account.phone,
        zone=account.zone,
    )  # fmt: skip


@audience("account")
def of_account(account_id: int) -> Iterable[Recipient]:
    """The one person."""
    account = db.session.get(Account, account_id)
    return [recipient_of(account)] if account and account.erased_at is None else []
