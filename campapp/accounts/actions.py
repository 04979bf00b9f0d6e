"""What happens to accounts and sessions."""

from __future__ import annotations

import secrets

from campapp.accounts.models import Account, Address, SignIn
from campapp.accounts.sessions import token_hash
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
    db.session.add(
        Address(account_id=account.id, kind=kind, value=value, confirmed_at=act.at if confirmed else None)
    )
    return account


@action("signed_in", rule=anyone)
def begin_session(
    act: Act, account: Account, *, agent: str = "", address: str = "", membership: str = ""
) -> str:
    """A new session of this account: its token, for the cookie; only a hash is kept."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(account_id=account.id, token_hash=token_hash(token), agent=agent[:200], address=address[:60],
               membership=membership, seen_at=act.at)
    )  # fmt: skip
    return token
