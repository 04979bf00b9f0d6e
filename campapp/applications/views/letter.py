"""A commitment letter made from the entry: printed, signed or stamped, scanned, uploaded."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from campapp.applications.models import Application
from campapp.applications.paper import on_paper
from campapp.applications.rules import of_own_team
from campapp.core.access import find
from campapp.core.web import guarded_by, page
from campapp.programmes.queries import programme_of

bp = Blueprint("letter", __name__)


@bp.get("/applications/<int:id>/letters/<key>")
@guarded_by(of_own_team)
def show(id: int, key: str) -> Response:
    """The letter on paper, with number, team, project and version of the entry in it."""
    application = find(Application, id)
    programme = programme_of(application)
    paper = on_paper(programme, [id])[0]
    letter = next((one for one in paper.letters if one.key == key), None) or abort(404)
    return page("applications/letter/show.html", paper=paper, letter=letter, programme=programme)
