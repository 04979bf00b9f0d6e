"""The organiser's decision on one application, its undo, and one's own mark."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request, url_for
from sqlalchemy import select

from campapp.applications.actions.decision import MARKS, TEMPLATES, decide, mark, undo_decision
from campapp.applications.forms import DecisionForm, MarkForm
from campapp.applications.lists import WORDS
from campapp.applications.models import Application
from campapp.applications.views.application import shown
from campapp.core import clock
from campapp.core.access import find
from campapp.core.db import db
from campapp.core.events import Event, EventSubject
from campapp.core.language import gettext as _
from campapp.core.outbox import UNDO
from campapp.core.states import NotAllowed
from campapp.core.web import guarded_by, to

bp = Blueprint("decision", __name__)
NEED_REASON = {"returned"}


@bp.post("/applications/<int:id>/decision")
@guarded_by(decide)
def create(id: int) -> Response:
    """Decide; the team hears of it in ten seconds, unless it is undone."""
    application = find(Application, id)
    state, form = request.form.get("to", ""), DecisionForm.of(sent=request.form)
    if state not in TEMPLATES:
        abort(404)
    good = form.validate()
    if good and state in NEED_REASON and not form.values["reason"]:
        form.blame("reason", _("Say what is to be changed; the team reads it."))
    if not good or form["reason"].errors:
        return shown(application, 422, decision=form)
    try:
        decide(application, state, reason=form.values["reason"] or "", not_before=clock.now() + UNDO,
               seen=request.form.get("seen", application.state))  # fmt: skip
    except NotAllowed as problem:
        db.session.rollback()
        form.blame(
            "reason", _("Somebody was faster: it is “%(state)s” now.", state=WORDS.get(problem.before, ""))
        )
        return shown(find(Application, id), 409, decision=form)
    done = _("%(team)s: %(state)s", team=application.team_name, state=WORDS[state])
    return to("applications.application.show", id=id, done=done, undo=url_for(".destroy", id=id))


@bp.delete("/applications/<int:id>/decision")
@guarded_by(undo_decision)
def destroy(id: int) -> Response:
    """Take the last decision back, while its news has not left."""
    application = find(Application, id)
    last = db.session.scalars(
        select(Event)
        .join(EventSubject, EventSubject.event_id == Event.id)
        .where(
            EventSubject.kind == "application",
            EventSubject.subject_id == id,
            Event.name == "application_decided",
        )
        .order_by(Event.id.desc())
        .limit(1)
    ).first()
    if last is None or last.details.get("after") != application.state:
        return to("applications.application.show", id=id, done=_("There is nothing to undo."))
    undo_decision(application, last.details["before"])
    words = _("Undone: it is “%(state)s” again.", state=WORDS[application.state])
    return to("applications.application.show", id=id, done=words)


@bp.post("/applications/<int:id>/mark")
@guarded_by(mark)
def note(id: int) -> Response:
    """My own mark and note; colleagues see it, teams never."""
    application, form = find(Application, id), MarkForm.of(sent=request.form)
    value = request.form.get("mark", "")
    if value not in MARKS:
        abort(422)
    if not form.validate():
        return shown(application, 422, note=form)
    mark(application, value, form.values["note"] or "")
    return to("applications.application.show", id=id, done=_("Your mark is kept."))
