"""Look around as: one click, only in the demo."""

from __future__ import annotations

from flask import Blueprint, Response, abort, url_for

from campapp.accounts.views.entering import let_in
from campapp.core.current import SYSTEM, current
from campapp.core.language import gettext as _
from campapp.core.language import speaking
from campapp.core.web import guarded_by
from campapp.demo.people import CAST
from campapp.demo.planting import accounts
from campapp.demo.rules import only_in_the_demo

bp = Blueprint("role", __name__)


@bp.post("/demo/as/<key>")
@guarded_by(only_in_the_demo)
def create(key: str) -> Response:
    """Sign in as one of the demo's people."""
    roles = {person.mail: person.key for person in CAST}
    for _role, _zh, account in accounts():
        if roles.get(account.mail) == key:
            with current.set(actor=SYSTEM), speaking(account.locale):
                return let_in(
                    account,
                    url_for("desk.home.show"),
                    done=_("You are looking around as %(name)s.", name=account.name),
                )
    return abort(404)
