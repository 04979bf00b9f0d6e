"""Rooms and halls."""

from __future__ import annotations

from flask import Blueprint, Response, request

from campapp.core.access import find, find_by
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, page, to
from campapp.programmes.actions.place import NameTaken, add_room, remove_room, rename_room
from campapp.programmes.forms.agenda import RoomForm
from campapp.programmes.models import Programme, Room
from campapp.programmes.views.agenda import plan_page

bp = Blueprint("room", __name__)


@bp.post("/programmes/<slug>/rooms")
@guarded_by(add_room)
def create(slug: str) -> Response:
    """One room more."""
    programme, form = find_by(Programme, slug=slug), RoomForm.of(sent=request.form)
    if not form.validate():
        return plan_page(programme, 422, room=form)
    add_room(programme, form.name.data)
    return to("programmes.agenda.show", slug=slug, done=_("The room is there."))


def _page(room: Room, programme: Programme, form: RoomForm, status: int = 200) -> Response:
    return page("programmes/room/edit.html", programme=programme, row=room, form=form, status=status)


@bp.get("/rooms/<int:id>/edit")
@guarded_by(rename_room)
def edit(id: int) -> Response:
    """Its name."""
    room = find(Room, id)
    return _page(room, db.session.get_one(Programme, room.programme_id), RoomForm.of(room))


@bp.put("/rooms/<int:id>")
@guarded_by(rename_room)
def update(id: int) -> Response:
    """Another name."""
    room, form = find(Room, id), RoomForm.of(sent=request.form)
    programme = db.session.get_one(Programme, room.programme_id)
    if form.validate():
        try:
            rename_room(room, name=form.name.data, version=request.form.get("version", type=int))
        except NameTaken as problem:
            form.blame("name", problem)
        else:
            return to("programmes.agenda.show", slug=programme.slug, done=_("Saved."))
    return _page(room, programme, form, 422)


@bp.delete("/rooms/<int:id>")
@guarded_by(remove_room)
def destroy(id: int) -> Response:
    """A room goes; its tables and sessions stay, in no room."""
    room = find(Room, id)
    programme = db.session.get_one(Programme, room.programme_id)
    remove_room(room)
    return to("programmes.agenda.show", slug=programme.slug, done=_("The room is removed."))
