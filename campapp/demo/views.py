"""Look around as: one click, only in the demo."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app

from campapp.accounts.views.entering import let_in
from campapp.core.access import Verdict, rule
from campapp.core.current import SYSTEM, Actor, current
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by
from campapp.demo.people import CAST
from campapp.demo.planting import accounts
from campapp.settings import Settings

bp = Blueprint("demo", __name__)


@rule
def only_in_the_demo(_actor: Actor, _row: object) -> Verdict:
    """Anybody, but only where this is the demo park."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.demo


@bp.post("/demo/as/<key>")
@guarded_by(only_in_the_demo)
def create(key: str) -> Response:
    """Sign in as one of the demo's people."""
    roles = {person.mail: person.key for person in CAST}
    for _role, _zh, account in accounts():
        if roles.get(account.mail) == key:
            with current.set(actor=SYSTEM):
                return let_in(account, "/", done=_("You are looking around as %(name)s.", name=account.name))
    return abort(404)
