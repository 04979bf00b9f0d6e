"""Groups and their conditions, and the list of the formal check: set by the organiser."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.programmes.models import CheckItem, Group, Programme
from campapp.programmes.rules import manages, manages_row


@action("group_made", rule=manages)
def make_group(act: Act, /, programme: Programme, **values: Any) -> Group:
    """A further group, the last in order."""
    last = select(Group.position).where(Group.programme_id == programme.id).order_by(Group.position.desc())
    row = Group(
        programme_id=programme.id, position=(db.session.scalars(last.limit(1)).first() or 0) + 1, **values
    )
    db.session.add(row)
    return row


@action("group_changed", rule=manages_row(Group))
def change_group(act: Act, /, group: Group, *, version: int | None = None, **values: Any) -> None:
    """Its name and conditions; entries are held against the new ones at the next look."""
    act.expect(version)
    for name, value in values.items():
        setattr(group, name, value)


@action("group_dropped", rule=manages_row(Group))
def drop_group(act: Act, group: Group) -> None:
    """Away with a group that no entry is in.

    Raises:
        Refused: an entry is in it, or was let into it.
    """
    try:
        with db.session.begin_nested():
            db.session.delete(group)
            db.session.flush()
    except IntegrityError:
        raise Refused("group_dropped", _("Entries are in this group.")) from None


@action("checklist_set", rule=manages)
def set_checklist(act: Act, programme: Programme, items: Iterable[dict[str, Any]]) -> None:
    """The items in their order (`id` or None, titles, auto). One that was used stays, so that its marks read on."""
    kept = {
        row.id: row
        for row in db.session.scalars(select(CheckItem).where(CheckItem.programme_id == programme.id))
    }
    for position, values in enumerate([dict(item) for item in items]):
        row = kept.pop(values.pop("id", None) or 0, None)
        if row is None:
            db.session.add(CheckItem(programme_id=programme.id, position=position, **values))
            continue
        row.position, row.title_zh, row.title_en = position, values["title_zh"], values["title_en"]
        row.auto = values["auto"]
    for row in kept.values():
        row.position = -1  # no longer asked; kept for the marks that name it
