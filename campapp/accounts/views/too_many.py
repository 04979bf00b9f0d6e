"""What somebody reads who tried too often."""

from __future__ import annotations

from flask import Response, render_template

from campapp.accounts.actions.throttle import TooMany
from campapp.core import clock
from campapp.core.language import ngettext


def too_many(problem: TooMany) -> Response:
    """429, with how long to wait in words and in the header."""
    seconds = max(1, int((problem.until - clock.now()).total_seconds()) + 1)
    minutes = -(-seconds // 60)
    if seconds <= 90:
        wait = ngettext("%(num)d second", "%(num)d seconds", seconds)
    else:
        wait = ngettext("%(num)d minute", "%(num)d minutes", minutes)
    answer = Response(render_template("errors/429.html", wait=wait), status=429, mimetype="text/html")
    answer.headers["Retry-After"] = str(seconds)
    return answer
