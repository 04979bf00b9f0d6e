"""The second proof of signing in."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, request
from flask import session as browser

from campapp.accounts import actions
from campapp.accounts.actions import throttle
from campapp.accounts.forms import SecondStepForm
from campapp.accounts.models import Account
from campapp.accounts.views.entering import PENDING, let_in_proved
from campapp.core import clock
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import page, public, to

bp = Blueprint("second_step", __name__)
HOLDS = timedelta(minutes=10)
"""How long the first proof waits for the second."""


def _pending() -> tuple[int, str, str] | None:
    """Whose second proof this browser owes, where it goes on to, and what the first proof was."""
    found = browser.get(PENDING)
    if not found or clock.now().timestamp() - found["at"] > HOLDS.total_seconds():
        browser.pop(PENDING, None)
        return None
    return int(found["account"]), str(found["then"]), str(found["proof"])


@bp.get("/sign-in/second-step")
@public
def new() -> Response:
    """The field, for who has just given the first proof."""
    if _pending() is None:
        return to("accounts.session.new")
    return page("accounts/second_step/new.html", form=SecondStepForm.of())


@bp.post("/sign-in/second-step")
@public
def create() -> Response:
    """The code; each try is counted by the account."""
    pending, form = _pending(), SecondStepForm.of(sent=request.form)
    if pending is None:
        return to("accounts.session.new", done=_("That took too long. Begin again, please."))
    if not form.validate():
        return page("accounts/second_step/new.html", fragment="form", status=422, form=form)
    account_id, onward, proof = pending
    throttle.spend((throttle.CODE, ("second", str(account_id))))
    account = db.session.get_one(Account, account_id)
    if not actions.take_second_step(account, form.code.data):
        form.blame("code", _("This is not right, or has been used. Type the code that the app shows now."))
        return page("accounts/second_step/new.html", fragment="form", status=422, form=form)
    return let_in_proved(account, onward, proof=proof)
