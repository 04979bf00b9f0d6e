"""The language is a switch: a cookie, and the account's own choice."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from campapp.accounts import actions
from campapp.accounts.models import Account
from campapp.core.access import find
from campapp.core.current import current
from campapp.core.language import LOCALES
from campapp.core.web import public, safe_next, to

bp = Blueprint("language", __name__)
YEAR = 365 * 24 * 3600


@bp.post("/language")
@public
def update() -> Response:
    """Speak another language from now on, and stay on the page."""
    locale = request.form.get("language", "")
    answer = to(_page_at(safe_next(request.form.get("next", "").rstrip("?")) or "/"))
    if locale not in LOCALES:
        return answer
    if current.actor.account_id:
        account = find(Account, current.actor.account_id)
        if account.locale != locale:
            actions.speak(account, locale)
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.set_cookie("locale", locale, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)
    return answer


def _page_at(path: str) -> str:
    """The page of an address; where it only takes what is sent (a form came back from it), the nearest above it."""
    adapter, here = current_app.create_url_adapter(request), path.partition("?")[0]
    gone: tuple[type[Exception], ...] = (MethodNotAllowed,)
    while adapter is not None and here.strip("/"):
        try:
            adapter.match(here, method="GET")
        except gone:
            path = here = here.rpartition("/")[0]
            gone = (MethodNotAllowed, NotFound)
        except (NotFound, RequestRedirect):
            break
        else:
            break
    return path or "/"
