"""Statutory holidays and the weekends worked in exchange: what is announced, and what is written here."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, request
from sqlalchemy import select

from campapp.core import clock
from campapp.core.access import find, park_administrator
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.park import the_park
from campapp.core.web import guarded_by, page, to
from campapp.core.workdays import SpecialDay, announced
from campapp.park.actions import forget_special_day, write_special_day
from campapp.park.forms import SpecialDayForm

bp = Blueprint("special_day", __name__)


def _this_year() -> int:
    park = the_park()
    return clock.today(park.zone if park else current.zone).year


def _page(form: SpecialDayForm, year: int, status: int = 200) -> Response:
    written = {row.day: row for row in db.session.scalars(select(SpecialDay))}
    known = {**announced(), **written}
    years = sorted({day.year for day in known} | {_this_year(), year})
    days = [known[day] for day in sorted(known) if day.year == year]
    return page(
        "park/special_days.html", status=status, form=form, year=year, years=years, days=days, written=written
    )


@bp.get("/park/special-days")
@guarded_by(park_administrator)
def index() -> Response:
    """Those of a year."""
    return _page(SpecialDayForm.of(), request.args.get("year", type=int) or _this_year())


@bp.post("/park/special-days")
@guarded_by(write_special_day)
def create() -> Response:
    """Write one, or write over what is announced."""
    form = SpecialDayForm.of(sent=request.form)
    if not form.validate():
        return _page(form, form.day.data.year if isinstance(form.day.data, date) else _this_year(), 422)
    values = form.values
    special = write_special_day(
        values["day"], works=values["works"] == "1", name_zh=values["name_zh"], name_en=values["name_en"]
    )
    return to(".index", year=special.day.year, done=_("Saved."))


@bp.delete("/park/special-days/<int:id>")
@guarded_by(forget_special_day)
def destroy(id: int) -> Response:
    """Back to what is announced."""
    special = find(SpecialDay, id)
    year = special.day.year
    forget_special_day(special)
    return to(".index", year=year, done=_("The day is again what is announced."))
