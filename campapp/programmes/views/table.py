"""Tables."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from campapp.core.access import find, find_by
from campapp.core.action import bulk
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import ngettext
from campapp.core.web import guarded_by, page, to
from campapp.programmes.actions.place import (
    NameTaken,
    add_table,
    change_table,
    close_table,
    open_table,
    remove_table,
)
from campapp.programmes.forms.agenda import TableForm, TablesForm
from campapp.programmes.models import Programme, Room, Table
from campapp.programmes.views.agenda import plan_page, with_rooms

bp = Blueprint("table", __name__)


def _slug(row: Table) -> str:
    return db.session.get_one(Programme, row.programme_id).slug


@bp.post("/programmes/<slug>/tables")
@guarded_by(add_table)
def create(slug: str) -> Response:
    """More tables, the next numbers."""
    programme = find_by(Programme, slug=slug)
    form = with_rooms(TablesForm.of(sent=request.form), programme)
    if not form.validate():
        return plan_page(programme, 422, tables_form=form)
    room = find(Room, form.room.data, programme_id=programme.id) if form.room.data else None
    with bulk():
        for _number in range(form.count.data):
            add_table(programme, room=room)
    done = ngettext("%(num)s table more.", "%(num)s tables more.", form.count.data)
    return to("programmes.agenda.show", slug=slug, done=done)


@bp.post("/tables/<int:id>/closing")
@guarded_by(close_table)
def close(id: int) -> Response:
    """No meeting is given to it any more."""
    table = find(Table, id)
    close_table(table)
    return to("programmes.agenda.show", slug=_slug(table), done=_("Table %(name)s is closed.", name=table.name),
              undo=url_for(".reopen", id=id))  # fmt: skip


@bp.delete("/tables/<int:id>/closing")
@guarded_by(open_table)
def reopen(id: int) -> Response:
    """Open again."""
    table = find(Table, id)
    open_table(table)
    return to("programmes.agenda.show", slug=_slug(table), done=_("Table %(name)s is open.", name=table.name))


@bp.delete("/tables/<int:id>")
@guarded_by(remove_table)
def destroy(id: int) -> Response:
    """Gone, if no meeting stands at it."""
    table = find(Table, id)
    slug, name = _slug(table), table.name
    remove_table(table)
    return to("programmes.agenda.show", slug=slug, done=_("Table %(name)s is removed.", name=name))


def _form(table: Table, programme: Programme, sent: Any = None) -> TableForm:
    form = TableForm.of(table, sent, room=str(table.room_id or ""))
    return with_rooms(form, programme)  # type: ignore[no-any-return]


def _page(table: Table, programme: Programme, form: TableForm, status: int = 200) -> Response:
    return page("programmes/table/edit.html", programme=programme, row=table, form=form, status=status)


@bp.get("/tables/<int:id>/edit")
@guarded_by(change_table)
def edit(id: int) -> Response:
    """Its name and room."""
    table = find(Table, id)
    programme = db.session.get_one(Programme, table.programme_id)
    return _page(table, programme, _form(table, programme))


@bp.put("/tables/<int:id>")
@guarded_by(change_table)
def update(id: int) -> Response:
    """Another name, another room."""
    table = find(Table, id)
    programme = db.session.get_one(Programme, table.programme_id)
    form = _form(table, programme, request.form)
    if not form.validate():
        return _page(table, programme, form, 422)
    room = find(Room, form.room.data, programme_id=programme.id) if form.room.data else None
    try:
        change_table(table, name=form.name.data, room=room, version=request.form.get("version", type=int))
    except NameTaken as problem:
        form.blame("name", problem)
        return _page(table, programme, form, 422)
    return to("programmes.agenda.show", slug=programme.slug, done=_("Saved."))
