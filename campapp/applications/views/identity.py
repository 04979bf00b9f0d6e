"""An identity number of an entry, masked everywhere else: opened with a reason."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request

from campapp.applications import queries
from campapp.applications.actions.identity import open_identity
from campapp.applications.forms import OpeningForm
from campapp.applications.models import Application
from campapp.applications.reading import answered_by
from campapp.core.access import find
from campapp.core.form import kinds
from campapp.core.form.asked import by_key, words
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page

bp = Blueprint("identity", __name__)


def _asked(application: Application, key: str, column: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The question as it was answered, and the answers that count; 404 where it is no identity number."""
    submission = queries.standing_submission(application)
    field = by_key(answered_by(submission) or {"sections": []}).get(key)
    if submission is None or field is None:
        abort(404)
    if column not in kinds.identity_columns(field) if column else field["kind"] != "identity":
        abort(404)
    return field, queries.snapshot_document(submission).get("answers", {})


def _page(
    application: Application, field: dict[str, Any], form: OpeningForm, status: int = 200, number: str = "",
    row: int = 0, column: str = "",
) -> Response:  # fmt: skip
    """`row` and `column`: which cell of a table."""
    label = words(field, "label")
    if column:
        name = words(next(one for one in field["columns"] if one["key"] == column), "label")
        label = _("%(table)s, row %(row)s: %(column)s", table=label, row=row, column=name)
    return page("applications/identity/new.html", status=status, application=application, key=field["key"], row=row,
                column=column, label=label, because=words(field, "because"), form=form, number=number)  # fmt: skip


@bp.get("/applications/<int:id>/identities/<key>")
@bp.get("/applications/<int:id>/identities/<key>/<int:row>/<column>")
@guarded_by(open_identity)
def new(id: int, key: str, row: int = 0, column: str = "") -> Response:
    """Why?"""
    application = find(Application, id)
    field, _answers = _asked(application, key, column)
    return _page(application, field, OpeningForm.of(), row=row, column=column)


@bp.post("/applications/<int:id>/identities/<key>")
@bp.post("/applications/<int:id>/identities/<key>/<int:row>/<column>")
@guarded_by(open_identity)
def create(id: int, key: str, row: int = 0, column: str = "") -> Response:
    """The number, on this answer only; a reload asks again."""
    application, form = find(Application, id), OpeningForm.of(sent=request.form)
    field, answers = _asked(application, key, column)
    if not form.validate():
        return _page(application, field, form, 422, row=row, column=column)
    number = open_identity(application, key, answers, reason=form.reason.data, row=row, column=column)
    return _page(find(Application, id), field, OpeningForm.of(), number=number, row=row, column=column)
