"""A programme from registrations to outcomes, and what is overdue."""

from __future__ import annotations

from flask import Blueprint, Response

from campapp.core import clock
from campapp.core.access import find_by
from campapp.core.web import guarded_by, page
from campapp.outcomes.words import TYPES
from campapp.programmes.models import Programme
from campapp.programmes.rules import reads
from campapp.reports import funnel, overdue

bp = Blueprint("programme", __name__)


@bp.get("/programmes/<slug>/report")
@guarded_by(reads)
def show(slug: str) -> Response:
    """The funnel with last edition beside it, and what is overdue."""
    programme, now = find_by(Programme, slug=slug), clock.now()
    last = funnel.edition_before(programme)
    return page(
        "reports/programme.html", programme=programme, last=last, now=now, types=TYPES,
        stages=funnel.stages(programme, last), silent=overdue.silent_meetings(programme, now),
        unconfirmed=overdue.unconfirmed(programme, now), due=overdue.milestones_due(programme, now),
    )  # fmt: skip
