"""The scan of an organisation's licence."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request

from campapp.core import files
from campapp.core.access import find
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.files import FileTooLarge, StoredFile
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, to
from campapp.organisations.actions import give_licence
from campapp.organisations.forms import LicenceForm
from campapp.organisations.models import Organisation
from campapp.organisations.rules import reads_licence
from campapp.organisations.views.organisation import show_page

bp = Blueprint("licence", __name__)
LIMIT = 20 << 20


@bp.get("/organisations/<int:organisation_id>/licence")
@guarded_by(reads_licence)
def show(organisation_id: int) -> Response:
    """The file, for the staff and who gave it."""
    organisation = find(Organisation, organisation_id)
    file = db.session.get(StoredFile, organisation.licence_file_id) if organisation.licence_file_id else None
    return files.send(file) if file is not None else abort(404)


@bp.post("/organisations/<int:organisation_id>/licence")
@guarded_by(give_licence)
def create(organisation_id: int) -> Response:
    """Give it."""
    organisation, form = find(Organisation, organisation_id), LicenceForm.of()
    kept = _kept(form.licence)
    if kept is None:
        return show_page(find(Organisation, organisation_id), licence=form, status=422)
    give_licence(organisation, kept)
    words = _("The scan is kept; the park will look at it.")
    return to("organisations.organisation.show", organisation_id=organisation_id, done=words)


def _kept(field: Any) -> StoredFile | None:
    """The file that was sent, on disk; what is no PDF or picture is an error beside the field."""
    sent = request.files.get("licence")
    if sent is None or not sent.filename:
        field.errors = [_("Choose a PDF or a picture, please.")]
        return None
    try:
        kept = files.keep(sent.stream, sent.filename, limit=LIMIT, account_id=current.actor.account_id)
    except FileTooLarge:
        field.errors = [_("This file is larger than 20 MB.")]
        return None
    if kept.media_type not in {"application/pdf", "image/png", "image/jpeg"}:
        field.errors = [_("This is neither a PDF nor a picture.")]
        return None
    return kept
