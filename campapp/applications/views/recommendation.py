"""What recommending units recommend, by unit."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.applications.lists import scope_of
from campapp.applications.recommendations import Recommendations, recommending, tallies
from campapp.applications.states import DECISIONS
from campapp.core.access import find_by
from campapp.core.web import guarded_by, page
from campapp.programmes.models import Programme
from campapp.programmes.rules import reads

bp = Blueprint("recommendation", __name__)


@bp.get("/programmes/<slug>/recommendations")
@guarded_by(reads)
def index(slug: str) -> Response:
    """How many each recommends and how far they came; below, every entry."""
    programme = find_by(Programme, slug=slug)
    scope = scope_of(programme)
    listing = Recommendations.from_url(request.args, **scope)
    if kind := request.args.get("as"):
        return listing.export(kind).answer()
    return page(
        "applications/recommendation/index.html", fragment="list", list=listing, programme=programme,
        asked=bool(recommending(scope["fields"])), tallies=tallies(programme, scope["fields"]),
        taken=DECISIONS[programme.kind][0],
    )  # fmt: skip
