"""Follow-ups of a programme: what is asked later, of whom, until when."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.core.access import find, find_by
from campapp.core.action import may
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.dues import queries
from campapp.dues.actions.follow_up import (
    change_follow_up,
    close_follow_up,
    open_follow_up,
    write_follow_up,
)
from campapp.dues.forms import FollowUpForm, NewFollowUpForm
from campapp.dues.wanted import wanted_by
from campapp.programmes.models import FollowUp, Programme
from campapp.programmes.queries import programme_of
from campapp.programmes.rules import reads

bp = Blueprint("follow_up", __name__)


@bp.get("/programmes/<slug>/follow-ups")
@guarded_by(reads)
def index(slug: str) -> Response:
    """Each with how much of it is in."""
    programme = find_by(Programme, slug=slug)
    return page("dues/follow_up/index.html", programme=programme, rows=queries.follow_ups(programme),
                wanted_by=wanted_by, writes=may(write_follow_up, programme))  # fmt: skip


def _page(
    programme: Programme, form: FollowUpForm, row: FollowUp | None = None, status: int = 200
) -> Response:
    return page("dues/follow_up/edit.html", status=status, programme=programme, row=row, form=form)


@bp.get("/programmes/<slug>/follow-ups/new")
@guarded_by(write_follow_up)
def new(slug: str) -> Response:
    """One more."""
    programme = find_by(Programme, slug=slug)
    return _page(programme, NewFollowUpForm.of(None, zone=programme.zone, usual=True).asking_in(programme))


@bp.post("/programmes/<slug>/follow-ups")
@guarded_by(write_follow_up)
def create(slug: str) -> Response:
    """Its form is composed next."""
    programme = find_by(Programme, slug=slug)
    form = NewFollowUpForm.of(sent=request.form, zone=programme.zone).asking_in(programme)
    if not form.validate():
        return _page(programme, form, status=422)
    row = write_follow_up(programme, **form.values)
    return to("applications.follow_up_form.builder.show", slug=slug, follow_up=row.id,
              done=_("Now compose what it asks. Nobody is asked before you put it to use."))  # fmt: skip


@bp.get("/follow-ups/<int:id>/edit")
@guarded_by(change_follow_up)
def edit(id: int) -> Response:
    """Its words and its date."""
    row = find(FollowUp, id)
    programme = programme_of(row)
    return _page(programme, FollowUpForm.of(row, zone=programme.zone), row)


@bp.post("/follow-ups/<int:id>")
@guarded_by(change_follow_up)
def update(id: int) -> Response:
    """Save them."""
    row = find(FollowUp, id)
    programme = programme_of(row)
    form = FollowUpForm.of(row, request.form, zone=programme.zone)
    if not form.validate():
        return _page(programme, form, row, 422)
    change_follow_up(row, version=request.form.get("version", type=int), **form.values)
    return to(".index", slug=programme.slug, done=_("Saved."))


@bp.post("/follow-ups/<int:id>/closing")
@guarded_by(close_follow_up)
def close(id: int) -> Response:
    """Nobody owes it any more."""
    row = find(FollowUp, id)
    close_follow_up(row)
    words = _("Nobody is asked for it any more; what was handed in stays.")
    return to(".index", slug=programme_of(row).slug, done=words, undo=url_for(".reopen", id=id))


@bp.delete("/follow-ups/<int:id>/closing")
@guarded_by(open_follow_up)
def reopen(id: int) -> Response:
    """It is asked again."""
    row = find(FollowUp, id)
    open_follow_up(row)
    return to(".index", slug=programme_of(row).slug, done=_("It is asked again."))
