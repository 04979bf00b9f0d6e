"""The organiser's page of a programme: what stands, and what is still missing before it can be shown."""

from __future__ import annotations

from flask import Blueprint, Response

from campapp.core import clock
from campapp.core.access import find_by
from campapp.core.web import guarded_by, page
from campapp.programmes import queries
from campapp.programmes.models import Programme
from campapp.programmes.rules import reads

bp = Blueprint("overview", __name__)


@bp.get("/programmes/<slug>/overview")
@guarded_by(reads)
def show(slug: str) -> Response:
    """State, dates, and what is missing."""
    programme = find_by(Programme, slug=slug)
    return page(
        "programmes/overview/show.html", programme=programme, open=programme.is_open(clock.now()),
        late=programme.is_late(clock.now()), **queries.stock(programme),
    )  # fmt: skip
