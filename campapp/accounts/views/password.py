"""One's own password, changed."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.accounts import actions, passwords
from campapp.accounts.actions import throttle
from campapp.accounts.forms import ChangePasswordForm
from campapp.accounts.models import Account
from campapp.accounts.views.account import account_page, needs_present
from campapp.core.access import find, signed_in
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, to

bp = Blueprint("password", __name__)


@bp.post("/account/password")
@guarded_by(signed_in)
def update() -> Response:
    """By who knows the present one."""
    account, form = find(Account, current.actor.account_id or 0), ChangePasswordForm.of(sent=request.form)
    if not form.validate():
        return account_page(account, status=422, password=form)
    throttle.spend((throttle.CODE, ("password", str(account.id))))
    account = find(Account, account.id)
    if needs_present(account) and not passwords.matches(account.password, form.present.data or ""):
        form.blame("present", _("This is not your present password."))
        return account_page(account, status=422, password=form)
    actions.change_password(account, passwords.hashed(form.password.data))
    return to(
        "accounts.account.show", done=_("Your password is changed; everywhere else you are signed out.")
    )
