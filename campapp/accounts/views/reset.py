"""A forgotten password: the same answer for every address."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.accounts import actions, passwords, queries
from campapp.accounts.actions import throttle
from campapp.accounts.actions.code import fits, is_open
from campapp.accounts.forms import AskForm, PasswordForm, ResetForm
from campapp.accounts.models import Account, Code
from campapp.accounts.views.confirmation import code_of
from campapp.accounts.views.entering import let_in
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import page, public

bp = Blueprint("reset", __name__)


@bp.get("/reset")
@public
def new() -> Response:
    """Which address?"""
    return page("accounts/reset/new.html", form=AskForm.of(address=request.args.get("address")))


@bp.post("/reset")
@public
def create() -> Response:
    """A job is queued whoever has the address; the worker looks it up."""
    form = AskForm.of(sent=request.form)
    if not form.validate():
        return page("accounts/reset/new.html", fragment="form", status=422, form=form)
    address = form.address.data
    throttle.spend((throttle.MAIL_ADDRESS, (address,)), (throttle.MAIL_PLACE, (throttle.here(),)))
    actions.ask_for_reset(address)
    return page("accounts/reset/sent.html", form=ResetForm.of(address=address), address=address)


@bp.post("/reset/code")
@public
def typed() -> Response:
    """Code and new password, typed on the same page; each try is counted by the address, whoever has it."""
    form = ResetForm.of(sent=request.form)
    address = str(form.address.data or "")[:254]
    if not form.validate():
        return page("accounts/reset/sent.html", fragment="form", status=422, form=form, address=address)
    throttle.spend((throttle.CODE, ("reset", address)), (throttle.SIGN_IN_PLACE, (throttle.here(),)))
    password = passwords.hashed(form.password.data)
    owner = queries.owner_of("mail", address)
    code = queries.latest_code(owner.id if owner else 0, "reset")
    if owner is None or not fits(code.id if code else 0, form.code.data) or code is None:
        form.blame("code", _("This is not the code of the latest mail, or it is too old."))
        return page("accounts/reset/sent.html", fragment="form", status=422, form=form, address=address)
    return _reset(owner.id, code.id, password)


def _reset(account_id: int, code_id: int, password: str) -> Response:
    account = db.session.get_one(Account, account_id)
    actions.reset_password(account, db.session.get_one(Code, code_id), password)
    words = _("Your password is changed; everywhere else you are signed out.")
    return let_in(account, "/", done=words)


@bp.get("/reset/<token>")
@public
def show(token: str) -> Response:
    """What the link opens: it spends nothing."""
    code = code_of(token, "reset")
    return page("accounts/reset/show.html", form=PasswordForm.of(), usable=is_open(code), token=token)


@bp.post("/reset/<token>")
@public
def spend(token: str) -> Response:
    """A new password by the link."""
    code, form = code_of(token, "reset"), PasswordForm.of(sent=request.form)
    if not form.validate():
        return page(
            "accounts/reset/show.html",
            fragment="form",
            status=422,
            form=form,
            usable=is_open(code),
            token=token,
        )
    return _reset(code.account_id or 0, code.id, passwords.hashed(form.password.data))
