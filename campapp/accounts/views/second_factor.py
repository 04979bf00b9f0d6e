"""One's own second factor: an app that shows codes, and recovery codes to print."""

from __future__ import annotations

import pyotp
import segno
from flask import Blueprint, Response, g, request

from campapp.accounts import actions, proofs, queries
from campapp.accounts.actions import throttle
from campapp.accounts.forms import SecondStepForm
from campapp.accounts.models import Account, SecondFactor
from campapp.core.access import find, signed_in
from campapp.core.current import GUARDED, current
from campapp.core.language import gettext as _
from campapp.core.park import Park
from campapp.core.web import guarded_by, page, to

bp = Blueprint("second_factor", __name__)


def held_back() -> bool:
    """Whether the role in use waits for a second factor, because the park says so."""
    park: Park | None = g.get("park")
    actor = current.actor
    wanted = park is not None and bool(park.options.get("second_factor"))
    return (
        wanted
        and actor.membership.role in GUARDED
        and not actor.second_factor
        and actor.session_id is not None
    )


def _myself() -> Account:
    return find(Account, current.actor.account_id or 0)


def _page(
    form: SecondStepForm | None = None, *, codes: list[str] | None = None, status: int = 200
) -> Response:
    account = _myself()
    factor = queries.second_factor_of(account.id)
    on = factor is not None and factor.confirmed_at is not None
    left = 10 - len(factor.used) if factor and on else 0
    return page(
        "accounts/second_factor/show.html", status=status, form=form or SecondStepForm.of(), factor=factor, on=on,
        codes=codes, left=left, needed=held_back(), **(_to_scan(factor, account) if factor and not on else {}),
    )  # fmt: skip


def _to_scan(factor: SecondFactor, account: Account) -> dict[str, str]:
    park: Park | None = g.get("park")
    secret = proofs.totp_secret(factor)
    issuer = park.name("en") if park else "campapp"
    name = account.mail or account.phone or account.name
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)
    return {
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "picture": segno.make(address, error="m").png_data_uri(scale=5, border=4),
    }


@bp.get("/account/second-factor")
@guarded_by(signed_in)
def show() -> Response:
    """What it is, and the next step with it."""
    return _page()


@bp.post("/account/second-factor")
@guarded_by(signed_in)
def create() -> Response:
    """A secret to scan."""
    actions.begin_second_factor(_myself())
    return to(".show")


@bp.post("/account/second-factor/confirmation")
@guarded_by(signed_in)
def confirm() -> Response:
    """The first code of the app; then the recovery codes, once."""
    form = _typed()
    if isinstance(form, Response):
        return form
    if not actions.confirm_second_factor(_myself(), form.code.data):
        return _wrong(form)
    return _with_codes()


@bp.post("/account/second-factor/recovery-codes")
@guarded_by(signed_in)
def renew() -> Response:
    """New recovery codes, by a code of the app or an old one."""
    form = _typed()
    if isinstance(form, Response):
        return form
    if not actions.take_second_step(_myself(), form.code.data):
        return _wrong(form)
    actions.renew_recovery_codes(_myself())
    return _with_codes()


@bp.delete("/account/second-factor")
@guarded_by(signed_in)
def destroy() -> Response:
    """Without it again, by a code of the app or a recovery code."""
    form = _typed()
    if isinstance(form, Response):
        return form
    if not actions.take_second_step(_myself(), form.code.data):
        return _wrong(form)
    actions.drop_second_factor(_myself())
    return to("accounts.account.show", done=_("Signing in asks for one proof again."))


def _typed() -> SecondStepForm | Response:
    form = SecondStepForm.of(sent=request.form)
    if not form.validate():
        return _page(form, status=422)
    throttle.spend((throttle.CODE, ("second", str(current.actor.account_id))))
    return form


def _wrong(form: SecondStepForm) -> Response:
    form.blame("code", _("This is not right, or has been used. Type the code that the app shows now."))
    return _page(form, status=422)


def _with_codes() -> Response:
    factor = queries.second_factor_of(_myself().id)
    return _page(codes=proofs.recovery_codes(factor) if factor else None)
