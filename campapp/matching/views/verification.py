"""A run repeated from its own files: asked for, watched, let go of."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request

from campapp.core.access import find
from campapp.core.web import guarded_by, no_content, page, to
from campapp.runs.actions.verification import UNDER_WAY, ask_verification, drop_verification
from campapp.runs.models import Run

bp = Blueprint("verification", __name__)


@bp.get("/runs/<int:id>/verification")
@guarded_by(ask_verification)
def show(id: int) -> Response:
    """How far the repetition is (204 while nothing is newer), then what it came to."""
    run = find(Run, id, kind="match")
    if request.args.get("seen", type=int) == run.verification.get("beat") and _going(run):
        return no_content()
    if not _going(run) and "seen" in request.args:
        answer = make_response("", 200)
        answer.headers["HX-Redirect"] = f"/runs/{id}/verification"
        return answer
    return page("matching/run/verification.html", fragment="verification", run=run, going=_going(run))


def _going(run: Run) -> bool:
    return run.verification.get("state") in UNDER_WAY


@bp.post("/runs/<int:id>/verification")
@guarded_by(ask_verification)
def create(id: int) -> Response:
    """Repeat it in the background."""
    ask_verification(find(Run, id, kind="match"))
    return to(".show", id=id)


@bp.delete("/runs/<int:id>/verification")
@guarded_by(drop_verification)
def destroy(id: int) -> Response:
    """Let go of it."""
    drop_verification(find(Run, id, kind="match"))
    return to(".show", id=id)
