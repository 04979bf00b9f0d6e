"""The files of an entry."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for

from campapp.applications import queries
from campapp.applications.actions.file import give_back, give_file, of_own_entry, take_away
from campapp.applications.models import Application, EntryFile
from campapp.applications.reading import document_of
from campapp.applications.rules import may_edit
from campapp.core import files
from campapp.core.access import Refused, anyone, find
from campapp.core.files import StoredFile
from campapp.core.form.asked import all_fields
from campapp.core.form.kinds import GIVEN, kinds_of, megabytes_of
from campapp.core.language import gettext as _
from campapp.core.sent import file_wanted
from campapp.core.text.language import Unreadable
from campapp.core.web import flash_done, guarded_by, to

bp = Blueprint("file", __name__)


def file_field(application: Application, key: str) -> dict[str, Any]:
    """The declaration of a file that the entry form asks for, or 404."""
    document = document_of(queries.form_of(application))
    return {f["key"]: f for f in all_fields(document) if f["kind"] in GIVEN}.get(key) or abort(404)


@bp.post("/applications/<int:id>/files/<key>")
@guarded_by(may_edit)
def create(id: int, key: str) -> Response:
    """Give a file; its kind is read from its bytes, and what is too large is not kept."""
    application = find(Application, id)
    field = file_field(application, key)
    back = (
        url_for("applications.paper.show", id=id)
        if request.form.get("back") == "paper"
        else url_for("applications.draft.show", id=id, section=request.form.get("section", ""))
    )
    try:
        stored = file_wanted(key, kinds_of(field), megabytes_of(field))
        row = give_file(application, field, stored)
    except (Unreadable, Refused) as problem:
        return to(back, done=str(problem.reason) or _("It was not kept."))
    flash_done(_("%(name)s is kept.", name=stored.name), url_for(".destroy", id=id, file_id=row.id))
    return to(back)


@bp.get("/applications/<int:id>/files/<int:file_id>")
@guarded_by(anyone)
def show(id: int, file_id: int) -> Response:
    """The bytes, to whoever sees this file."""
    row = find(EntryFile, file_id, application_id=id)
    return files.send(find(StoredFile, row.file_id))


@bp.delete("/applications/<int:id>/files/<int:file_id>")
@guarded_by(of_own_entry)
def destroy(id: int, file_id: int) -> Response:
    """Take a file away; undo gives it back."""
    row = find(EntryFile, file_id, application_id=id)
    back = request.referrer or url_for("applications.draft.show", id=id)
    try:
        take_away(row)
    except Refused as problem:
        flash_done(problem.reason)
        return redirect(back, 303)  # type: ignore[return-value]
    flash_done(_("The file is taken away."), url_for(".restore", id=id, file_id=file_id))
    return redirect(back, 303)  # type: ignore[return-value]


@bp.delete("/applications/<int:id>/files/<int:file_id>/removal")
@guarded_by(of_own_entry)
def restore(id: int, file_id: int) -> Response:
    """Give a file back."""
    row, back = find(EntryFile, file_id, application_id=id), url_for("applications.draft.show", id=id)
    try:
        give_back(row)
    except Refused as problem:
        return to(back, done=problem.reason or _("It was not kept."))
    return to(back, done=_("The file is back."))
