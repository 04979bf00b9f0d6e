"""The non-disclosure terms: accepted by a click, or on paper that the organiser records."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from campapp.companies.models import Representative
from campapp.core import files, sent
from campapp.core.access import find
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.language import gettext as _
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, to
from campapp.programmes import queries
from campapp.programmes.actions.participation import (
    accept_non_disclosure,
    manages_participation,
    record_paper,
)
from campapp.programmes.models import NonDisclosure, Participation
from campapp.programmes.rules import reads_row

bp = Blueprint("non_disclosure", __name__)


@bp.post("/participations/<int:id>/non-disclosure")
@guarded_by(accept_non_disclosure)
def create(id: int) -> Response:
    """A representative's own click."""
    row = find(Participation, id)
    person = queries.representative_here(row)
    if person is None:
        abort(404)
    accept_non_disclosure(row, person)
    return to(
        "programmes.participation.show", id=id, done=_("Accepted. Confidential files open from now on.")
    )


@bp.post("/participations/<int:id>/papers")
@guarded_by(record_paper)
def record(id: int) -> Response:
    """A stamped paper: for whom, perhaps with its scan."""
    row = find(Participation, id)
    person = find(Representative, request.form.get("person", "0"), company_id=row.company_id)
    try:
        stored = sent.scan_sent("scan")
    except Unreadable as problem:
        return to("programmes.participation.show", id=id, done=str(problem))
    record_paper(row, person, stored)
    return to("programmes.participation.show", id=id, done=_("The paper is recorded."))


@bp.get("/participations/<int:id>/papers/<int:paper_id>")
@guarded_by(reads_row(Participation) | manages_participation)
def show(id: int, paper_id: int) -> Response:
    """The scan of a paper, for the staff."""
    row = find(Participation, id)
    paper = find(NonDisclosure, paper_id, participation_id=row.id)
    stored = db.session.get(StoredFile, paper.file_id or 0)
    if stored is None:
        abort(404)
    return files.send(stored)
