"""The audit page: what happened, by whom, on what, why."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core import audit
from campapp.core.access import park_administrator
from campapp.core.audit.checking import Problem
from campapp.core.audit.words import sentence
from campapp.core.web import guarded_by, page
from campapp.park.lists import AuditLog

bp = Blueprint("audit", __name__)


@bp.get("/events")
@guarded_by(park_administrator)
def index() -> Response:
    """Newest first; by act, by person, by subject (`application:12`), by day; as a file."""
    listing = AuditLog.from_url(request.args)
    if kind := request.args.get("as"):
        return listing.export(kind).answer()
    last = audit.last_check()
    return page("park/audit.html", fragment="list", list=listing, head=audit.newest_block(), checked=last,
                problems=[sentence(Problem(*one)) for one in last.problems] if last else [])  # fmt: skip
