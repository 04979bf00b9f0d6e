"""Putting the composed form to use: what it means for what is in already, then the press."""

from __future__ import annotations

from flask import Blueprint, Response

from campapp.applications.effects import effects, in_already
from campapp.core.access import Refused, find_by
from campapp.core.form import schema
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.actions.form import Unusable, clashes, composed, draft_of, put_to_use, versions_of
from campapp.programmes.models import Programme

bp = Blueprint("use", __name__)


@bp.get("/programmes/<slug>/form/use/new")
@guarded_by(put_to_use)
def new(slug: str) -> Response:
    """The effect first."""
    return _asked(find_by(Programme, slug=slug))


def _asked(programme: Programme, status: int = 200) -> Response:
    document, versions = composed(programme), versions_of(programme)
    before = versions[0].document if versions else {"sections": []}
    return page(
        "applications/form/use.html", status=status, programme=programme, draft=draft_of(programme),
        effects=effects(programme, before, document), counts=in_already(programme),
        problems=schema.problems(document) or clashes(document, programme),
        number=versions[0].number + 1 if versions else 1,
    )  # fmt: skip


@bp.post("/programmes/<slug>/form/use")
@guarded_by(put_to_use)
def create(slug: str) -> Response:
    """From now on teams are asked by it."""
    programme = find_by(Programme, slug=slug)
    try:
        made = put_to_use(programme)
    except (Unusable, Refused):
        return _asked(programme, 422)
    done = _("Version %(number)s of the form is in use.", number=made.number)
    return to("applications.form.builder.show", slug=slug, done=done)
