"""What a person says of themselves."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.accounts import actions
from campapp.accounts.forms import MyselfForm
from campapp.accounts.models import Account
from campapp.accounts.views.account import account_page
from campapp.core.access import find, signed_in
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.text import numbers
from campapp.core.web import guarded_by, to

bp = Blueprint("person", __name__)


@bp.post("/account")
@guarded_by(signed_in)
def update() -> Response:
    """Name, language, time zone."""
    account, form = find(Account, current.actor.account_id or 0), MyselfForm.of(sent=request.form)
    if not form.validate():
        return account_page(account, status=422, myself=form)
    version = numbers.key(form.version.data) or account.version
    actions.describe_myself(
        account, name=form.name.data, locale=form.locale.data, zone=form.zone.data, version=version
    )
    return to("accounts.account.show", done=_("Saved."))
