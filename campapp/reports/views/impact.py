"""The impact of a year: the page, its files, and issuing it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from campapp.core import clock
from campapp.core.access import visible
from campapp.core.action import may
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import LOCALES, speaking
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Programme
from campapp.reports import files
from campapp.reports.actions import issue_report
from campapp.reports.document import shown
from campapp.reports.impact import impact, years
from campapp.reports.models import IssuedReport
from campapp.reports.rules import reads_impact

bp = Blueprint("impact", __name__)


def _year(known: list[int]) -> int:
    asked = request.values.get("year", type=int) or (known[0] if known else clock.today(current.zone).year)
    return asked if 2000 <= asked <= 2200 else abort(404)


@bp.get("/impact")
@guarded_by(reads_impact)
def show() -> Response:
    """What came of a year; each figure opens its rows."""
    known = years()
    document = impact(_year(known))
    if request.args.get("as") in files.KINDS:
        return files.answer(document, request.args["as"])
    issued = db.session.scalars(visible(IssuedReport).order_by(IssuedReport.id.desc()).limit(20)).all()
    return page(
        "reports/impact.html", document=document, years=known, issued=issued, shown=shown, kept=None,
        may_issue=may(issue_report),
    )  # fmt: skip


@bp.post("/impact/issues")
@guarded_by(issue_report)
def create() -> Response:
    """Issue it: both languages of what it says at this moment stay."""
    year = _year([])
    document = {}
    for locale in LOCALES:
        with speaking(locale):
            document[locale] = impact(year).kept()
    programme = db.session.get(Programme, current.actor.programme_id) if current.actor.programme_id else None
    issued = issue_report(programme, year, document)
    return to("reports.issue.show", id=issued.id, done=_("Issued. This copy stays as it is."))
