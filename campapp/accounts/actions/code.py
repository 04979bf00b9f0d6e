"""Codes: sent to an address, typed or pressed once."""

from __future__ import annotations

import hmac
from datetime import timedelta

from sqlalchemy import delete, update

from campapp.accounts import proofs
from campapp.accounts.models import Account, Code
from campapp.core import clock
from campapp.core.access import anyone
from campapp.core.action import Act, action, transaction
from campapp.core.current import current
from campapp.core.db import LOCK, db
from campapp.core.outbox import tell
from campapp.core.text.codes import contact_kind

SHORT = timedelta(minutes=5)
"""How long six digits hold that came by text message, or that sign in."""
LIFETIMES = {
    "confirm": timedelta(hours=2), "reset": timedelta(minutes=30), "change": timedelta(hours=2),
    "revert": timedelta(days=30), "adopt": timedelta(days=14),
    "farewell": timedelta(days=1), "number": SHORT,
}  # fmt: skip
ATTEMPTS = 5


@action("code_sent", rule=anyone)
def send_code(act: Act, account: Account, purpose: str, address: str, *, silent: bool = False) -> Code:
    """A new code to a mail address or number; an older one for the same purpose holds no longer.

    `silent`: no letter of its own.
    """
    void_codes(act, account.id, purpose)
    code = Code(purpose=purpose, account_id=account.id, kind=contact_kind(address), value=address,
                expires_at=act.at + LIFETIMES[purpose])  # fmt: skip
    db.session.add(code)
    db.session.flush()
    if not silent:
        _tell(code)
    return code


def void_codes(act: Act, account_id: int, purpose: str) -> None:
    """An account's older codes for a purpose hold no longer; the way back from a change always does."""
    db.session.execute(
        update(Code)
        .where(Code.account_id == account_id, Code.purpose == purpose, Code.spent_at.is_(None))
        .where(Code.purpose != "revert")
        .values(spent_at=act.at)
    )


@action("entry_code_sent", rule=anyone)
def send_entry_code(act: Act, address: str, *, instead_of: int | None = None) -> Code:
    """A code that lets in whoever reads it, by mail or text message: the same work whoever has the address.

    `instead_of`: the code that the same browser was sent before; it holds no longer.
    """
    db.session.execute(
        update(Code).where(Code.id == (instead_of or 0), Code.purpose == "enter").values(spent_at=act.at)
    )
    code = Code(purpose="enter", kind=contact_kind(address), value=address, locale=current.locale,
                expires_at=act.at + SHORT)  # fmt: skip
    db.session.add(code)
    db.session.flush()
    _tell(code)
    return code


def _tell(code: Code) -> None:
    tell(f"code:{code.id}", "accounts/code" if code.kind == "phone" else f"accounts/{code.purpose}", code)


def forget_entry_codes() -> None:
    """Drop entry codes of days gone by, and with them addresses that never became an account."""
    with transaction():
        db.session.execute(
            delete(Code).where(Code.purpose == "enter", Code.created_at < clock.now() - timedelta(days=1))
        )


def is_open(code: Code) -> bool:
    """Whether the code can still be spent."""
    return code.spent_at is None and code.expires_at > clock.now()


def fits(code_id: int, typed: str) -> bool:
    """Whether these digits are the code's. Each try is counted, also a wrong one; after five it holds no longer."""
    with transaction():
        code = db.session.get(Code, code_id, with_for_update=LOCK, populate_existing=True)
        if code is None or not is_open(code) or code.attempts >= ATTEMPTS:
            return False
        code.attempts += 1
        return hmac.compare_digest(proofs.digits(code).encode(), proofs.typed_digits(typed).encode())
