"""Sign up: an account at once, its address confirmed afterwards."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.accounts import actions, passwords
from campapp.accounts.actions import throttle
from campapp.accounts.forms import SignUpForm
from campapp.accounts.views.entering import let_in
from campapp.core.current import current
from campapp.core.web import page, public, safe_next, to

bp = Blueprint("sign_up", __name__)


@bp.get("/sign-up")
@public
def new() -> Response:
    """The form; `then` is where the person wanted to go."""
    if current.actor.is_authenticated:
        return to(safe_next(request.args.get("then")) or "/")
    form = SignUpForm.of(then=request.args.get("then", ""), address=None)
    return page("accounts/sign_up/new.html", form=form)


@bp.post("/sign-up")
@public
def create() -> Response:
    """The same work and the same answer whoever has the address."""
    form = SignUpForm.of(sent=request.form)
    if not form.validate():
        return page("accounts/sign_up/new.html", fragment="form", status=422, form=form)
    throttle.spend(
        (throttle.SIGN_UP_PLACE, (throttle.here(),)), (throttle.MAIL_ADDRESS, (form.address.data,))
    )  # fmt: skip
    account = actions.sign_up(
        name=form.name.data, address=form.address.data, password=passwords.hashed(form.password.data),
        locale=current.locale, zone=current.zone,
    )  # fmt: skip
    return let_in(account, url_for("accounts.confirmation.new", then=form.onward()))
