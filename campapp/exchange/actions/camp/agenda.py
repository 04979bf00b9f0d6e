"""Slots, sessions and tables of a plan."""

from __future__ import annotations

from sqlalchemy import func, select

from campapp.core.db import db
from campapp.exchange.actions.camp.known import Known
from campapp.exchange.camp.plan import Plan
from campapp.exchange.camp.reading import Row
from campapp.programmes.actions.agenda import add_session, add_slot
from campapp.programmes.actions.place import add_room, add_table
from campapp.programmes.models import Table


def take_in_agenda(known: Known, plan: Plan) -> None:
    """Slots and sessions that the camp does not have yet."""
    for row in plan.agenda:
        if row["kind"] == "slot":
            _slot(known, row)
        else:
            _session(known, row)


def _slot(known: Known, row: Row) -> None:
    key, slots = (row["day"], row["start"]), known.standing.slots
    known.counts.note("slots", "unchanged" if key in slots else "created")
    if key not in slots:
        slots[key] = add_slot(known.programme, row["day"], row["start"], row["end"])


def _session(known: Known, row: Row) -> None:
    english, chinese = both(row["title"])
    if (row["day"], row["start"], chinese or english) in known.standing.sessions:
        known.counts.note("sessions", "unchanged")
        return
    add_session(
        known.programme, day=row["day"], start=row["start"], end=row["end"], title_en=english, title_zh=chinese,
        room=add_room(known.programme, row["room"]) if row["room"] else None,
    )  # fmt: skip
    known.counts.note("sessions", "created")


def both(title: str) -> tuple[str, str]:
    """`Opening / 开营` as its two languages; a title in one of them is that one."""
    parts = [part.strip() for part in title.split(" / ")]
    chinese = [part for part in parts if any("\u4e00" <= c <= "\u9fff" for c in part)]
    english = [part for part in parts if part not in chinese]
    return " / ".join(english), " / ".join(chinese)


def take_in_tables(known: Known, plan: Plan) -> None:
    """As many tables in all as the camp has; those beyond the companies' own are everybody's."""
    have = select(func.count(Table.id)).where(Table.programme_id == known.programme.id)
    for _ in range(plan.camp.get("tables", 0) - (db.session.scalar(have) or 0)):
        add_table(known.programme)
