"""Where things happen: rooms and tables, added, renamed, closed, removed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.text.language import Unreadable
from campapp.programmes.models import Participation, Programme, Room, Session, Slot, Table
from campapp.programmes.rules import manages_camp, manages_row

manages_table = manages_row(Table)
manages_room = manages_row(Room)


class NameTaken(Unreadable):
    """Another one of the programme bears this name."""

    def __init__(self) -> None:
        super().__init__(_l("There is one with this name already."))


def remove_unused(row: Slot | Table | Room, words: str) -> None:
    """Delete, or refuse in these words where another row refers to it."""
    try:
        with db.session.begin_nested():
            db.session.delete(row)
            db.session.flush()
    except IntegrityError:
        raise Refused("unused", words) from None


@action("room_added", rule=manages_camp)
def add_room(act: Act, programme: Programme, name: str) -> Room:
    """A room or hall; one with the same name is that one."""
    known = db.session.scalars(
        select(Room).where(Room.programme_id == programme.id, Room.name == name)
    ).one_or_none()
    if known is not None:
        return known
    room = Room(programme_id=programme.id, name=name)
    db.session.add(room)
    db.session.flush()
    return room


@action("table_added", rule=manages_camp)
def add_table(
    act: Act,
    programme: Programme,
    *,
    owner: Participation | None = None,
    room: Room | None = None,
    name: str = "",
) -> Table:
    """A table, the next number unless named; perhaps a company's own."""
    names = set(db.session.scalars(select(Table.name).where(Table.programme_id == programme.id)))
    free = next(number for number in range(1, len(names) + 2) if f"T{number:02d}" not in names)
    last = db.session.scalar(select(func.max(Table.position)).where(Table.programme_id == programme.id))
    position = 0 if last is None else last + 1
    table = Table(programme_id=programme.id, name=name or f"T{free:02d}", position=position)
    table.participation_id = owner.id if owner else None
    table.room_id = room.id if room else None
    db.session.add(table)
    db.session.flush()
    return table


@action("table_renamed", rule=manages_table)
def change_table(act: Act, table: Table, *, name: str, room: Room | None, version: int | None = None) -> None:
    """Another name, another room. Personal pages show it at once; the next publication tells whose place it is.

    Raises:
        NameTaken: another table of the programme bears the name.
    """
    act.expect(version)
    _free(Table, table, name)
    table.name, table.room_id = name, room.id if room else None


@action("room_renamed", rule=manages_room)
def rename_room(act: Act, room: Room, *, name: str, version: int | None = None) -> None:
    """Another name; as with tables. Raises NameTaken."""
    act.expect(version)
    _free(Room, room, name)
    room.name = name


def _free(model: Any, row: Room | Table, name: str) -> None:
    """Refuse a name that another one of the programme bears."""
    others = select(model.id).where(
        model.programme_id == row.programme_id, model.id != row.id, model.name == name
    )
    if db.session.scalars(others).first() is not None:
        raise NameTaken


@action("table_closed", rule=manages_table)
def close_table(act: Act, table: Table) -> None:
    """No meeting is given to it any more."""
    table.closed = True


@action("table_opened", rule=manages_table)
def open_table(act: Act, table: Table) -> None:
    """Undo of closing."""
    table.closed = False


@action("table_removed", rule=manages_table)
def remove_table(act: Act, table: Table) -> None:
    """A table at which no meeting stands goes. Raises Refused."""
    act.note(name=table.name)
    remove_unused(table, _("A meeting stands at this table. Close it instead."))


@action("room_removed", rule=manages_room)
def remove_room(act: Act, room: Room) -> None:
    """A room goes; its tables and sessions stand in none then."""
    act.note(name=room.name)
    for model in (Table, Session):
        db.session.execute(update(model).where(model.room_id == room.id).values(room_id=None))
    remove_unused(room, _("Something still refers to this room."))
