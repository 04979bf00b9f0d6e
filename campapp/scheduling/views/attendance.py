"""The day's list on a helper's phone: who arrived, which meetings were held."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, request
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.applications.states import TAKEN
from campapp.companies.models import Company
from campapp.core import clock
from campapp.core.access import find, find_by, visible
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import helps, reads
from campapp.scheduling.actions.attendance import STATES, tick
from campapp.scheduling.actions.meeting import tell_how_it_went
from campapp.scheduling.models import Attendance, Meeting

bp = Blueprint("attendance", __name__)


def day_of(programme: Programme) -> str:
    """The day that is asked for, else today, as far as it is one of the programme's."""
    try:
        asked = date.fromisoformat(request.args.get("day") or request.form.get("day") or "")
    except ValueError:
        asked = clock.now().astimezone(ZoneInfo(programme.zone)).date()
    return min(max(asked, programme.first_day), programme.last_day).isoformat()


@bp.get("/programmes/<slug>/attendance")
@guarded_by(reads)
def show(slug: str) -> Response:
    """Teams and companies of a day, with what was ticked."""
    programme = find_by(Programme, slug=slug)
    day = day_of(programme)
    ticks = {
        (row.kind, row.subject_id): row.state
        for row in db.session.scalars(
            visible(Attendance).where(Attendance.programme_id == programme.id, Attendance.day == day)
        )
    }
    teams = db.session.scalars(
        visible(Application)
        .where(Application.programme_id == programme.id, Application.state.in_(TAKEN))
        .order_by(Application.team_sort, Application.id)
    ).all()
    companies = db.session.execute(
        select(Participation, Company.name)
        .join(Company, Company.id == Participation.company_id)
        .where(Participation.programme_id == programme.id, Participation.state == "confirmed")
        .order_by(Participation.position)
    ).all()
    rows: list[dict[str, Any]] = [
        *({"kind": "participation", "id": p.id, "name": name} for p, name in companies),
        *({"kind": "application", "id": a.id, "name": a.team_name} for a in teams),
    ]
    for row in rows:
        row["state"] = ticks.get((row["kind"], row["id"]), "")
    return page("scheduling/attendance.html", programme=programme, day=day, rows=rows, states=STATES)


@bp.post("/programmes/<slug>/attendance")
@guarded_by(helps)
def create(slug: str) -> Response:
    """Tick one."""
    programme = find_by(Programme, slug=slug)
    state = request.form.get("state", "")
    if state not in {*STATES, ""}:
        abort(400)
    kind = "application" if request.form.get("kind") == "application" else "participation"
    model: Any = Application if kind == "application" else Participation
    whom = find(model, request.form.get("id", 0, type=int), programme_id=programme.id)
    tick(programme, whom, day_of(programme), state)
    if request.form.get("back") == "arrival":
        return to("scheduling.arrival.show", slug=slug, kind=kind, id=whom.id, done=_("Ticked."))
    return to(".show", slug=slug, day=day_of(programme), done=_("Ticked."))


@bp.post("/meetings/<int:id>/state")
@guarded_by(tell_how_it_went)
def update(id: int) -> Response:
    """Held, or nobody came; `placed` takes it back."""
    meeting = find(Meeting, id)
    state = request.form.get("state", "")
    if state not in {"held", "no-show", "placed"}:
        abort(400)
    tell_how_it_went(meeting, state)
    programme = db.session.get_one(Programme, meeting.programme_id)
    return to(".show", slug=programme.slug, done=_("Ticked."))
