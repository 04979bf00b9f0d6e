"""One's own mail address, changed: confirmed at the new one, told to the old one, with a way back."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.accounts import actions, passwords, queries
from campapp.accounts.actions import throttle
from campapp.accounts.actions.address import Elsewhere
from campapp.accounts.actions.code import fits, is_open
from campapp.accounts.forms import ChangeForm, CodeForm
from campapp.accounts.models import Account, Code
from campapp.accounts.views.account import account_page
from campapp.accounts.views.confirmation import code_of
from campapp.accounts.views.entering import let_out
from campapp.core.access import find, signed_in
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, public, to

bp = Blueprint("address", __name__)
TAKEN = "accounts/address/taken.html"


@bp.post("/account/address")
@guarded_by(signed_in)
def create() -> Response:
    """Ask; until the new one is confirmed, everything stays with the old one."""
    account, form = find(Account, current.actor.account_id or 0), ChangeForm.of(sent=request.form)
    if not form.validate():
        return account_page(account, status=422, change=form)
    address = form.address.data
    throttle.spend((throttle.CODE, ("password", str(account.id))), (throttle.MAIL_ADDRESS, (address,)))
    account = find(Account, account.id)
    if account.password and not passwords.matches(account.password, form.password.data or ""):
        form.blame("password", _("This is not your password."))
        return account_page(account, status=422, change=form)
    actions.ask_for_address(account, address)
    return to("accounts.account.show", done=_("We sent a code to %(address)s.", address=address))


@bp.post("/account/address/code")
@guarded_by(signed_in)
def typed() -> Response:
    """The code that came to the new address, typed on the account's page."""
    account, form = find(Account, current.actor.account_id or 0), CodeForm.of(sent=request.form)
    code = queries.latest_code(account.id, "change")
    if not form.validate():
        return account_page(account, status=422, code=form)
    throttle.spend((throttle.CODE, (str(account.id),)))
    if code is None or not fits(code.id, form.code.data):
        form.blame("code", _("This is not the code of the latest mail, or it is too old."))
        return account_page(find(Account, account.id), status=422, code=form)
    return _change(code, "accounts.account.show")


def _change(code: Code, onward: str) -> Response:
    account = db.session.get_one(Account, code.account_id)
    try:
        actions.change_address(account, code)
    except Elsewhere:
        return page(TAKEN, status=409, address=code.value)
    return to(onward, done=_("From now on everything goes to %(address)s.", address=account.mail))


@bp.get("/account/address/<token>")
@public
def show(token: str) -> Response:
    """What the link to the new address opens: it spends nothing."""
    code = code_of(token, "change")
    account = db.session.get_one(Account, code.account_id)
    return page("accounts/address/show.html", code=code, account=account, usable=is_open(code), token=token)


@bp.post("/account/address/<token>")
@public
def spend(token: str) -> Response:
    """The button at the new address."""
    code = code_of(token, "change")
    mine = current.actor.account_id == code.account_id
    return _change(code, "accounts.account.show" if mine else "accounts.session.new")


@bp.get("/account/address/reversion/<token>")
@public
def revert_page(token: str) -> Response:
    """What "this was not me" opens: it spends nothing."""
    code = code_of(token, "revert")
    return page("accounts/address/revert.html", code=code, usable=is_open(code), token=token)


@bp.post("/account/address/reversion/<token>")
@public
def revert(token: str) -> Response:
    """The old address again, all sessions ended, a way to a new password on its way there."""
    code = code_of(token, "revert")
    try:
        actions.revert_address(db.session.get_one(Account, code.account_id), code)
    except Elsewhere:
        return page(TAKEN, status=409, address=code.value)
    return let_out("/sign-in", done=_("Done. A mail with the way to a new password is on its way to you."))
