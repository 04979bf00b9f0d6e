"""The evidence of an outcome."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from campapp.core import files
from campapp.core.access import find, signed_in
from campapp.core.files import StoredFile
from campapp.core.web import guarded_by
from campapp.outcomes.models import Outcome

bp = Blueprint("evidence", __name__)


@bp.get("/outcomes/<int:id>/evidence")
@guarded_by(signed_in)
def show(id: int) -> Response:
    """The bytes, to whoever sees the outcome."""
    outcome = find(Outcome, id)
    return files.send(find(StoredFile, outcome.evidence_file_id or abort(404)))
