"""The pages of an entry's PDF as pictures: WeChat's browser shows no PDF."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from campapp.applications.models import Application, EntryFile
from campapp.core import pdf
from campapp.core.access import anyone, find
from campapp.core.files import StoredFile
from campapp.core.web import guarded_by, page

bp = Blueprint("sheet", __name__)


def _stored(id: int, file_id: int) -> StoredFile:
    return find(StoredFile, find(EntryFile, file_id, application_id=id).file_id)


@bp.get("/applications/<int:id>/files/<int:file_id>/sheets")
@guarded_by(anyone)
def index(id: int, file_id: int) -> Response:
    """All pages, one below the other."""
    stored = _stored(id, file_id)
    return page(
        "applications/sheet/index.html", application=find(Application, id), file=stored,
        whole=url_for("applications.file.show", id=id, file_id=file_id),
        pictures=pdf.pictures_or_404(stored, lambda n: url_for(".show", id=id, file_id=file_id, number=n)),
    )  # fmt: skip


@bp.get("/applications/<int:id>/files/<int:file_id>/sheets/<int:number>")
@guarded_by(anyone)
def show(id: int, file_id: int, number: int) -> Response:
    """One page."""
    return pdf.send_picture(_stored(id, file_id), number)
