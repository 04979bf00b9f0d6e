"""An account begins."""

from __future__ import annotations

from campapp.accounts.actions.code import send_code
from campapp.accounts.models import Account, Address
from campapp.core.access import anyone
from campapp.core.action import Act, action
from campapp.core.db import db


@action("account_founded", rule=anyone)
def found_account(act: Act, *, name: str, kind: str, value: str, password: str = "", locale: str = "zh_CN",
                  zone: str = "Asia/Shanghai", confirmed: bool = False) -> Account:  # fmt: skip
    """A new account with one address. `password` is a hash already; an unconfirmed address claims nothing."""
    account = Account(name=name, password=password, locale=locale, zone=zone)
    db.session.add(account)
    db.session.flush()
    account.addresses.append(
        Address(account_id=account.id, kind=kind, value=value, confirmed_at=act.at if confirmed else None)
    )
    db.session.flush()
    return account


@action("signed_up", rule=anyone)
def sign_up(act: Act, *, name: str, address: str, password: str, locale: str, zone: str) -> Account:
    """A visitor's account, at once usable, and a code to its address: the same work whoever has that address."""
    account = found_account(
        name=name, kind="mail", value=address, password=password, locale=locale, zone=zone
    )
    send_code(account, "confirm", address)
    return account
