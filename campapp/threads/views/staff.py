"""What is asked and written to a programme's staff, as a list."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import find_by
from campapp.core.web import guarded_by, page
from campapp.programmes.models import Programme
from campapp.programmes.rules import reads
from campapp.threads.lists import Threads

bp = Blueprint("staff", __name__)


@bp.get("/programmes/<slug>/threads")
@guarded_by(reads)
def index(slug: str) -> Response:
    """What waits for an answer, filtered, sorted, exported."""
    programme = find_by(Programme, slug=slug)
    listing = Threads.from_url(request.args, programme=programme)
    if kind := request.args.get("as"):
        return listing.export(kind).answer()
    return page("threads/list/index.html", fragment="list", list=listing, programme=programme)
