"""Mobile numbers: kept as a contact, confirmed by a code, corrected by staff, taken away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from campapp.accounts.actions.address import Elsewhere, owner_locked, put, spend, type_in
from campapp.accounts.actions.code import send_code, void_codes
from campapp.accounts.models import Account, Code
from campapp.accounts.rules import correcting, own_account
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.outbox import tell
from campapp.core.text.codes import masked_phone


@action("number_kept", rule=own_account)
def keep_number(act: Act, account: Account, number: str) -> None:
    """A number that nobody can confirm here: an unverified contact, in place of one before."""
    type_in(account, "phone", number)


@action("number_asked", rule=own_account)
def ask_for_number(act: Act, account: Account, number: str) -> Code:
    """A code goes to the number; until it is typed, nothing changes."""
    return send_code(account, "number", number)


@action("number_confirmed", rule=own_account)
def confirm_number(act: Act, account: Account, code: Code) -> None:
    """The number is proved: it signs in from now on; the one before no longer does, and is told.

    Raises:
        Elsewhere: another account has confirmed it.
    """
    spend(act, code, "number")
    if owner_locked("phone", code.value) not in (None, account.id):
        raise Elsewhere
    take_number(act, account, code.value)


def take_number(act: Act, account: Account, number: str) -> None:
    """The account's confirmed number is this one now, inside the running action."""
    before = account.holds("phone")
    if before is not None and before.value != number:
        farewell = send_code(account, "farewell", before.value, silent=True)
        tell(f"code:{farewell.id}", "accounts/number_changed", farewell)
        if account.mail:
            tell(account, "accounts/number_changed", account, new=masked_phone(number))
    put(act, account, "phone", number)
    for contact in [a for a in account.addresses if a.kind == "phone" and a.confirmed_at is None]:
        account.addresses.remove(contact)
        db.session.delete(contact)


@action("number_dropped", rule=own_account)
def drop_number(act: Act, account: Account) -> None:
    """No number any more; refused where it is the only way in."""
    if account.holds("phone") and account.holds("mail") is None:
        raise Refused(
            "drop_number", _("Confirm a mail address first: without the number nothing lets you in.")
        )
    for address in [a for a in account.addresses if a.kind == "phone"]:
        act.personal["address"] = [address.value, ""]
        account.addresses.remove(address)
        db.session.delete(address)
    void_codes(act, account.id, "number")


@action("number_corrected", rule=correcting)
def correct_number(act: Act, account: Account, number: str, *, reason: str) -> Code:
    """Staff help who mistyped a number or lost it: whoever signs in with a code to the new one within two weeks is in
    this account, and it is the account's from then on."""
    act.because(reason)
    if owner_locked("phone", number) not in (None, account.id):
        raise Refused("correct_number", _("Another account has confirmed this number."))
    if account.holds("phone") is None:
        type_in(account, "phone", number)
    return send_code(account, "adopt", number, silent=True)


def adopting(number: str, at: datetime) -> Code | None:
    """The correction that waits for somebody who proves to have this number; none where two accounts wait for it."""
    found = db.session.scalars(
        select(Code)
        .join(Account, Account.id == Code.account_id)
        .where(Code.purpose == "adopt", Code.value == number, Code.spent_at.is_(None), Code.expires_at > at)
        .where(Account.erased_at.is_(None))
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None
