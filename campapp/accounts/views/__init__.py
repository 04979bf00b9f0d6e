"""The pages of accounts."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request, url_for

from campapp.accounts import history, inviting_park  # noqa: F401  # they register words and a kind of invitation
from campapp.accounts.actions.throttle import TooMany
from campapp.accounts.views import (
    account,
    acting,
    address,
    by_code,
    confirmation,
    invitation,
    language,
    membership,
    number,
    password,
    people,
    person,
    reset,
    second_factor,
    second_step,
    session,
    sign_up,
)
from campapp.accounts.views.too_many import too_many
from campapp.core.web import rooted, to

bp = Blueprint("accounts", __name__)
for noun in (account, acting, address, by_code, confirmation, invitation, language, membership, number, password,
             people, person, reset, second_factor, second_step, session, sign_up):  # fmt: skip
    bp.register_blueprint(noun.bp)
bp.app_errorhandler(TooMany)(too_many)


FREE = frozenset({"account", "address", "confirmation", "language", "membership", "number", "password", "person",
                  "second_factor", "session"})  # fmt: skip
"""What stays open to somebody whose role waits for a second factor."""


@bp.before_app_request
def hold_back() -> Response | None:
    """A guarded role without the second factor that the park demands leads to the page where it is set up."""
    room, _dot, rest = (request.endpoint or "static").partition(".")
    if not rest or (room == "accounts" and rest.partition(".")[0] in FREE) or not second_factor.held_back():
        return None
    return to("accounts.second_factor.show")


@bp.app_context_processor
def frame() -> dict[str, object]:
    """Where the frame of every page leads, and whether this is the demo."""
    places = {
        "home": rooted("/"), "sign_in": url_for("accounts.session.new"), "session": url_for("accounts.session.destroy"),
        "language": url_for("accounts.language.update"), "membership": url_for("accounts.membership.update"),
        "account": url_for("accounts.account.show"), "acting": url_for("accounts.acting.create"),
        "search": rooted("/search"),
    }  # fmt: skip
    return {"places": places, "demo": current_app.config["SETTINGS"].demo}
