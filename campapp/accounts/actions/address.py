"""Addresses are confirmed, changed, taken back and corrected."""

from __future__ import annotations

from sqlalchemy import select, update

from campapp.accounts.actions.absorbing import absorb
from campapp.accounts.actions.code import is_open, send_code
from campapp.accounts.actions.session import drop_sessions
from campapp.accounts.models import Account, Address, Code
from campapp.accounts.rules import correcting, own_account
from campapp.core.access import Refused, anyone
from campapp.core.action import Act, action
from campapp.core.db import LOCK, db
from campapp.core.language import gettext as _
from campapp.core.outbox import tell
from campapp.core.text.codes import masked_mail


class Elsewhere(Exception):
    """The address belongs to another account; said only to who has proved that the mailbox is theirs."""


@action("address_confirmed", rule=anyone)
def confirm_address(act: Act, account: Account, code: Code, *, here: bool) -> Account:
    """The code's address is this account's now: the account that holds it.

    `here`: the code was typed in the account's own session. Only then an older account with this address takes over
    what the new one began; a link pressed elsewhere must not mix two people's things.

    Raises:
        Elsewhere: another account has the address, and the code was not typed here.
    """
    spend(act, code, "confirm")
    owner_id = owner_locked("mail", code.value)
    if owner_id is not None and owner_id != account.id:
        if not here:
            raise Elsewhere
        owner = db.session.get_one(Account, owner_id)
        absorb(owner, account, at=act.at)
        act.about(owner)
        return owner
    address = next((a for a in account.addresses if a.kind == "mail" and a.value == code.value), None)
    if address is None:
        raise Refused("confirm_address", _("This address is no longer the account's."))
    address.confirmed_at = act.at
    return account


@action("address_change_asked", rule=own_account)
def ask_for_address(act: Act, account: Account, address: str) -> Code:
    """Another mail address: a code goes there, and until it is confirmed everything stays with the present one."""
    return _ask(act, account, address)


@action("address_corrected", rule=correcting)
def correct_address(act: Act, account: Account, address: str, *, reason: str) -> Code:
    """An administrator helps who cannot reach their mailbox: the new one must still confirm, the old one is told."""
    act.because(reason)
    return _ask(act, account, address)


def _ask(act: Act, account: Account, address: str) -> Code:
    if account.holds("mail") is None:
        type_in(account, "mail", address)
        return send_code(account, "confirm", address)
    _warn(account, "accounts/change_asked", address)
    return send_code(account, "change", address)


def type_in(account: Account, kind: str, value: str) -> None:
    """Keep an address as typed, inside the running action: it claims nothing until it is confirmed."""
    typed = next((a for a in account.addresses if a.kind == kind and a.confirmed_at is None), None)
    if typed is None:
        account.addresses.append(Address(account_id=account.id, kind=kind, value=value))
    else:
        typed.value = value


def _warn(account: Account, template: str, new: str) -> None:
    """Tell the old address, with the way back."""
    revert = send_code(account, "revert", account.mail, silent=True)
    tell(f"code:{revert.id}", template, revert, new=masked_mail(new))


@action("address_changed", rule=anyone)
def change_address(act: Act, account: Account, code: Code) -> None:
    """The new address is proved: from now on everything goes there; the old one is told, with the way back.

    Raises:
        Elsewhere: another account has it.
    """
    spend(act, code, "change")
    owner_id = owner_locked("mail", code.value)
    if owner_id is not None and owner_id != account.id:
        raise Elsewhere
    _warn(account, "accounts/changed", code.value)
    put(act, account, "mail", code.value)


@action("address_reverted", rule=anyone)
def revert_address(act: Act, account: Account, code: Code) -> Code:
    """ "This was not me": the old address again, all sessions ended, the password void, a reset on its way."""
    spend(act, code, "revert")
    owner_id = owner_locked("mail", code.value)
    if owner_id is not None and owner_id != account.id:
        raise Elsewhere
    db.session.execute(
        update(Code).where(Code.account_id == account.id, Code.spent_at.is_(None)).values(spent_at=act.at)
    )
    put(act, account, "mail", code.value)
    account.password = ""
    drop_sessions(act, account.id)
    return send_code(account, "reset", code.value)


def spend(act: Act, code: Code, purpose: str) -> None:
    """Use up a code inside the running action; refused where it holds no longer."""
    db.session.refresh(code, with_for_update=LOCK)
    if code.purpose != purpose or not is_open(code):
        raise Refused("code", _("This link or code has been used or is too old. Ask for a new one."))
    code.spent_at = act.at


def put(act: Act, account: Account, kind: str, value: str) -> None:
    """This is the account's confirmed address of its kind now, in place of the one before or the one typed."""
    address = next((a for a in account.addresses if a.kind == kind and a.confirmed_at), None)
    address = address or next((a for a in account.addresses if a.kind == kind), None)
    if address is None:
        account.addresses.append(Address(account_id=account.id, kind=kind, value=value, confirmed_at=act.at))
        return
    act.personal["address"] = [address.value, value]
    address.value, address.confirmed_at = value, act.at


def owner_locked(kind: str, value: str) -> int | None:
    """The account that has confirmed this address; all rows with it are locked, so that two cannot confirm at once."""
    rows = db.session.scalars(
        select(Address)
        .where(Address.kind == kind, Address.value == value)
        .order_by(Address.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    return next((row.account_id for row in rows if row.confirmed_at), None)
