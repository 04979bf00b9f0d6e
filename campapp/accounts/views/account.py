"""One's own account on one page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from campapp.accounts import queries
from campapp.accounts.forms import ChangeForm, ChangePasswordForm, CodeForm, MyselfForm, NumberForm, zones
from campapp.accounts.models import Account, Code
from campapp.core import clock
from campapp.core.access import find, signed_in
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.web import guarded_by, page

bp = Blueprint("account", __name__)


@bp.get("/account")
@guarded_by(signed_in)
def show() -> Response:
    """Name, language, zone, addresses, password, second factor, sessions."""
    return account_page(find(Account, current.actor.account_id or 0))


def account_page(account: Account, *, status: int = 200, **forms: Any) -> Response:
    """The page, with the form that was just refused in its place."""
    pending, number_pending = _open(account, "change"), _open(account, "number")
    rows: dict[str, Any] = {
        "myself": MyselfForm.of(account), "change": ChangeForm.of(), "code": CodeForm.of(),
        "password": ChangePasswordForm.of(), "number": NumberForm.of(), "number_code": CodeForm.of(),
    }  # fmt: skip
    sessions = db.session.scalars(queries.open_sessions(account.id)).all()
    return page("accounts/account/show.html", status=status, account=account, pending=pending, sessions=sessions,
                zones=zones(account.zone), number_pending=number_pending,
                needs_present=needs_present(account), **{**rows, **forms})  # fmt: skip


def needs_present(account: Account) -> bool:
    """Whether a new password asks for the one before: there is one, and this session did not just begin by a code."""
    return bool(account.password) and not queries.proved_lately(current.actor.session_id or 0)


def _open(account: Account, purpose: str) -> Code | None:
    """The code of a purpose that waits to be typed."""
    code = queries.latest_code(account.id, purpose)
    return code if code is not None and code.expires_at > clock.now() else None
