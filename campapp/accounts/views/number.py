"""One's own mobile number."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.accounts import actions, passwords, queries
from campapp.accounts.actions import throttle
from campapp.accounts.actions.address import Elsewhere
from campapp.accounts.actions.code import fits
from campapp.accounts.forms import CodeForm, NumberForm
from campapp.accounts.models import Account, Code
from campapp.accounts.views.account import account_page
from campapp.accounts.views.by_code import spend_limits
from campapp.core import sms
from campapp.core.access import find, signed_in
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.text.codes import masked_phone, phone_shown
from campapp.core.web import guarded_by, page, to

bp = Blueprint("number", __name__)
HERE = "accounts.account.show"


def _myself() -> Account:
    return find(Account, current.actor.account_id or 0)


@bp.post("/account/number")
@guarded_by(signed_in)
def create() -> Response:
    """A code goes there; where no text message can, the number is kept as a contact that nobody has confirmed."""
    account, form = _myself(), NumberForm.of(sent=request.form)
    if not form.validate():
        return account_page(account, status=422, number=form)
    value = form.number.data
    throttle.spend((throttle.CODE, ("password", str(account.id))))
    account = _myself()
    if account.password and not passwords.matches(account.password, form.password.data or ""):
        form.blame("password", _("This is not your password."))
        return account_page(account, status=422, number=form)
    if not sms.reaches("accounts/code", value):
        actions.keep_number(account, value)
        return to(HERE, done=_("Kept as a contact. It does not sign you in."))
    spend_limits(value)
    actions.ask_for_number(_myself(), value)
    return to(HERE, done=_("We sent a code to %(address)s.", address=masked_phone(value)))


@bp.post("/account/number/code")
@guarded_by(signed_in)
def typed() -> Response:
    """The code from the telephone."""
    account, form = _myself(), CodeForm.of(sent=request.form)
    code = queries.latest_code(account.id, "number")
    if not form.validate():
        return account_page(account, status=422, number_code=form)
    throttle.spend((throttle.CODE, (str(account.id),)))
    if code is None or not fits(code.id, form.code.data):
        form.blame("code", _("This is not the code of the latest message, or it is too old."))
        return account_page(_myself(), status=422, number_code=form)
    try:
        actions.confirm_number(_myself(), db.session.get_one(Code, code.id))
    except Elsewhere:
        return page("accounts/number/taken.html", status=409)
    return to(HERE, done=_("%(number)s signs you in from now on.", number=phone_shown(code.value)))


@bp.delete("/account/number")
@guarded_by(signed_in)
def destroy() -> Response:
    """Without a number."""
    actions.drop_number(_myself())
    return to(HERE, done=_("Your number is deleted."))
