"""The pages of a handed-in PDF as pictures: WeChat's browser shows no PDF."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from campapp.core import pdf
from campapp.core.access import anyone, find
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.web import guarded_by, page
from campapp.dues.actions.answer import subject_of
from campapp.dues.models import Due, DueFile
from campapp.dues.views.sheet import sheet_url
from campapp.programmes.models import FollowUp

bp = Blueprint("picture", __name__)


@bp.get("/due-files/<int:id>/sheets")
@guarded_by(anyone)
def index(id: int) -> Response:
    """All pages, one below the other."""
    row = find(DueFile, id)
    stored, due = find(StoredFile, row.file_id), db.session.get_one(Due, row.due_id)
    return page(
        "dues/sheet/pictures.html", file=stored, whole=url_for("dues.file.show", id=id),
        back=sheet_url(subject_of(due), db.session.get_one(FollowUp, due.follow_up_id)),
        pictures=pdf.pictures_or_404(stored, lambda n: url_for(".show", id=id, number=n)),
    )  # fmt: skip


@bp.get("/due-files/<int:id>/sheets/<int:number>")
@guarded_by(anyone)
def show(id: int, number: int) -> Response:
    """One page."""
    return pdf.send_picture(find(StoredFile, find(DueFile, id).file_id), number)
