"""A commitment letter made from the entry: printed, signed or stamped, scanned, uploaded."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from campapp.applications import queries
from campapp.applications.models import Application
from campapp.applications.rules import may_edit
from campapp.applications.views.draft import form_document
from campapp.core.access import find
from campapp.core.db import db
from campapp.core.form.asked import by_key, words
from campapp.core.web import guarded_by, page
from campapp.pool.models import Project
from campapp.teams.models import Team

bp = Blueprint("letter", __name__)


@bp.get("/applications/<int:id>/letters/<key>")
@guarded_by(may_edit)
def show(id: int, key: str) -> Response:
    """The letter on paper, with the names of team and project in it."""
    application = find(Application, id)
    field = by_key(form_document(application)).get(key)
    if field is None or field["kind"] != "letter":
        abort(404)
    return page(
        "applications/letter/show.html", application=application, title=words(field, "label"),
        text=words(field, "text"), programme=queries.programme_of(application),
        team=db.session.get_one(Team, application.team_id), project=db.session.get_one(Project, application.project_id),
    )  # fmt: skip
