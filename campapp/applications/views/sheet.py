"""The pages of an entry's PDF as pictures: WeChat's browser shows no PDF."""

from __future__ import annotations

from flask import Blueprint, Response, abort, send_file, url_for

from campapp.applications.models import Application, EntryFile
from campapp.core import pdf
from campapp.core.access import anyone, find
from campapp.core.files import StoredFile
from campapp.core.web import guarded_by, page

bp = Blueprint("sheet", __name__)


def _pdf(id: int, file_id: int) -> StoredFile:
    row = find(EntryFile, file_id, application_id=id)
    stored = find(StoredFile, row.file_id)
    return stored if stored.media_type == "application/pdf" else abort(404)


@bp.get("/applications/<int:id>/files/<int:file_id>/sheets")
@guarded_by(anyone)
def index(id: int, file_id: int) -> Response:
    """All pages, one below the other."""
    stored = _pdf(id, file_id)
    try:
        count = pdf.pages(stored)
    except (pdf.Locked, pdf.Damaged):
        abort(404)
    return page(
        "applications/sheet/index.html", application=find(Application, id), file=stored,
        whole=url_for("applications.file.show", id=id, file_id=file_id),
        pictures=[url_for(".show", id=id, file_id=file_id, number=n + 1) for n in range(count)],
    )  # fmt: skip


@bp.get("/applications/<int:id>/files/<int:file_id>/sheets/<int:number>")
@guarded_by(anyone)
def show(id: int, file_id: int, number: int) -> Response:
    """One page."""
    try:
        kept = pdf.picture(_pdf(id, file_id), number)
    except (IndexError, pdf.Locked, pdf.Damaged):
        abort(404)
    response = send_file(kept, mimetype="image/png", max_age=3600)
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
