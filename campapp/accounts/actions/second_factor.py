"""The second factor: an authenticator app, and recovery codes for who loses it."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp
from sqlalchemy import select

from campapp.accounts import proofs
from campapp.accounts.models import Account, SecondFactor, fresh_salt
from campapp.accounts.rules import correcting, own_account
from campapp.core.access import Refused, anyone
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.outbox import tell

STEP = 30
"""Seconds; the usual of RFC 6238, and what every app takes for granted."""


def _of(account: Account) -> SecondFactor | None:
    return db.session.scalars(
        select(SecondFactor)
        .where(SecondFactor.account_id == account.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()


@action("second_factor_begun", rule=own_account)
def begin_second_factor(act: Act, account: Account) -> SecondFactor:
    """A new secret to be scanned; it guards nothing before the app has shown a right code."""
    factor = _of(account)
    if factor is None:
        factor = SecondFactor(account_id=account.id)
        db.session.add(factor)
    elif factor.confirmed_at is None:
        factor.salt = fresh_salt()
    db.session.flush()
    return factor


@action("second_factor_confirmed", rule=own_account)
def confirm_second_factor(act: Act, account: Account, typed: str) -> bool:
    """The app shows a right code: from now on signing in asks for one. False: it is not right."""
    factor = _of(account)
    if factor is None or factor.confirmed_at is not None or not _by_app(factor, typed, act.at):
        return False
    factor.confirmed_at, factor.recovery_salt, factor.used = act.at, fresh_salt(), []
    tell(account, "accounts/second_factor_on", account)
    return True


@action("second_step_taken", rule=anyone)
def take_second_step(act: Act, account: Account, typed: str) -> bool:
    """Whether this is a code of the app, or a recovery code not yet used; either is used up by it."""
    factor = _of(account)
    if factor is None or factor.confirmed_at is None:
        return False
    by_app, by_code = _by_app(factor, typed, act.at), _by_recovery(factor, typed)
    act.note(how="app" if by_app else "recovery code" if by_code else "wrong")
    if by_code:
        tell(
            account,
            "accounts/recovery_code_used",
            account,
            left=len(proofs.recovery_codes(factor)) - len(factor.used),
        )
    return by_app or by_code


@action("recovery_codes_renewed", rule=own_account)
def renew_recovery_codes(act: Act, account: Account) -> None:
    """Ten new ones; the old ones let nobody in."""
    factor = _of(account)
    if factor is None:
        raise Refused("renew_recovery_codes", _("There is no second factor yet."))
    factor.recovery_salt, factor.used = fresh_salt(), []


@action("second_factor_dropped", rule=own_account)
def drop_second_factor(act: Act, account: Account) -> None:
    """Signing in asks for one proof again."""
    _drop(account)


@action("second_factor_lifted", rule=correcting)
def lift_second_factor(act: Act, account: Account, *, reason: str) -> None:
    """An administrator helps who lost app and recovery codes, after making sure who it is."""
    act.because(reason)
    _drop(account)


def _drop(account: Account) -> None:
    factor = _of(account)
    if factor is not None:
        db.session.delete(factor)
        if factor.confirmed_at is not None:
            tell(account, "accounts/second_factor_off", account)


def _by_app(factor: SecondFactor, typed: str, at: datetime) -> bool:
    """Whether it is the code of this half-minute or of a neighbour, later than the last one taken."""
    code, step = proofs.typed_digits(typed), int(at.timestamp()) // STEP
    app = pyotp.TOTP(proofs.totp_secret(factor))
    fitting = [
        one for one in (step - 1, step, step + 1)
        if one > factor.last_step and hmac.compare_digest(app.generate_otp(one).encode(), code.encode())
    ]  # fmt: skip
    if fitting:
        factor.last_step = fitting[0]
    return bool(fitting)


def _by_recovery(factor: SecondFactor, typed: str) -> bool:
    bare = "".join(c for c in typed.lower() if c.isalnum()).encode()
    fitting = [
        n for n, code in enumerate(proofs.recovery_codes(factor))
        if n not in factor.used and hmac.compare_digest(code.replace("-", "").encode(), bare)
    ]  # fmt: skip
    if fitting:
        factor.used = [*factor.used, fitting[0]]
    return bool(fitting)
