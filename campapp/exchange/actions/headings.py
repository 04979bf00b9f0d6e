"""Headings are mapped to columns by hand once, and remembered for every sheet with the same set of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.exchange.actions.camp import may_import
from campapp.exchange.camp.sources import key_of
from campapp.exchange.models import HeadingMap


def _remembered(headings: Sequence[str]) -> HeadingMap | None:
    statement = (
        select(HeadingMap).where(HeadingMap.headings_key == key_of(headings)).with_for_update(key_share=True)
    )
    return db.session.scalars(statement).one_or_none()


@action("headings_mapped", rule=may_import)
def map_headings(
    act: Act, /, _programme: None, headings: Sequence[str], *, holds: str, fields: Mapping[str, str],
    constants: Mapping[str, str],
) -> HeadingMap:  # fmt: skip
    """Read every sheet with these headings so from now on: which table it is, which heading each column."""
    row = _remembered(headings)
    if row is None:
        row = HeadingMap(headings_key=key_of(headings), headings=list(headings))
        db.session.add(row)
    row.headings, row.holds, row.fields, row.constants = list(headings), holds, dict(fields), dict(constants)
    act.note(holds=holds, fields=dict(fields))
    return row


@action("headings_forgotten", rule=may_import)
def forget_headings(act: Act, /, _programme: None, headings: Sequence[str]) -> None:
    """Undo of mapping: such sheets are read by the names of their headings again."""
    row = _remembered(headings)
    if row is not None:
        act.note(holds=row.holds, fields=row.fields)
        db.session.delete(row)
