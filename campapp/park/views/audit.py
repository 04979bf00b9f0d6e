"""The audit page: what happened, by whom, on what, why."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import park_administrator
from campapp.core.web import guarded_by, page
from campapp.park import queries

bp = Blueprint("audit", __name__)


@bp.get("/events")
@guarded_by(park_administrator)
def index() -> Response:
    """Newest first; by name of the act, by person, by subject (`application:12`)."""
    asked = {key: request.args.get(key, "").strip()[:80] for key in ("name", "person", "about")}
    before = request.args.get("before", type=int)
    found = queries.audit(before=before, **asked)
    older = found[-1].event.id if len(found) == queries.PAGE else None
    return page(
        "park/audit.html", found=found, asked=asked, before=before, older=older, names=queries.event_names()
    )
