"""Putting the composed form to use: what it means for what is in already, then the press."""

from __future__ import annotations

from flask import Blueprint, Response

from campapp.applications.effects import changes, effects, in_already
from campapp.applications.views.form.owner import form_url, is_later, owner_of
from campapp.core.access import Refused, find_by
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.actions.form import Unusable, composed, draft_of, faults_of, put_to_use, versions_of
from campapp.programmes.models import Programme

bp = Blueprint("use", __name__)


@bp.get("/use/new")
@guarded_by(put_to_use)
def new(slug: str) -> Response:
    """The effect first."""
    return _asked(find_by(Programme, slug=slug))


def _asked(programme: Programme, status: int = 200) -> Response:
    document, versions = composed(owner_of(programme)), versions_of(owner_of(programme))
    before = versions[0].document if versions else {"sections": []}
    later = is_later()
    return page(
        "applications/form/use.html", status=status, programme=programme, draft=draft_of(owner_of(programme)),
        effects=changes(before, document) if later else effects(programme, before, document),
        counts={} if later else in_already(programme),
        problems=faults_of(document, owner_of(programme)),
        number=versions[0].number + 1 if versions else 1,
    )  # fmt: skip


@bp.post("/use")
@guarded_by(put_to_use)
def create(slug: str) -> Response:
    """From now on teams are asked by it."""
    programme = find_by(Programme, slug=slug)
    try:
        made = put_to_use(owner_of(programme))
    except (Unusable, Refused):
        return _asked(programme, 422)
    done = _("Version %(number)s of the form is in use.", number=made.number)
    return to(form_url("builder.show"), done=done)
