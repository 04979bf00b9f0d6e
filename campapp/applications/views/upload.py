"""Large files of an entry, by tus: created, asked how far they are, continued, given up."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.applications.actions.upload import (
    KIND,
    begin_upload,
    finish_upload,
    give_up_upload,
    of_own_upload,
)
from campapp.applications.models import Application
from campapp.applications.rules import may_edit
from campapp.applications.views.file import file_field
from campapp.core import tus
from campapp.core.access import Refused, find, find_by
from campapp.core.files import StoredFile
from campapp.core.form.kinds import kinds_of, megabytes_of
from campapp.core.language import gettext as _
from campapp.core.upload import Upload, standing
from campapp.core.web import flash_done, guarded_by, to

bp = Blueprint("upload", __name__)


@bp.post("/applications/<int:id>/files/<key>/uploads")
@guarded_by(may_edit)
def create(id: int, key: str) -> Response:
    """Room for a file of an announced length."""
    application = find(Application, id)
    field = file_field(application, key)
    size = tus.asked_length(megabytes_of(field) << 20)
    try:
        upload = begin_upload(application, key, tus.announced_name(), size)
    except Refused as problem:
        return tus.refused(problem.reason)
    return tus.answer(upload, 201, Location=url_for(".show", id=id, token=upload.token))


@bp.get("/applications/<int:id>/uploads/<token>")
@guarded_by(of_own_upload)
def show(id: int, token: str) -> Response:
    """How much of it is here."""
    return tus.answer(standing(KIND, owner_id=id, token=token))


@bp.patch("/applications/<int:id>/uploads/<token>")
@guarded_by(of_own_upload)
def update(id: int, token: str) -> Response:
    """The next bytes; with the last ones the file becomes an answer."""
    upload = standing(KIND, owner_id=id, token=token)
    application = find(Application, id)
    field = file_field(application, upload.key)

    def finish(stored: StoredFile) -> None:
        row = finish_upload(application, upload, stored, field)
        flash_done(
            _("%(name)s is kept.", name=stored.name),
            url_for("applications.file.destroy", id=id, file_id=row.id),
        )

    return tus.take_piece(upload, kinds_of(field), finish, give_up_upload)


@bp.delete("/applications/<int:id>/uploads/<token>")
@guarded_by(give_up_upload)
def destroy(id: int, token: str) -> Response:
    """Give it up."""
    tus.drop(find_by(Upload, owner_kind=KIND, owner_id=id, token=token), give_up_upload)
    return tus.gone() if request.headers.get("Tus-Resumable") else to("applications.draft.show", id=id)
