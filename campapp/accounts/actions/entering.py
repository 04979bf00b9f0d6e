"""In by a code: whoever reads the mailbox or the telephone is its account, or begins one."""

from __future__ import annotations

from campapp.accounts.actions.address import owner_locked, spend
from campapp.accounts.actions.founding import found_account
from campapp.accounts.actions.number import adopting, take_number
from campapp.accounts.models import Account, Code
from campapp.core.access import anyone
from campapp.core.action import Act, action
from campapp.core.db import LOCK, db


@action("entered_by_code", rule=anyone)
def enter_by_code(act: Act, code: Code) -> Account | None:
    """Spend the code: the account that has confirmed its address, or for which staff entered the number; else None."""
    spend(act, code, "enter")
    owner_id = owner_locked(code.kind, code.value)
    if owner_id is not None:
        return db.session.get(Account, owner_id)
    waiting = adopting(code.value, act.at) if code.kind == "phone" else None
    if waiting is None:
        return None
    account = db.session.get_one(Account, waiting.account_id, with_for_update=LOCK)
    spend(act, waiting, "adopt")
    take_number(act, account, code.value)
    return account


@action("signed_up", rule=anyone)
def enter_anew(act: Act, *, name: str, kind: str, value: str, locale: str, zone: str) -> Account:
    """An account of who has just proved an address, without a password; the one it has, if somebody was faster."""
    owner_id = owner_locked(kind, value)
    if owner_id is not None:
        return db.session.get_one(Account, owner_id)
    return found_account(name=name, kind=kind, value=value, locale=locale, zone=zone, confirmed=True)
