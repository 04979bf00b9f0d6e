"""Issued reports, as they were handed in."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import find
from campapp.core.web import guarded_by, page
from campapp.reports import files
from campapp.reports.document import Document, lang, shown
from campapp.reports.models import IssuedReport
from campapp.reports.rules import reads_impact

bp = Blueprint("issue", __name__)


@bp.get("/impact/issues/<int:id>")
@guarded_by(reads_impact)
def show(id: int) -> Response:
    """The copy, whatever has changed since."""
    kept = find(IssuedReport, id)
    document = Document.of(kept.document[lang()])
    if request.args.get("as") in files.KINDS:
        return files.answer(document, request.args["as"])
    return page(
        "reports/impact.html", document=document, years=[], issued=[], shown=shown, kept=kept, may_issue=False
    )
