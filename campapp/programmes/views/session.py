"""Sessions: the items of the agenda that are no meetings."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from campapp.core.access import find, find_by
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.text.language import Unreadable
from campapp.core.web import guarded_by, page, to
from campapp.programmes.actions.agenda import add_session, change_session, remove_session
from campapp.programmes.actions.making import days_of
from campapp.programmes.forms.agenda import SessionForm
from campapp.programmes.models import Programme, Room, Session
from campapp.programmes.views.agenda import with_days, with_rooms

bp = Blueprint("session", __name__)


def _form(programme: Programme, session: Session | None, sent: Any = None) -> SessionForm:
    given = {"day": session.day.isoformat(), "room": str(session.room_id or "")} if session else {}
    form = SessionForm.of(session, sent, **given)
    return with_rooms(with_days(form, programme), programme)  # type: ignore[no-any-return]


def _values(programme: Programme, form: SessionForm) -> dict[str, Any]:
    values = form.values
    values["day"] = next(day for day in days_of(programme) if day.isoformat() == form.day.data)
    values["room"] = find(Room, form.room.data, programme_id=programme.id) if form.room.data else None
    return values


def _page(programme: Programme, session: Session | None, form: SessionForm, status: int = 200) -> Response:
    return page(
        "programmes/session/edit.html", programme=programme, session=session, form=form, status=status
    )


@bp.get("/programmes/<slug>/sessions/new")
@guarded_by(add_session)
def new(slug: str) -> Response:
    """A session's form."""
    programme = find_by(Programme, slug=slug)
    return _page(programme, None, _form(programme, None))


@bp.post("/programmes/<slug>/sessions")
@guarded_by(add_session)
def create(slug: str) -> Response:
    """One item more."""
    programme = find_by(Programme, slug=slug)
    form = _form(programme, None, request.form)
    if form.validate():
        try:
            add_session(programme, **_values(programme, form))
            return to("programmes.agenda.show", slug=slug, done=_("Saved."))
        except Unreadable as problem:
            form.blame("start", problem)
    return _page(programme, None, form, 422)


@bp.get("/agenda/sessions/<int:id>/edit")
@guarded_by(change_session)
def edit(id: int) -> Response:
    """The form, filled."""
    session = find(Session, id)
    programme = db.session.get_one(Programme, session.programme_id)
    return _page(programme, session, _form(programme, session))


@bp.post("/agenda/sessions/<int:id>")
@guarded_by(change_session)
def update(id: int) -> Response:
    """Save it."""
    session = find(Session, id)
    programme = db.session.get_one(Programme, session.programme_id)
    form = _form(programme, session, request.form)
    if form.validate():
        try:
            version = request.form.get("version", type=int)
            change_session(session, version=version, **_values(programme, form))
            return to("programmes.agenda.show", slug=programme.slug, done=_("Saved."))
        except Unreadable as problem:
            form.blame("start", problem)
    return _page(programme, session, form, 422)


@bp.delete("/agenda/sessions/<int:id>")
@guarded_by(remove_session)
def destroy(id: int) -> Response:
    """It leaves the agenda."""
    session = find(Session, id)
    slug = db.session.get_one(Programme, session.programme_id).slug
    remove_session(session)
    return to("programmes.agenda.show", slug=slug, done=_("Removed."))
