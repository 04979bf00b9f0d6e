"""What the code on a badge opens: the tick of one team's or company's arrival, for helpers on the day."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.access import anyone, find, find_by, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import helps, reads
from campapp.scheduling.actions.attendance import STATES
from campapp.scheduling.models import Attendance
from campapp.scheduling.views.attendance import day_of

bp = Blueprint("arrival", __name__)
KINDS: dict[str, Any] = {"application": Application, "participation": Participation}


@bp.get("/programmes/<slug>/arrivals/<kind>/<int:id>")
@guarded_by(anyone)
def show(slug: str, kind: str, id: int) -> Response:
    """The staff ticks; whoever else scans a badge reads what the programme tells everybody."""
    programme = find_by(Programme, slug=slug)
    if not reads(current.actor, programme):
        return to("programmes.programme.show", slug=slug)
    row = find(KINDS.get(kind) or abort(404), id, programme_id=programme.id)
    name = row.team_name if kind == "application" else db.session.get_one(Company, row.company_id).name
    day = day_of(programme)
    ticked = db.session.scalars(
        visible(Attendance).where(
            Attendance.programme_id == programme.id, Attendance.kind == kind, Attendance.subject_id == id,
            Attendance.day == day,
        )
    ).one_or_none()  # fmt: skip
    return page(
        "scheduling/arrival.html", programme=programme, kind=kind, row=row, name=name, day=day, ticked=ticked,
        states=STATES, ticks=helps(current.actor, programme),
    )  # fmt: skip
