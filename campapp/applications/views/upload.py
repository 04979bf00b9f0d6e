"""Large files of an entry, by tus: created, asked how far they are, continued, given up."""

from __future__ import annotations

import base64
import binascii

from flask import Blueprint, Response, jsonify, request, url_for

from campapp.applications.actions.upload import (
    KIND,
    begin_upload,
    finish_upload,
    give_up_upload,
    of_own_upload,
)
from campapp.applications.models import Application
from campapp.applications.rules import may_edit
from campapp.applications.views.file import file_field, kinds_of
from campapp.core import file_kinds, files
from campapp.core import upload as uploads
from campapp.core.access import Refused, find, find_by
from campapp.core.current import current
from campapp.core.language import gettext as _
from campapp.core.text.language import Unreadable
from campapp.core.upload import Elsewhere, Upload
from campapp.core.web import flash_done, guarded_by, to

bp = Blueprint("upload", __name__)


def _name() -> str:
    """The file's name out of `Upload-Metadata`: `filename` and its base64."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                break
    return "file"


@bp.post("/applications/<int:id>/files/<key>/uploads")
@guarded_by(may_edit)
def create(id: int, key: str) -> Response:
    """Room for a file of an announced length."""
    application = find(Application, id)
    field = file_field(application, key)
    size = uploads.asked_length(int(field.get("megabytes", 20)) << 20)
    upload = begin_upload(application, key, _name(), size)
    return uploads.answer(upload, 201, Location=url_for(".show", id=id, token=upload.token))


@bp.get("/applications/<int:id>/uploads/<token>")
@guarded_by(of_own_upload)
def show(id: int, token: str) -> Response:
    """How much of it is here."""
    return uploads.answer(find_by(Upload, owner_kind=KIND, owner_id=id, token=token))


@bp.patch("/applications/<int:id>/uploads/<token>")
@guarded_by(of_own_upload)
def update(id: int, token: str) -> Response:
    """The next bytes; with the last ones the file is looked at and becomes an answer."""
    upload = find_by(Upload, owner_kind=KIND, owner_id=id, token=token)
    try:
        uploads.append(upload, uploads.asked_offset(), request.stream)
    except Elsewhere:
        return uploads.answer(upload, 409)
    return uploads.answer(upload) if upload.received < upload.size else _finished(upload)


def _finished(upload: Upload) -> Response:
    application = find(Application, upload.owner_id)
    field = file_field(application, upload.key)
    answer = uploads.answer(upload)
    try:
        file_kinds.check(upload.place, kinds_of(field))
        stored = files.adopt(upload.place, upload.name, account_id=current.actor.account_id)
        row = finish_upload(application, upload, stored, field)
    except Unreadable as problem:
        return _refused(upload, str(problem))
    except Refused as problem:
        return _refused(upload, problem.reason)
    flash_done(
        _("%(name)s is kept.", name=stored.name),
        url_for("applications.file.destroy", id=application.id, file_id=row.id),
    )
    return answer


def _refused(upload: Upload, reason: str) -> Response:
    """It cannot be taken: nothing of it stays, and the page says why."""
    place, words = upload.place, f"{upload.name}: {reason}"
    give_up_upload(upload)
    place.unlink(missing_ok=True)
    refused = jsonify(error=words)
    refused.status_code = 422
    return refused


@bp.delete("/applications/<int:id>/uploads/<token>")
@guarded_by(give_up_upload)
def destroy(id: int, token: str) -> Response:
    """Give it up."""
    upload = find_by(Upload, owner_kind=KIND, owner_id=id, token=token)
    place = upload.place
    give_up_upload(upload)
    place.unlink(missing_ok=True)
    return uploads.gone() if request.headers.get("Tus-Resumable") else to("applications.draft.show", id=id)
