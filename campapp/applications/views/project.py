"""What an entry's project is called, and its track: from the beginning until the deadline."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from campapp.applications.actions.draft import name_entry
from campapp.applications.forms import NameForm
from campapp.applications.models import Application
from campapp.applications.queries import tracks_of
from campapp.applications.states import TRACK_OPEN
from campapp.core.access import find
from campapp.core.db import db
from campapp.core.form.fields import choices
from campapp.core.language import gettext as _
from campapp.core.language import pgettext, say
from campapp.core.web import guarded_by, page, to
from campapp.pool.models import Project
from campapp.programmes.models import Track
from campapp.programmes.queries import programme_of

bp = Blueprint("project", __name__)


def _form(application: Application, sent: Any = None) -> NameForm:
    project = db.session.get_one(Project, application.project_id)
    form = NameForm.of(None, sent, project=project.title, track=str(application.track_id or ""))
    tracks = tracks_of(application.programme_id) if application.state in TRACK_OPEN else []
    if not tracks:
        del form.track
        return form
    form.track.choices = choices([("", "—"), *((track.id, say(track, "title")) for track in tracks)])
    if not programme_of(application).meets:
        form.track.label.text = pgettext("competition", "Track")
    return form


@bp.get("/applications/<int:id>/project/edit")
@guarded_by(name_entry)
def edit(id: int) -> Response:
    """Its name and track, as they stand."""
    return _page(find(Application, id))


@bp.put("/applications/<int:id>/project")
@guarded_by(name_entry)
def update(id: int) -> Response:
    """Name it anew."""
    application = find(Application, id)
    form = _form(application, request.form)
    if not form.validate():
        return _page(application, form)
    chosen = form.track.data if "track" in form else None
    track = db.session.get(Track, int(chosen)) if chosen else None
    name_entry(application, form.project.data, track)
    return to("applications.draft.show", id=id, done=_("Saved."))


def _page(application: Application, form: NameForm | None = None) -> Response:
    return page(
        "applications/project/edit.html", application=application, programme=programme_of(application),
        form=form or _form(application), status=422 if form else 200,
    )  # fmt: skip
