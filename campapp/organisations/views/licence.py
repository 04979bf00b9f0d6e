"""The scan of an organisation's licence."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from campapp.core import files, sent
from campapp.core.access import find
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.language import gettext as _
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, to
from campapp.organisations.actions import give_licence
from campapp.organisations.forms import LicenceForm
from campapp.organisations.models import Organisation
from campapp.organisations.rules import reads_licence
from campapp.organisations.views.organisation import show_page

bp = Blueprint("licence", __name__)


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
    try:
        kept = sent.scan_sent("licence")
    except Unreadable as problem:
        kept, form.licence.errors = None, [str(problem)]
    if kept is None:
        form.licence.errors = form.licence.errors or [_("Choose a PDF or a picture, please.")]
        return show_page(find(Organisation, organisation_id), licence=form, status=422)
    give_licence(organisation, kept)
    words = _("The scan is kept; the park will look at it.")
    return to("organisations.organisation.show", organisation_id=organisation_id, done=words)
