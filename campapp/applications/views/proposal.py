"""The list that the staff propose to whoever decides: in the order of their marks, on paper, with lines to sign."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.applications.lists import Applications, marks_in_words, scope_of
from campapp.applications.states import ANNOUNCED, DECISIONS
from campapp.core.access import find_by
from campapp.core.current import current
from campapp.core.web import guarded_by, page
from campapp.programmes.models import Programme
from campapp.programmes.rules import helps, manages

bp = Blueprint("proposal", __name__)
MOST = 2_000


def _usual(programme: Programme) -> str:
    """Who can be proposed: eligible, or decided in their favour already; the best marks first."""
    return f"state=eligible,{','.join(ANNOUNCED[programme.kind])}&sort=-marks"


@bp.get("/programmes/<slug>/applications/proposal")
@guarded_by(helps)
def show(slug: str) -> Response:
    """The first `n` are proposed, the rest wait; what the list's address asks narrows it."""
    programme = find_by(Programme, slug=slug)
    asked = {key: value for key, value in request.args.items() if key != "n"} or _usual(programme)
    listing = Applications.from_url(
        asked, url_for("applications.list.index", slug=slug), **scope_of(programme)
    )
    rows = list(listing.first(MOST))
    n = request.args.get("n", type=int) or programme.wanted or len(rows)
    return page(
        "applications/proposal/show.html", programme=programme, rows=rows, n=max(0, min(n, len(rows))),
        list=listing, taken=DECISIONS[programme.kind][0], marks=marks_in_words, notes=listing.filters_in_words(),
        decides=manages(current.actor, programme),
    )  # fmt: skip
