"""Files that go with a notice: given by the staff, opened by whoever sees the notice."""

from __future__ import annotations

from flask import Blueprint, Response, abort, url_for

from campapp.core import files, pdf
from campapp.core.access import anyone, find
from campapp.core.files import StoredFile
from campapp.core.language import gettext as _
from campapp.core.sent import file_wanted
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, page, to
from campapp.programmes.actions.notice import give_notice_file, give_notice_file_back, take_notice_file_away
from campapp.programmes.models import Notice, NoticeFile
from campapp.programmes.views.notice import edited

bp = Blueprint("notice_file", __name__)
MEGABYTES = 50
KINDS = ["pdf", "office", "png", "jpg", "zip"]


@bp.post("/notices/<int:id>/files")
@guarded_by(give_notice_file)
def create(id: int) -> Response:
    """Keep a file; what is damaged, locked by a password or of another kind is refused at once."""
    notice = find(Notice, id)
    try:
        stored = file_wanted("file", KINDS, MEGABYTES)
    except Unreadable as problem:
        return edited(notice, status=422, file_error=str(problem))
    give_notice_file(notice, stored)
    return to("programmes.notice.edit", id=id, done=_("%(name)s is kept.", name=stored.name))


def _stored(id: int, file_id: int) -> StoredFile:
    return find(StoredFile, find(NoticeFile, file_id, notice_id=id).file_id)


@bp.get("/notices/<int:id>/files/<int:file_id>")
@guarded_by(anyone)
def show(id: int, file_id: int) -> Response:
    """The bytes."""
    return files.send(_stored(id, file_id))


@bp.get("/notices/<int:id>/files/<int:file_id>/sheets")
@guarded_by(anyone)
def sheets(id: int, file_id: int) -> Response:
    """All pages of a PDF as pictures: WeChat's browser shows no PDF."""
    stored = _stored(id, file_id)
    return page(
        "programmes/notice/sheets.html", notice=find(Notice, id), file=stored,
        whole=url_for(".show", id=id, file_id=file_id),
        pictures=pdf.pictures_or_404(stored, lambda n: url_for(".sheet", id=id, file_id=file_id, number=n)),
    )  # fmt: skip


@bp.get("/notices/<int:id>/files/<int:file_id>/sheets/<int:number>")
@guarded_by(anyone)
def sheet(id: int, file_id: int, number: int) -> Response:
    """One page."""
    return pdf.send_picture(_stored(id, file_id), number)


def _row(id: int, file_id: int) -> NoticeFile:
    return find(NoticeFile, file_id, notice_id=id)


@bp.delete("/notices/<int:id>/files/<int:file_id>")
@guarded_by(take_notice_file_away)
def destroy(id: int, file_id: int) -> Response:
    """It no longer goes with the notice; undo gives it back."""
    row = _row(id, file_id)
    if row.removed_at is not None:
        abort(404)
    take_notice_file_away(row)
    return to("programmes.notice.edit", id=id, done=_("The file is taken away."),
              undo=url_for(".restore", id=id, file_id=file_id))  # fmt: skip


@bp.delete("/notices/<int:id>/files/<int:file_id>/removal")
@guarded_by(give_notice_file_back)
def restore(id: int, file_id: int) -> Response:
    """Give it back."""
    give_notice_file_back(_row(id, file_id))
    return to("programmes.notice.edit", id=id, done=_("The file is back."))
