"""Search everywhere: programmes, projects, teams, companies, in either language, by pinyin initials too."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.web import is_fragment, page, public
from campapp.desk.searching import groups

bp = Blueprint("search", __name__)


@bp.get("/search")
@public
def show() -> Response:
    """What is found; to the palette only the hits."""
    query = request.args.get("q", "")[:200]
    found = groups(query)
    if is_fragment() or request.headers.get("X-Requested-With") == "fetch":
        return page("desk/_hits.html", groups=found)
    return page("desk/search.html", groups=found, query=query)
