"""Paper for the day: attendance list, badges, table signs, day sheets, slips."""

from __future__ import annotations

from typing import Any

import segno
from flask import Blueprint, Response, abort, url_for
from markupsafe import Markup

from campapp.core.access import find_by
from campapp.core.web import guarded_by, page
from campapp.outcomes.words import NEXT_STEPS
from campapp.programmes.models import Programme
from campapp.programmes.rules import reads, reads_camp
from campapp.reports import day

bp = Blueprint("paper", __name__)


def _sheet(name: str, programme: Programme, **rows: Any) -> Response:
    return page(f"reports/paper/{name}.html", programme=programme, **rows)


@bp.get("/programmes/<slug>/paper")
@guarded_by(reads)
def index(slug: str) -> Response:
    """What can be printed, and how many sheets that is."""
    programme = find_by(Programme, slug=slug)
    meetings = day.slips(programme)
    return _sheet(
        "index", programme, meetings=len(meetings), tables=len(day.table_signs(programme)),
        guests=len(day.companies(programme)) + len(day.teams(programme)),
        teams=len({line.meeting.application_id for line in meetings}),
        companies=len({line.meeting.participation_id for line in meetings}),
        people={side: len(day.badges(programme, side)) for side in day.sides_of(programme)},
    )  # fmt: skip


@bp.get("/programmes/<slug>/paper/attendance")
@guarded_by(reads)
def attendance(slug: str) -> Response:
    """Companies and teams with a box and a line to sign."""
    programme = find_by(Programme, slug=slug)
    return _sheet("attendance", programme, companies=day.companies(programme), teams=day.teams(programme))


@bp.get("/programmes/<slug>/paper/badges/<side>")
@guarded_by(reads)
def badges(slug: str, side: str) -> Response:
    """A badge for each person who comes, with a code that opens the tick of arrival."""
    programme = find_by(Programme, slug=slug)
    if side not in day.sides_of(programme):
        abort(404)
    found = day.badges(programme, side)
    codes = {(one.kind, one.id): _code(programme, one) for one in found if one.kind}
    return _sheet("badges", programme, side=side, badges=found, codes=codes)


def _code(programme: Programme, badge: day.Badge) -> Markup:
    """A QR: an address, so that WeChat's own scanner checks in as well."""
    address = url_for(
        "scheduling.arrival.show", slug=programme.slug, kind=badge.kind, id=badge.id, _external=True
    )
    return Markup(segno.make(address, error="m").svg_inline(omitsize=True, border=2, light="white"))  # noqa: S704  # drawn here


@bp.get("/programmes/<slug>/paper/table-signs")
@guarded_by(reads_camp)
def signs(slug: str) -> Response:
    """A sign for each table."""
    programme = find_by(Programme, slug=slug)
    return _sheet("signs", programme, tables=day.table_signs(programme))


@bp.get("/programmes/<slug>/paper/day-sheets/<side>")
@guarded_by(reads_camp)
def sheets(slug: str, side: str) -> Response:
    """A page for each team or company and day."""
    programme = find_by(Programme, slug=slug)
    if side not in {"team", "company"}:
        abort(404)
    return _sheet("day", programme, side=side, sheets=day.day_sheets(programme, side))


@bp.get("/programmes/<slug>/paper/slips")
@guarded_by(reads_camp)
def slips(slug: str) -> Response:
    """Two slips for each meeting: the team's and the company's."""
    programme = find_by(Programme, slug=slug)
    return _sheet("slips", programme, lines=day.slips(programme), next_steps=NEXT_STEPS)
