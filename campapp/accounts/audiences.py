"""Whom a letter to an account reaches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from campapp.accounts import approved_texts, sessions
from campapp.accounts.models import Account, Code, Invitation
from campapp.core.db import db
from campapp.core.outbox import Recipient, audience, confidential, subjects

__all__ = ["approved_texts", "of_accounts", "recipient_of", "sessions"]


def recipient_of(account: Account) -> Recipient:
    """An account as a recipient: in the application, and by its mail address."""
    return Recipient(
        name=account.name, locale=account.locale, account_id=account.id, mail=account.mail, phone=account.phone,
        zone=account.zone,
    )  # fmt: skip


@audience("account")
def of_accounts(ids: Sequence[int]) -> Iterable[tuple[int, Recipient]]:
    """The one person."""
    found = select(Account).where(Account.id.in_(ids), Account.erased_at.is_(None))
    return [(account.id, recipient_of(account)) for account in db.session.scalars(found)]


@audience("code")
def of_codes(ids: Sequence[int]) -> Iterable[tuple[int, Recipient]]:
    """The mailbox or telephone that a code was made for, whoever reads it; nothing in the application."""
    found = select(Code, Account).outerjoin(Account, Account.id == Code.account_id).where(Code.id.in_(ids))
    return [(code.id, _reader_of(code, account)) for code, account in db.session.execute(found)]


def _reader_of(code: Code, account: Account | None) -> Recipient:
    mail, phone = (code.value, "") if code.kind == "mail" else ("", code.value)
    if account is None:
        return Recipient(name="", locale=code.locale, mail=mail, phone=phone)
    return Recipient(name=account.name, locale=account.locale, zone=account.zone, mail=mail, phone=phone)


@audience("invitation")
def of_invitations(ids: Sequence[int]) -> Iterable[tuple[int, Recipient]]:
    """The address that an invitation is bound to."""
    return [
        (one.id, Recipient(name=one.name, locale=one.locale, mail=one.address))
        for one in db.session.scalars(select(Invitation).where(Invitation.id.in_(ids)))
        if one.address
    ]


subjects.update(
    account=lambda key: db.session.get(Account, key),
    code=lambda key: db.session.get(Code, key),
    invitation=lambda key: db.session.get(Invitation, key),
)
confidential.update({f"accounts/{name}" for name in
                     ("confirm", "reset", "change", "change_asked", "changed", "code", "enter",
                                              "invitation")})  # fmt: skip
