"""From a new session to the cookie; between them the second proof, where the account asks for one."""

from __future__ import annotations

from flask import Response, current_app, request
from flask import session as browser

from campapp.accounts import queries
from campapp.accounts.actions import begin_session, throttle
from campapp.accounts.models import Account
from campapp.accounts.sessions import LASTS, cookie
from campapp.core import clock
from campapp.core.web import to

PENDING = "second"
"""Of whom this browser has given the first proof only."""


def let_in(account: Account, onward: str, *, done: str = "", proof: str = "") -> Response:
    """Begin a session of this account and go on, or ask for the second proof first."""
    factor = queries.second_factor_of(account.id)
    if factor is None or factor.confirmed_at is None:
        return let_in_proved(account, onward, done=done, proof=proof)
    browser.clear()
    browser[PENDING] = {"account": account.id, "at": int(clock.now().timestamp()), "then": onward,
                        "proof": proof}  # fmt: skip
    return to("accounts.second_step.new")


def let_in_proved(account: Account, onward: str, *, done: str = "", proof: str = "") -> Response:
    """Begin a session of this account and go on; what the browser held for somebody before is dropped."""
    token = begin_session(account, agent=request.user_agent.string, address=throttle.here(), proof=proof)
    browser.clear()
    answer = to(onward, done=done)
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.set_cookie(cookie(), token, max_age=LASTS, httponly=True, samesite="Lax", secure=secure)
    return answer


def let_out(onward: str, *, done: str = "") -> Response:
    """Go on without the cookie."""
    browser.clear()
    answer = to(onward, done=done)
    answer.delete_cookie(cookie(), samesite="Lax")
    return answer
