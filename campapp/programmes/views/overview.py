"""The organiser's page of a programme: what stands, and what is still missing before it can be shown."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Response

from campapp.core import clock
from campapp.core.access import find_by
from campapp.core.web import guarded_by, page
from campapp.core.workdays import special_among
from campapp.programmes import queries
from campapp.programmes.models import Programme
from campapp.programmes.rules import reads

bp = Blueprint("overview", __name__)


def dates_of(programme: Programme) -> list[date]:
    """The days of the programme and the day of its deadline, as its own zone counts them."""
    days = (programme.last_day - programme.first_day).days + 1
    found = [programme.first_day + timedelta(days=n) for n in range(min(days, 366))]
    return (
        [*found, programme.deadline.astimezone(ZoneInfo(programme.zone)).date()]
        if programme.deadline
        else found
    )


@bp.get("/programmes/<slug>/overview")
@guarded_by(reads)
def show(slug: str) -> Response:
    """State, dates, and what is missing."""
    programme = find_by(Programme, slug=slug)
    return page(
        "programmes/overview/show.html", programme=programme, open=programme.is_open(clock.now()),
        late=programme.is_late(clock.now()), special=special_among(dates_of(programme)), **queries.stock(programme),
    )  # fmt: skip
