"""The pages of accounts."""

from __future__ import annotations

from flask import Blueprint, current_app, url_for

from campapp.accounts import history, inviting_park  # noqa: F401  # they register words and a kind of invitation
from campapp.accounts.actions.throttle import TooMany
from campapp.accounts.views import (
    account,
    acting,
    address,
    confirmation,
    invitation,
    language,
    membership,
    password,
    people,
    person,
    reset,
    session,
    sign_up,
)
from campapp.accounts.views.too_many import too_many

bp = Blueprint("accounts", __name__)
for noun in (account, acting, address, confirmation, invitation, language, membership, password, people, person, reset,
             session, sign_up):  # fmt: skip
    bp.register_blueprint(noun.bp)
bp.app_errorhandler(TooMany)(too_many)


@bp.app_context_processor
def frame() -> dict[str, object]:
    """Where the frame of every page leads, and whether this is the demo."""
    places = {
        "home": "/", "sign_in": url_for("accounts.session.new"), "session": url_for("accounts.session.destroy"),
        "language": url_for("accounts.language.update"), "membership": url_for("accounts.membership.update"),
        "account": url_for("accounts.account.show"), "acting": url_for("accounts.acting.create"),
        "search": "/search",
    }  # fmt: skip
    return {"places": places, "demo": current_app.config["SETTINGS"].demo}
