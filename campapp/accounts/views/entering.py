"""From a new session to the cookie."""

from __future__ import annotations

from flask import Response, current_app, request
from flask import session as browser

from campapp.accounts.actions import begin_session, throttle
from campapp.accounts.models import Account
from campapp.accounts.sessions import COOKIE, LASTS
from campapp.core.web import to


def let_in(account: Account, onward: str, *, done: str = "") -> Response:
    """Begin a session of this account and go on; what the browser held for somebody before is dropped."""
    token = begin_session(account, agent=request.user_agent.string, address=throttle.here())
    browser.clear()
    answer = to(onward, done=done)
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.set_cookie(COOKIE, token, max_age=LASTS, httponly=True, samesite="Lax", secure=secure)
    return answer


def let_out(onward: str, *, done: str = "") -> Response:
    """Go on without the cookie."""
    browser.clear()
    answer = to(onward, done=done)
    answer.delete_cookie(COOKIE, samesite="Lax")
    return answer
