"""Codes: sent to an address, typed or pressed once."""

from __future__ import annotations

import hmac
from datetime import timedelta

from sqlalchemy import update

from campapp.accounts import proofs
from campapp.accounts.models import Account, Code
from campapp.core import clock
from campapp.core.access import anyone
from campapp.core.action import Act, action, transaction
from campapp.core.db import db
from campapp.core.outbox import tell

LIFETIMES = {
    "confirm": timedelta(hours=2), "reset": timedelta(minutes=30), "change": timedelta(hours=2),
    "revert": timedelta(days=30),
}  # fmt: skip
ATTEMPTS = 5


@action("code_sent", rule=anyone)
def send_code(act: Act, account: Account, purpose: str, address: str, *, silent: bool = False) -> Code:
    """A new code to an address; an older one for the same purpose holds no longer. `silent`: no letter of its own."""
    db.session.execute(
        update(Code)
        .where(Code.account_id == account.id, Code.purpose == purpose, Code.spent_at.is_(None))
        .where(Code.purpose != "revert")
        .values(spent_at=act.at)
    )
    code = Code(
        purpose=purpose, account_id=account.id, value=address, expires_at=act.at + LIFETIMES[purpose]
    )  # fmt: skip
    db.session.add(code)
    db.session.flush()
    if not silent:
        tell(f"code:{code.id}", f"accounts/{purpose}", code)
    return code


def is_open(code: Code) -> bool:
    """Whether the code can still be spent."""
    return code.spent_at is None and code.expires_at > clock.now()


def fits(code_id: int, typed: str) -> bool:
    """Whether these digits are the code's. Each try is counted, also a wrong one; after five it holds no longer."""
    with transaction():
        code = db.session.get(Code, code_id, with_for_update=True, populate_existing=True)
        if code is None or not is_open(code) or code.attempts >= ATTEMPTS:
            return False
        code.attempts += 1
        return hmac.compare_digest(proofs.digits(code).encode(), proofs.typed_digits(typed).encode())
