"""Passwords are changed and reset. They arrive here as hashes."""

from __future__ import annotations

from sqlalchemy import update

from campapp.accounts.actions.address import spend
from campapp.accounts.actions.session import drop_sessions
from campapp.accounts.models import Account, Code
from campapp.accounts.rules import own_account
from campapp.core import jobs
from campapp.core.access import anyone
from campapp.core.action import Act, action
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.outbox import tell
from campapp.core.park import the_park


@action("reset_asked", rule=anyone)
def ask_for_reset(act: Act, address: str) -> None:
    """A visitor forgot the password. Whether the address has an account is looked up later, by the worker."""
    jobs.enqueue("accounts.send_reset", address, current.locale)


@action("password_reset", rule=anyone)
def reset_password(act: Act, account: Account, code: Code, password: str) -> None:
    """A new password by a code or link to a confirmed address; every session ends."""
    spend(act, code, "reset")
    account.password = password
    db.session.execute(
        update(Code)
        .where(Code.account_id == account.id, Code.purpose == "reset", Code.spent_at.is_(None))
        .values(spent_at=act.at)
    )
    drop_sessions(act, account.id)
    tell(account, "accounts/password_changed", account)


@action("password_changed", rule=own_account)
def change_password(act: Act, account: Account, password: str) -> None:
    """A new password by who is signed in; their other sessions end."""
    account.password = password
    drop_sessions(act, account.id, but=current.actor.session_id)
    tell(account, "accounts/password_changed", account)


@action("stranger_answered", rule=anyone)
def answer_stranger(act: Act, address: str, locale: str) -> None:
    """Somebody asked to reset the password of an address that no account has confirmed: its reader is told so."""
    park = the_park()
    if park is not None:
        tell(f"address:{address}", "accounts/no_account", park, locale=locale)
