"""The run of a schedule, from the button to the board."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.core.access import find, find_by
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, no_content, page, to
from campapp.matching.rules import manages_run, reads_run
from campapp.programmes.models import Programme
from campapp.runs.actions import stop
from campapp.runs.models import Run
from campapp.runs.words import failure
from campapp.scheduling.actions.run import choose, start

bp = Blueprint("run", __name__)


@bp.post("/programmes/<slug>/schedule-runs")
@guarded_by(start)
def create(slug: str) -> Response:
    """Freeze the meetings as they are and compute; `keep` leaves what stands where it is."""
    programme = find_by(Programme, slug=slug)
    run = start(programme, keep_placed=request.form.get("keep") == "1")
    return to(".show", id=run.id)


@bp.get("/schedule-runs/<int:id>")
@guarded_by(reads_run)
def show(id: int) -> Response:
    """Progress while it runs, then what it found; a page that polls gets 204 while nothing is newer."""
    run = find(Run, id, kind="schedule")
    beat = int(run.progress.get("beat", 0))
    if request.args.get("seen", type=int) == beat and run.state in {"queued", "running"}:
        return no_content()
    names = db.session.get_one(Programme, run.programme_id)
    return page(
        "scheduling/run/show.html", fragment="work", run=run, beat=beat, programme=names,
        over=run.state not in {"queued", "running"}, manages=manages_run(current.actor, run), failure=failure(run),
    )  # fmt: skip


@bp.delete("/schedule-runs/<int:id>")
@guarded_by(stop)
def destroy(id: int) -> Response:
    """Let go of it; nothing of it is kept."""
    stop(find(Run, id), "cancel")
    return to(".show", id=id, done=_("The run is being stopped."))


@bp.post("/schedule-runs/<int:id>/choice")
@guarded_by(choose)
def choice(id: int) -> Response:
    """Put its places on the board; one move, taken back whole."""
    run = find(Run, id, kind="schedule")
    programme = db.session.get_one(Programme, run.programme_id)
    move = choose(run)
    return to("scheduling.board.show", slug=programme.slug, done=_("The places are on the board."),
              undo=url_for("scheduling.board.undo", id=move.id))  # fmt: skip
