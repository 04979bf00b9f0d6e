"""What is said to an outcome: confirmed, disputed, looked at again, closed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from campapp.core.access import find
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.outcomes.actions.outcome import (
    check_milestone,
    close_outcome,
    confirm_outcome,
    dispute_outcome,
    follow_outcome,
    take_back_confirmation,
)
from campapp.outcomes.forms import DisputeForm, FollowForm, MilestoneForm
from campapp.outcomes.models import Milestone, Outcome

bp = Blueprint("verdict", __name__)
SHOW = "outcomes.outcome.show"


@bp.post("/outcomes/<int:id>/confirmation")
@guarded_by(confirm_outcome)
def confirm(id: int) -> Response:
    """The other side says so too."""
    confirm_outcome(find(Outcome, id), version=request.form.get("version", type=int))
    return to(SHOW, id=id, done=_("Confirmed."), undo=url_for(".take_back", id=id))


@bp.delete("/outcomes/<int:id>/confirmation")
@guarded_by(take_back_confirmation)
def take_back(id: int) -> Response:
    """Undo of confirming."""
    take_back_confirmation(find(Outcome, id))
    return to(SHOW, id=id, done=_("The confirmation is taken back."))


def _asked(form: Any, outcome: Outcome, address: str, title: str, status: int = 200) -> Response:
    return page(
        "outcomes/outcome/ask.html", form=form, outcome=outcome, address=address, heading=title, status=status
    )


@bp.get("/outcomes/<int:id>/dispute")
@guarded_by(dispute_outcome)
def question(id: int) -> Response:
    """What is different?"""
    return _asked(DisputeForm.of(), find(Outcome, id), url_for(".dispute", id=id), _("We see it differently"))


@bp.post("/outcomes/<int:id>/dispute")
@guarded_by(dispute_outcome)
def dispute(id: int) -> Response:
    """The other side sees it differently."""
    outcome, form = find(Outcome, id), DisputeForm.of(sent=request.form)
    if not form.validate():
        return _asked(form, outcome, url_for(".dispute", id=id), _("We see it differently"), 422)
    dispute_outcome(outcome, form.reason.data)
    return to(SHOW, id=id, done=_("Whoever reported it is told what is different."))


@bp.get("/outcomes/<int:id>/milestones/new")
@guarded_by(follow_outcome)
def plan(id: int) -> Response:
    """When to look again."""
    return _asked(FollowForm.of(), find(Outcome, id), url_for(".follow", id=id), _("Look again"))


@bp.post("/outcomes/<int:id>/milestones")
@guarded_by(follow_outcome)
def follow(id: int) -> Response:
    """Look again on a day."""
    outcome, form = find(Outcome, id), FollowForm.of(sent=request.form)
    if not form.validate():
        return _asked(form, outcome, url_for(".follow", id=id), _("Look again"), 422)
    follow_outcome(outcome, form.due.data)
    return to(SHOW, id=id, done=_("It will be asked about on that day."))


@bp.get("/outcomes/<int:id>/milestones/<int:milestone_id>")
@guarded_by(check_milestone)
def look(id: int, milestone_id: int) -> Response:
    """What does it look like now?"""
    outcome = find(Outcome, id)
    find(Milestone, milestone_id, outcome_id=id)
    address = url_for(".check", id=id, milestone_id=milestone_id)
    return _asked(MilestoneForm.of(), outcome, address, _("What was found"))


@bp.post("/outcomes/<int:id>/milestones/<int:milestone_id>")
@guarded_by(check_milestone)
def check(id: int, milestone_id: int) -> Response:
    """Write down what was found."""
    outcome, form = find(Outcome, id), MilestoneForm.of(sent=request.form)
    milestone = find(Milestone, milestone_id, outcome_id=id)
    if not form.validate():
        address = url_for(".check", id=id, milestone_id=milestone_id)
        return _asked(form, outcome, address, _("What was found"), 422)
    amounts = {name: form[name].data for name in ("signed", "paid")}
    figures = {name: f"{value:f}" for name, value in amounts.items() if value is not None}
    check_milestone(outcome, milestone, figures, form.note.data)
    return to(SHOW, id=id, done=_("Written down."))


@bp.post("/outcomes/<int:id>/closing")
@guarded_by(close_outcome)
def close(id: int) -> Response:
    """Nothing more is expected."""
    close_outcome(find(Outcome, id))
    return to(SHOW, id=id, done=_("Closed."))
