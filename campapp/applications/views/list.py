"""The organiser's list of a programme's applications, and its files."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.applications.actions.together import decide_together
from campapp.applications.lists import Applications, scope_of
from campapp.applications.recommendations import recommending
from campapp.applications.views.decisions import states_of
from campapp.core.access import find_by
from campapp.core.action import may
from campapp.core.web import guarded_by, page
from campapp.programmes.models import Programme
from campapp.programmes.rules import reads

bp = Blueprint("list", __name__)


@bp.get("/programmes/<slug>/applications")
@guarded_by(reads)
def index(slug: str) -> Response:
    """Filtered, sorted, saved as views, exported, decided in bulk."""
    programme = find_by(Programme, slug=slug)
    scope = scope_of(programme)
    listing = Applications.from_url(request.args, **scope)
    if kind := request.args.get("as"):
        return listing.export(kind).answer()
    decides = may(decide_together, programme)
    return page(
        "applications/list/index.html", fragment="list", list=listing, programme=programme, decides=decides,
        recommended=bool(recommending(scope["fields"])),
        acts=[(state, url_for("applications.decisions.new", slug=slug, to=state)) for state in states_of(programme)],
    )  # fmt: skip
