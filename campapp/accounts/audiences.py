"""Whom a letter to an account reaches."""

from __future__ import annotations

from collections.abc import Iterable

from campapp.accounts import sessions
from campapp.accounts.models import Account, Code, Invitation
from campapp.core.db import db
from campapp.core.outbox import Recipient, audience, confidential, subjects

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


@audience("code")
def of_code(code_id: int) -> Iterable[Recipient]:
    """The mailbox that a code was made for, whoever reads it; nothing in the application."""
    code = db.session.get(Code, code_id)
    account = db.session.get(Account, code.account_id) if code else None
    if code is None or account is None:
        return []
    return [Recipient(name=account.name, locale=account.locale, mail=code.value, zone=account.zone)]


@audience("invitation")
def of_invitation(invitation_id: int) -> Iterable[Recipient]:
    """The address that an invitation is bound to."""
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or not invitation.address:
        return []
    return [Recipient(name=invitation.name, locale=invitation.locale, mail=invitation.address)]


subjects.update(
    account=lambda key: db.session.get(Account, key),
    code=lambda key: db.session.get(Code, key),
    invitation=lambda key: db.session.get(Invitation, key),
)
confidential.update({f"accounts/{name}" for name in
                     ("confirm", "reset", "change", "change_asked", "changed", "invitation")})  # fmt: skip
