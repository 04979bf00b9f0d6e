"""When the call closes."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import find_by
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.actions.programme import move_deadline
from campapp.programmes.forms.programme import DeadlineForm
from campapp.programmes.models import Programme

bp = Blueprint("deadline", __name__)


@bp.get("/programmes/<slug>/deadline")
@guarded_by(move_deadline)
def edit(slug: str) -> Response:
    """The deadline's form."""
    programme = find_by(Programme, slug=slug)
    form = DeadlineForm.of(programme, zone=programme.zone)
    return page("programmes/deadline/edit.html", programme=programme, form=form)


@bp.post("/programmes/<slug>/deadline")
@guarded_by(move_deadline)
def update(slug: str) -> Response:
    """Move it; entries that are in stay in."""
    programme = find_by(Programme, slug=slug)
    form = DeadlineForm.of(programme, request.form, zone=programme.zone)
    if not form.validate():
        return page("programmes/deadline/edit.html", programme=programme, form=form, status=422)
    move_deadline(
        programme,
        form.deadline.data,
        grace=form.grace_minutes.data or 0,
        version=request.form.get("version", type=int),
    )
    return to("programmes.overview.show", slug=slug, done=_("The deadline is moved."))
