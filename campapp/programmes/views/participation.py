"""A company in a camp: its own page, and the organiser's on it."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.companies.models import Company
from campapp.core.access import find
from campapp.core.action import bulk, may
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes import queries
from campapp.programmes.actions.participation import (
    bring_need,
    change_limits,
    change_own_tables,
    confirm_participation,
    decline_participation,
    hide_teams,
    leave_out_need,
    manages_participation,
    show_teams,
    withdraw_participation,
)
from campapp.programmes.forms.people import LimitsForm, ReasonForm
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import reads_row, takes_part

bp = Blueprint("participation", __name__)
concerned = takes_part | reads_row(Participation)


def plan(row: Participation, limits: LimitsForm | None = None, status: int = 200) -> Response:
    """The page, its small form perhaps with its errors."""
    programme = db.session.get_one(Programme, row.programme_id)
    return page(
        "programmes/participation/show.html", row=row, programme=programme, status=status,
        company=db.session.get_one(Company, row.company_id), limits=limits or LimitsForm.of(row),
        organises=may(show_teams, row), edits=may(change_limits, row), **queries.participation_parts(row),
    )  # fmt: skip


@bp.get("/participations/<int:id>")
@guarded_by(concerned)
def show(id: int) -> Response:
    """Coming or not, when away, how many meetings, which needs, which terms."""
    return plan(find(Participation, id))


@bp.post("/participations/<int:id>/confirmation")
@guarded_by(confirm_participation)
def confirm(id: int) -> Response:
    """The company comes."""
    confirm_participation(find(Participation, id))
    return to(".show", id=id, done=_("The company takes part."))


@bp.get("/participations/<int:id>/declination/new")
@guarded_by(decline_participation)
def new_declination(id: int) -> Response:
    """Why it does not come."""
    return _declining(find(Participation, id), ReasonForm.of())


def _declining(row: Participation, form: ReasonForm, status: int = 200) -> Response:
    programme = db.session.get_one(Programme, row.programme_id)
    return page("programmes/participation/declination.html", row=row, programme=programme, form=form,
                company=db.session.get_one(Company, row.company_id), status=status)  # fmt: skip


@bp.post("/participations/<int:id>/declination")
@guarded_by(decline_participation)
def decline(id: int) -> Response:
    """It does not come, or steps back after it had confirmed."""
    row, form = find(Participation, id), ReasonForm.of(sent=request.form)
    act = withdraw_participation if row.state == "confirmed" else decline_participation
    if not form.validate():
        return _declining(row, form, 422)
    act(row, form.reason.data or "")
    return to(".show", id=id, done=_("The company does not take part."))


@bp.post("/participations/<int:id>/limits")
@guarded_by(change_limits)
def update(id: int) -> Response:
    """The most meetings; for organisers also the fewest, and tables of its own."""
    row, form = find(Participation, id), LimitsForm.of(sent=request.form)
    if form.validate() and form.min_meetings.data > form.max_meetings.data:
        form.blame("min_meetings", _("More than the most."))
    if form.errors:
        return plan(row, form, 422)
    with bulk():
        change_limits(row, max_meetings=form.max_meetings.data, min_meetings=form.min_meetings.data,
                      version=request.form.get("version", type=int))  # fmt: skip
        if form.own_tables.data is not None and may(change_own_tables, row):
            change_own_tables(row, form.own_tables.data)
    return to(".show", id=id, done=_("Saved."))


@bp.post("/participations/<int:id>/needs")
@guarded_by(bring_need)
def update_needs(id: int) -> Response:
    """Exactly the ticked needs come along, of those that the page offers; closed ones stay where they were."""
    row = find(Participation, id)
    chosen, parts = set(request.form.getlist("need")), queries.participation_parts(row)
    with bulk():
        for need in parts["needs"]:
            if (str(need.id) in chosen) != (need.id in parts["brought"]):
                (bring_need if str(need.id) in chosen else leave_out_need)(row, need)
    return to(".show", id=id, done=_("Saved."))


@bp.post("/participations/<int:id>/teams")
@guarded_by(manages_participation)
def show_them(id: int) -> Response:
    """Its representatives see the accepted teams from now on."""
    show_teams(find(Participation, id))
    return to(".show", id=id, done=_("Its representatives see the accepted teams."),
              undo=url_for(".hide_them", id=id))  # fmt: skip


@bp.delete("/participations/<int:id>/teams")
@guarded_by(hide_teams)
def hide_them(id: int) -> Response:
    """They do not any more."""
    hide_teams(find(Participation, id))
    return to(".show", id=id, done=_("Its representatives no longer see the teams."))
