"""The error pages: what happened, that nothing was lost, what was typed, what to do."""

from __future__ import annotations

import logging
import re
from typing import Any

from flask import Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from campapp.core.access import Refused
from campapp.core.action import Gone
from campapp.core.current import current
from campapp.core.db import let_go
from campapp.core.events import Stale
from campapp.core.states import NotAllowed
from campapp.core.trouble import FULL, ailment
from campapp.core.web import to

log = logging.getLogger(__name__)
KNOWN = frozenset({404, 405, 409, 413, 422, 429, 500, 503})
UNTYPED = re.compile(r"csrf_token|nonce|seen|next|then|chosen|fields|section|version.*|.*password.*")
"""Names of fields that a page put there itself, and of secrets, which no page repeats."""
TOKEN = re.compile(r"[0-9a-f]{16,}|[0-9,:.]*")


def answer_errors(app: Flask) -> None:
    """Register a page for whatever a view may raise."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, lambda _problem: _error(400, "400"))
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Gone, lambda _problem: _error(404, "404"))
    app.register_error_handler(Stale, lambda problem: _error(409, "409", problem=problem))
    app.register_error_handler(NotAllowed, lambda problem: _error(409, "409", problem=problem))
    app.register_error_handler(DBAPIError, _unexpected)
    app.register_error_handler(OSError, _unexpected)
    app.register_error_handler(Exception, _unexpected)


def _http(problem: HTTPException) -> Response:
    code = problem.code or 500
    if code < 400:
        return problem.get_response()  # type: ignore[return-value]
    return _error(code, str(code) if code in KNOWN else ("404" if code < 500 else "500"))


def _refused(problem: Refused) -> Response:
    if not problem.reason and not current.actor.is_authenticated and request.method == "GET":
        return to("accounts.session.new", then=request.full_path.rstrip("?"))  # perhaps it is theirs
    if not problem.reason:
        return _error(404, "404")
    return _error(403, "refused", reason=problem.reason)


def _unexpected(problem: Exception) -> Response:
    what = ailment(problem)
    if what:
        cause = getattr(problem, "orig", problem)
        log.error("%s: %s: %s (request %s)", what, type(cause).__name__, cause, current.request_id)
        return _error(507, "507", **_sent()) if what == FULL else _busy()
    log.error("unexpected (request %s)", current.request_id, exc_info=problem)
    return _error(500, "500")


def _busy() -> Response:
    answer = _error(503, "503", **_sent())
    answer.headers["Retry-After"] = "10"
    return answer


def _sent() -> dict[str, Any]:
    """What the failed request carried: every field, to be sent once more, and what of it a person typed."""
    if request.method == "GET":
        return {"again": None}
    try:
        form = list(request.form.items(multi=True))
    except (OSError, HTTPException):  # the upload was being written down when the room ran out
        form = []
    again = [(name, text) for name, text in form if name != "csrf_token" and "password" not in name]
    typed = [text for name, text in again if not UNTYPED.fullmatch(name) and not TOKEN.fullmatch(text)]
    return {"again": again, "typed": typed, "files": "multipart" in (request.content_type or "")}


def _error(code: int, name: str, **rows: Any) -> Response:
    let_go()
    g.guard_asked = True
    try:
        text = render_template(f"errors/{name}.html", **rows)
    except DBAPIError:  # it asks who reads it: a connection that was cut is asked once more, on a new one
        let_go()
        text = render_template(f"errors/{name}.html", **rows)
    return Response(text, status=code, mimetype="text/html")
