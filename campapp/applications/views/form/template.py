"""Templates: forms kept for other programmes of the park."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.applications.views.form.builder import changed
from campapp.applications.views.form.owner import owner_of
from campapp.core.access import find, find_by, visible
from campapp.core.db import db
from campapp.core.form.asked import all_fields
from campapp.core.language import gettext as _
from campapp.core.text import lines
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, page, to
from campapp.programmes.actions.form import (
    Unusable,
    change_form,
    drop_template,
    keep_template,
    own_template,
    take_over,
)
from campapp.programmes.models import FormTemplate, Programme
from campapp.programmes.rules import manages
from campapp.programmes.standard_form import STANDARD

bp = Blueprint("template", __name__)


@bp.get("/templates")
@guarded_by(manages)
def index(slug: str) -> Response:
    """What can be begun from, and where the present form is kept for others."""
    return _listed(find_by(Programme, slug=slug))


def _listed(programme: Programme, status: int = 200, error: str = "") -> Response:
    rows = db.session.scalars(visible(FormTemplate).order_by(FormTemplate.title, FormTemplate.id)).all()
    return page(
        "applications/form/templates.html", programme=programme, status=status, rows=rows, error=error,
        sizes={row.id: len(list(all_fields(row.document))) for row in rows}, own=own_template,
        standard=len(list(all_fields(STANDARD[programme.kind]))),
    )  # fmt: skip


@bp.post("/templates")
@guarded_by(keep_template)
def create(slug: str) -> Response:
    """Keep the present form as a template."""
    programme = find_by(Programme, slug=slug)
    try:
        title = lines.one_line(request.form.get("title", ""), 200)
    except Unreadable as problem:
        return _listed(programme, 422, str(problem))
    if not title:
        return _listed(programme, 422, _("Give it a name."))
    keep_template(owner_of(programme), title)
    return to(".index", slug=slug, done=_("Kept as a template."))


@bp.post("/template")
@guarded_by(change_form)
def take(slug: str) -> Response:
    """Begin from a template, or from the standard form; what was composed can be had back by undo."""
    programme = find_by(Programme, slug=slug)
    wanted = request.form.get("template", "")
    document = STANDARD[programme.kind] if wanted == "standard" else find(FormTemplate, wanted).document
    try:
        take_over(owner_of(programme), document)
    except Unusable as problem:
        return _listed(programme, 422, str(problem))
    return changed(programme, _("The form is taken over."))


@bp.delete("/templates/<int:id>")
@guarded_by(drop_template)
def destroy(slug: str, id: int) -> Response:
    """No longer offered."""
    find_by(Programme, slug=slug)
    drop_template(find(FormTemplate, id))
    return to(".index", slug=slug, done=_("The template is gone."))
