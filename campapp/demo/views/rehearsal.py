"""The rehearsal of a programme: made, entered, thrown away."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request, url_for

from campapp.core.access import Refused, find_by, visible
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, no_content, page, to
from campapp.demo.actions import begin_rehearsal, throw_rehearsal_away
from campapp.demo.models import Rehearsal
from campapp.demo.stage import PREFIX, stage_of
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages

bp = Blueprint("rehearsal", __name__)


def _of(programme: Programme) -> Rehearsal | None:
    return db.session.scalars(visible(Rehearsal).where(Rehearsal.programme_id == programme.id)).one_or_none()


@bp.get("/programmes/<slug>/rehearsal")
@guarded_by(manages)
def show(slug: str) -> Response:
    """What it is, how far it is, the way in."""
    programme = find_by(Programme, slug=slug)
    rehearsal = _of(programme)
    making = rehearsal is not None and rehearsal.state == "making"
    if "seen" in request.args:
        if making:
            return no_content()
        answer = make_response("", 200)
        answer.headers["HX-Redirect"] = url_for(".show", slug=slug)
        return answer
    address = f"{request.url_root.rstrip('/')}{PREFIX}{rehearsal.token}/" if rehearsal else ""
    return page("demo/rehearsal.html", programme=programme, found=rehearsal, making=making, address=address)


@bp.post("/programmes/<slug>/rehearsal")
@guarded_by(begin_rehearsal)
def create(slug: str) -> Response:
    """Make one."""
    programme = find_by(Programme, slug=slug)
    try:
        begin_rehearsal(programme)
    except Refused as problem:
        return to(".show", slug=slug, done=problem.reason)
    return to(".show", slug=slug)


@bp.delete("/programmes/<slug>/rehearsal")
@guarded_by(manages)
def destroy(slug: str) -> Response:
    """Throw it away."""
    rehearsal = _of(find_by(Programme, slug=slug))
    if rehearsal is not None:
        token = rehearsal.token
        throw_rehearsal_away(rehearsal)
        stage_of().throw_away(token)
    return to(".show", slug=slug, done=_("The rehearsal is thrown away."))
