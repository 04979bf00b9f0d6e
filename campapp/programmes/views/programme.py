"""A programme's public page, and the list of programmes."""

from __future__ import annotations

from flask import Blueprint, Response

from campapp.core import clock
from campapp.core.access import find_by
from campapp.core.web import page, public
from campapp.programmes import queries
from campapp.programmes.models import Programme

bp = Blueprint("programme", __name__)


@bp.get("/programmes/<slug>")
@public
def show(slug: str) -> Response:
    """What the call says, until when, who organises, which companies come with which needs."""
    programme = find_by(Programme, slug=slug)
    return page(
        "programmes/programme/show.html", programme=programme, open=programme.is_open(clock.now()),
        late=programme.is_late(clock.now()), **queries.public_parts(programme),
    )  # fmt: skip


@bp.get("/programmes")
@public
def index() -> Response:
    """The programmes of the park: open ones first."""
    return page("programmes/programme/index.html", **queries.front())
