"""Paper slips of a camp day, typed into one grid; what was written online is shown and left alone."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import find_by
from campapp.core.language import ngettext
from campapp.core.web import guarded_by, page, to
from campapp.outcomes.actions.report import type_slips
from campapp.outcomes.slips import Grid
from campapp.outcomes.words import NEXT_STEPS
from campapp.programmes.models import Programme
from campapp.programmes.rules import helps_camp

bp = Blueprint("slip", __name__)


def _page(programme: Programme, grid: Grid, status: int = 200) -> Response:
    return page(
        "outcomes/slip/edit.html", programme=programme, grid=grid, next_steps=NEXT_STEPS, status=status
    )


@bp.get("/programmes/<slug>/slips")
@guarded_by(helps_camp)
def edit(slug: str) -> Response:
    """The meetings of one company, both sides of each in a row."""
    programme = find_by(Programme, slug=slug)
    return _page(programme, Grid(programme, request.args.get("company", type=int)))


@bp.post("/programmes/<slug>/slips")
@guarded_by(type_slips)
def update(slug: str) -> Response:
    """Take in every row that was filled; a row that cannot be read stops nothing but itself is marked."""
    programme = find_by(Programme, slug=slug)
    grid = Grid(programme, request.form.get("company", type=int))
    slips = grid.read(request.form)
    if grid.wrong:
        return _page(programme, grid, 422)
    type_slips(programme, slips)
    done = ngettext("%(num)d slip is typed in.", "%(num)d slips are typed in.", len(slips))
    return to(".edit", slug=slug, company=grid.company_id, done=done)
