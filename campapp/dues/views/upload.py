"""Large files of a follow-up, by tus: created, asked how far they are, continued, given up."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from campapp.applications.models import Application
from campapp.applications.rules import of_own_team
from campapp.core import tus
from campapp.core.access import Refused, find_by
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.form.kinds import kinds_of, megabytes_of
from campapp.core.language import gettext as _
from campapp.core.upload import Upload, standing
from campapp.core.web import flash_done, guarded_by, to
from campapp.dues.actions.answer import Subject, rows_of, subject_of
from campapp.dues.actions.upload import begin_upload, finish_upload, give_up_upload
from campapp.dues.models import Due
from campapp.dues.rules import UPLOADED, hands_in_upload
from campapp.dues.views.file import file_field
from campapp.dues.views.sheet import asked_of, sheet_url
from campapp.programmes.models import FollowUp, Participation
from campapp.programmes.rules import takes_part

bp = Blueprint("upload", __name__)


def _begun(subject: Subject, follow_up: FollowUp, key: str) -> Response:
    field = file_field(subject, follow_up, key)
    size = tus.asked_length(megabytes_of(field) << 20)
    try:
        upload = begin_upload(subject, rows_of(follow_up, subject)[key], tus.announced_name(), size)
    except Refused as problem:
        return tus.refused(problem.reason)
    return tus.answer(upload, 201, Location=url_for(".show", token=upload.token))


@bp.post("/applications/<int:id>/follow-ups/<int:follow_up>/files/<key>/uploads")
@guarded_by(of_own_team)
def create_application(id: int, follow_up: int, key: str) -> Response:
    """Room for a team's file of an announced length."""
    return _begun(*asked_of(Application, id, follow_up), key)


@bp.post("/participations/<int:id>/follow-ups/<int:follow_up>/files/<key>/uploads")
@guarded_by(takes_part)
def create_participation(id: int, follow_up: int, key: str) -> Response:
    """Room for a company's file of an announced length."""
    return _begun(*asked_of(Participation, id, follow_up), key)


@bp.get("/due-uploads/<token>")
@guarded_by(hands_in_upload)
def show(token: str) -> Response:
    """How much of it is here."""
    return tus.answer(standing(UPLOADED, token=token))


def _answered(upload: Upload) -> tuple[Subject, FollowUp]:
    due = db.session.get_one(Due, upload.owner_id)
    return subject_of(due), db.session.get_one(FollowUp, due.follow_up_id)


@bp.patch("/due-uploads/<token>")
@guarded_by(hands_in_upload)
def update(token: str) -> Response:
    """The next bytes; with the last ones the file is handed in."""
    upload = standing(UPLOADED, token=token)
    subject, follow_up = _answered(upload)
    field = file_field(subject, follow_up, upload.key)

    def finish(stored: StoredFile) -> None:
        row = finish_upload(subject, follow_up, upload, stored, field)
        flash_done(_("%(name)s is kept.", name=stored.name), url_for("dues.file.destroy", id=row.id))

    return tus.take_piece(upload, kinds_of(field), finish, give_up_upload)


@bp.delete("/due-uploads/<token>")
@guarded_by(give_up_upload)
def destroy(token: str) -> Response:
    """Give it up."""
    upload = find_by(Upload, owner_kind=UPLOADED, token=token)
    back = sheet_url(*_answered(upload))
    tus.drop(upload, give_up_upload)
    return tus.gone() if request.headers.get("Tus-Resumable") else to(back)
