"""More time for one team or company."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.core import clock
from campapp.core.access import find
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.dues import queries
from campapp.dues.actions.answer import subject_of
from campapp.dues.actions.unlocking import lock_again, unlock
from campapp.dues.forms import UnlockForm
from campapp.dues.models import Due
from campapp.dues.views.sheet import sheet_url
from campapp.programmes.models import FollowUp
from campapp.programmes.queries import programme_of

bp = Blueprint("unlocking", __name__)


def _page(due: Due, form: UnlockForm, status: int = 200) -> Response:
    follow_up, subject = db.session.get_one(FollowUp, due.follow_up_id), subject_of(due)
    return page(
        "dues/unlocking/new.html", status=status, due=due, follow_up=follow_up, form=form,
        name=queries.name_of(subject), back=sheet_url(subject, follow_up), programme=programme_of(due),
    )  # fmt: skip


def _sheet(due: Due) -> str:
    return sheet_url(subject_of(due), db.session.get_one(FollowUp, due.follow_up_id))


@bp.get("/dues/<int:id>/unlocking/new")
@guarded_by(unlock)
def new(id: int) -> Response:
    """Until when, and why."""
    due = find(Due, id)
    return _page(due, UnlockForm.of(None, zone=programme_of(due).zone, until=due.unlocked_until))


@bp.post("/dues/<int:id>/unlocking")
@guarded_by(unlock)
def create(id: int) -> Response:
    """Everything that this follow-up asks of them is open until then."""
    due = find(Due, id)
    form = UnlockForm.of(sent=request.form, zone=programme_of(due).zone)
    good = form.validate()
    if good and form.until.data <= clock.now():
        form.blame("until", _("This lies in the past."))
        good = False
    if not good:
        return _page(due, form, 422)
    unlock(due, form.until.data, form.reason.data)
    return to(_sheet(due), done=_("Unlocked; they are told why."), undo=url_for(".destroy", id=id))


@bp.delete("/dues/<int:id>/unlocking")
@guarded_by(lock_again)
def destroy(id: int) -> Response:
    """As it was."""
    due = find(Due, id)
    lock_again(due)
    return to(_sheet(due), done=_("Locked as before."))
