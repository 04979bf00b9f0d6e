"""What each side says of a meeting."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request

from campapp.core.access import find
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.outcomes import queries
from campapp.outcomes.actions.report import SIDES, report_meeting, side_of
from campapp.outcomes.forms import ReportForm
from campapp.outcomes.models import MeetingReport
from campapp.outcomes.words import NEXT_STEPS
from campapp.scheduling.models import Meeting
from campapp.scheduling.queries import lines_of

bp = Blueprint("report", __name__)


def _side() -> str:
    """The reader's own side; the staff say which one they write for."""
    side = side_of(current.actor) or request.values.get("side", "")
    return side if side in SIDES else abort(404)


def _page(meeting: Meeting, report: MeetingReport | None, form: ReportForm, status: int = 200) -> Response:
    side = _side()
    theirs = queries.report_of(meeting, "company" if side == "team" else "team")
    lines = lines_of([meeting.id])
    return page(
        "outcomes/report/edit.html", meeting=meeting, report=report, theirs=theirs, form=form, side=side,
        line=lines[0] if lines else None, next_steps=NEXT_STEPS, staff=not side_of(current.actor),
        project_id=queries.project_of(meeting), status=status,
    )  # fmt: skip


def _form(report: MeetingReport | None, sent: Any = None) -> ReportForm:
    given: dict[str, Any] = {}
    if report is not None:
        interest = str(report.interest) if report.interest else None
        given = {
            "held": "yes" if report.held else "no", "interest": interest,
            "private_note": queries.readable(report, "private_note"),
        }  # fmt: skip
    form = ReportForm.of(report, sent, **given)
    if not side_of(current.actor) or current.actor.acting_for is not None:
        del form.private_note
    return form


@bp.get("/meetings/<int:id>/report")
@guarded_by(report_meeting)
def edit(id: int) -> Response:
    """Half a minute after the meeting."""
    meeting = find(Meeting, id)
    report = queries.report_of(meeting, _side())
    return _page(meeting, report, _form(report))


@bp.post("/meetings/<int:id>/report")
@guarded_by(report_meeting)
def update(id: int) -> Response:
    """Write it down; a colleague who was faster is shown beside."""
    meeting = find(Meeting, id)
    side = _side()
    report = queries.report_of(meeting, side)
    form = _form(report, request.form)
    if not form.validate():
        return _page(meeting, report, form, 422)
    said = form.values
    held = said.pop("held") == "yes"
    report_meeting(
        meeting, side, held=held, interest=int(said["interest"]) if held and said["interest"] else None,
        next_step=said["next_step"] or "", next_by=said["next_by"], shared_note=said["shared_note"] or "",
        private_note=(said["private_note"] or "") if "private_note" in said else None,
        from_paper=not side_of(current.actor), version=request.form.get("version", 0, type=int),
    )  # fmt: skip
    return to(
        ".edit", id=id, side=None if side_of(current.actor) else side, done=_("Written down. Thank you.")
    )
