"""Sections of the form: one page each for the team."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from campapp.applications.views.form.builder import changed
from campapp.applications.views.form.owner import owner_of
from campapp.core.access import find_by
from campapp.core.form import composing
from campapp.core.language import gettext as _
from campapp.core.text import lines
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by
from campapp.programmes.actions.form import change_form, composed, taken_keys
from campapp.programmes.models import Programme

bp = Blueprint("section", __name__)


def _title(name: str) -> str:
    try:
        return lines.one_line(request.form.get(name, ""), 200)
    except Unreadable:
        abort(422)


@bp.post("/sections")
@guarded_by(change_form)
def create(slug: str) -> Response:
    """A further section at the end."""
    programme = find_by(Programme, slug=slug)
    key = composing.fresh_key("section", taken_keys(owner_of(programme)))
    zh, en = _title("title_zh"), _title("title_en")
    change_form(owner_of(programme), lambda before: composing.with_section(before, key, zh, en))
    return changed(programme, _("A section is added."))


@bp.post("/sections/<key>")
@guarded_by(change_form)
def update(slug: str, key: str) -> Response:
    """Its titles."""
    programme = find_by(Programme, slug=slug)
    zh, en = _title("title_zh"), _title("title_en")
    change_form(owner_of(programme), lambda before: composing.with_titles(before, key, zh, en))
    return changed(programme, _("Saved."))


@bp.delete("/sections/<key>")
@guarded_by(change_form)
def destroy(slug: str, key: str) -> Response:
    """Away with a section that is empty."""
    programme = find_by(Programme, slug=slug)
    section = next(
        (one for one in composed(owner_of(programme))["sections"] if one["key"] == key), None
    ) or abort(404)
    if section["fields"]:
        return changed(programme, _("Move its questions elsewhere first."), undoable=False)
    change_form(owner_of(programme), lambda before: composing.without_section(before, key))
    return changed(programme, _("The section is gone."))
