"""One's own account on one page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from campapp.accounts import queries
from campapp.accounts.forms import ChangeForm, ChangePasswordForm, CodeForm, MyselfForm, zones
from campapp.accounts.models import Account
from campapp.core import clock
from campapp.core.access import find, signed_in
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.web import guarded_by, page

bp = Blueprint("account", __name__)


@bp.get("/account")
@guarded_by(signed_in)
def show() -> Response:
    """Name, language, zone, address, password, sessions."""
    return account_page(find(Account, current.actor.account_id or 0))


def account_page(account: Account, *, status: int = 200, **forms: Any) -> Response:
    """The page, with the form that was just refused in its place."""
    pending = queries.latest_code(account.id, "change")
    if pending is not None and pending.expires_at <= clock.now():
        pending = None
    rows: dict[str, Any] = {
        "myself": MyselfForm.of(account), "change": ChangeForm.of(), "code": CodeForm.of(),
        "password": ChangePasswordForm.of(),
    }  # fmt: skip
    sessions = db.session.scalars(queries.open_sessions(account.id)).all()
    return page("accounts/account/show.html", status=status, account=account, pending=pending, sessions=sessions,
                zones=zones(account.zone), **{**rows, **forms})  # fmt: skip
