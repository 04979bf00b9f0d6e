"""Files handed in for a follow-up, and the letter that is printed for one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, url_for

from campapp.applications.models import Application
from campapp.applications.rules import of_own_team
from campapp.core import files
from campapp.core.access import Refused, anyone, find
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.form.asked import by_key, words
from campapp.core.form.kinds import GIVEN, kinds_of, megabytes_of
from campapp.core.language import gettext as _
from campapp.core.sent import file_wanted
from campapp.core.text.language import Unreadable
from campapp.core.web import flash_done, guarded_by, page, to
from campapp.dues import asking, queries
from campapp.dues.actions.answer import (
    Subject,
    give_file,
    give_file_back,
    rows_of,
    subject_of,
    take_file_away,
)
from campapp.dues.models import Due, DueFile
from campapp.dues.rules import reads_on_application, reads_on_participation
from campapp.dues.views.sheet import asked_of, sheet_url, shown
from campapp.programmes.models import FollowUp, Participation
from campapp.programmes.queries import programme_of
from campapp.programmes.rules import takes_part

bp = Blueprint("file", __name__)


def file_field(subject: Subject, follow_up: FollowUp, key: str) -> dict[str, Any]:
    """The question that a file answers, asked of this one; else 404."""
    field = by_key(asking.document_of(follow_up)).get(key)
    if field is None or field["kind"] not in GIVEN or key not in rows_of(follow_up, subject):
        abort(404)
    return field


def _given(subject: Subject, follow_up: FollowUp, key: str) -> Response:
    field = file_field(subject, follow_up, key)
    try:
        stored = file_wanted(key, kinds_of(field), megabytes_of(field))
        row = give_file(subject, follow_up, field, stored)
    except (Unreadable, Refused) as problem:
        return shown(
            subject, follow_up, status=422, file_errors={key: str(problem.reason) or _("It was not kept.")}
        )
    flash_done(_("%(name)s is kept.", name=stored.name), url_for(".destroy", id=row.id))
    return to(sheet_url(subject, follow_up))


@bp.post("/applications/<int:id>/follow-ups/<int:follow_up>/files/<key>")
@guarded_by(of_own_team)
def create_application(id: int, follow_up: int, key: str) -> Response:
    """A team hands in a file."""
    return _given(*asked_of(Application, id, follow_up), key)


@bp.post("/participations/<int:id>/follow-ups/<int:follow_up>/files/<key>")
@guarded_by(takes_part)
def create_participation(id: int, follow_up: int, key: str) -> Response:
    """A company hands in a file."""
    return _given(*asked_of(Participation, id, follow_up), key)


@bp.get("/due-files/<int:id>")
@guarded_by(anyone)
def show(id: int) -> Response:
    """The bytes, to whoever sees this file."""
    row = find(DueFile, id)
    return files.send(find(StoredFile, row.file_id))


def _back(row: DueFile) -> str:
    due = db.session.get_one(Due, row.due_id)
    return sheet_url(subject_of(due), db.session.get_one(FollowUp, due.follow_up_id))


@bp.delete("/due-files/<int:id>")
@guarded_by(take_file_away)
def destroy(id: int) -> Response:
    """Take it away; undo gives it back."""
    row = find(DueFile, id)
    back = _back(row)
    try:
        take_file_away(row)
    except Refused as problem:
        return to(back, done=problem.reason)
    return to(back, done=_("The file is taken away."), undo=url_for(".restore", id=id))


@bp.delete("/due-files/<int:id>/removal")
@guarded_by(give_file_back)
def restore(id: int) -> Response:
    """Give it back."""
    row = find(DueFile, id)
    back = _back(row)
    try:
        give_file_back(row)
    except Refused as problem:
        return to(back, done=problem.reason)
    return to(back, done=_("The file is back."))


def _letter(subject: Subject, follow_up: FollowUp, key: str) -> Response:
    field = file_field(subject, follow_up, key)
    return page(
        "dues/sheet/letter.html", title=words(field, "label"), text=words(field, "text"),
        back=sheet_url(subject, follow_up),
        name=queries.name_of(subject), programme=programme_of(follow_up),
    )  # fmt: skip


@bp.get("/applications/<int:id>/follow-ups/<int:follow_up>/letters/<key>")
@guarded_by(reads_on_application)
def letter_application(id: int, follow_up: int, key: str) -> Response:
    """The letter on paper, to be signed or stamped."""
    return _letter(*asked_of(Application, id, follow_up), key)


@bp.get("/participations/<int:id>/follow-ups/<int:follow_up>/letters/<key>")
@guarded_by(reads_on_participation)
def letter_participation(id: int, follow_up: int, key: str) -> Response:
    """The letter on paper, to be signed or stamped."""
    return _letter(*asked_of(Participation, id, follow_up), key)
