"""A programme's time zone."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import find_by
from campapp.core.language import gettext as _
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, page, to
from campapp.programmes.actions.zone import change_zone
from campapp.programmes.forms.programme import ZoneForm
from campapp.programmes.models import Programme

bp = Blueprint("zone", __name__)


@bp.get("/programmes/<slug>/zone")
@guarded_by(change_zone)
def edit(slug: str) -> Response:
    """Which zone, and what stays: the clock or the instant."""
    programme = find_by(Programme, slug=slug)
    return page("programmes/zone/edit.html", programme=programme, form=ZoneForm.of(programme))


@bp.post("/programmes/<slug>/zone")
@guarded_by(change_zone)
def update(slug: str) -> Response:
    """Change it; slots, sessions, absences, opening and deadline follow."""
    programme = find_by(Programme, slug=slug)
    form = ZoneForm.of(programme, request.form)
    if form.validate():
        version = request.form.get("version", type=int)
        try:
            change_zone(programme, form.zone.data, keep=form.keep.data, version=version)
        except Unreadable as problem:
            form.blame("zone", problem)
        else:
            return to("programmes.overview.show", slug=slug, done=_("The time zone is changed."))
    return page("programmes/zone/edit.html", programme=programme, form=form, status=422)
