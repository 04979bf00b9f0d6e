"""Reads of accounts beyond one row by its key."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, select

from campapp.accounts.models import Account, Address, Code, SecondFactor, SignIn
from campapp.accounts.sessions import make_actor
from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.core.text.codes import mail
from campapp.core.text.language import Unreadable


def owner_of(kind: str, value: str) -> Account | None:
    """The account that has confirmed this address."""
    return db.session.scalars(
        select(Account)
        .join(Address, Address.account_id == Account.id)
        .where(Address.kind == kind, Address.value == value, Address.confirmed_at.is_not(None))
        .where(Account.erased_at.is_(None))
    ).one_or_none()


def candidates(value: str, limit: int) -> list[tuple[int, str]]:
    """Who might be signing in with this address, as (account, hash): its owner, then the newest who only typed it.

    One statement and no row loaded, so that the time tells nothing.
    """
    rows = db.session.execute(
        select(Account.id, Account.password)
        .join(Address, Address.account_id == Account.id)
        .where(Address.value == value, Account.erased_at.is_(None))
        .order_by(Address.confirmed_at.is_(None), Address.id.desc())
        .limit(limit)
    )
    return [(account_id, password) for account_id, password in rows]


def actor_at(address: str) -> Actor | None:
    """The actor of an account's confirmed address, for `--as`."""
    try:
        account = owner_of("mail", mail(address))
    except Unreadable:
        return None
    return make_actor(account.id, account.name, True, "") if account else None


def second_factor_of(account_id: int) -> SecondFactor | None:
    """The account's second factor, confirmed or not."""
    return db.session.scalars(select(SecondFactor).where(SecondFactor.account_id == account_id)).one_or_none()


def proved_lately(session_id: int) -> bool:
    """Whether this session has just begun with a code, so that its person is certainly there."""
    since = clock.now() - timedelta(minutes=15)
    mine = select(SignIn.id).where(SignIn.id == session_id, SignIn.proof == "code", SignIn.created_at > since)
    return db.session.scalar(mine) is not None


def open_sessions(account_id: int) -> Select[SignIn]:
    """Where this person is signed in, the latest first."""
    return (
        visible(SignIn)
        .where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None))
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    )


def latest_code(account_id: int, purpose: str) -> Code | None:
    """The newest code of a purpose that can still be spent."""
    return db.session.scalars(
        select(Code)
        .where(Code.account_id == account_id, Code.purpose == purpose, Code.spent_at.is_(None))
        .order_by(Code.id.desc())
        .limit(1)
    ).one_or_none()
