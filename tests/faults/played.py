"""A camp that has come as far as its meetings, and a run that takes a while."""

from __future__ import annotations

import random
from typing import Any

from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.matching.actions.answer import answer_for
from campapp.matching.actions.release import add_match, release
from campapp.programmes.models import Programme, Slot, Table
from campapp.runs.actions import start_run
from campapp.scheduling.actions.meeting import move_meeting
from campapp.scheduling.models import Meeting
from tests.cast import person
from tests.factories import application, participation


def confirmed_meetings(programme: Programme, companies: int) -> list[Meeting]:
    """One team meets each of the companies, all placed, nothing published."""
    entry = application(programme, person("Cao"), "Alpha", state="accepted")
    rows = [
        participation(programme, f"Company {n}", representative=person(f"Representative {n}"))
        for n in range(companies)
    ]
    slots = db.session.scalars(select(Slot).order_by(Slot.starts_at)).all()
    tables = db.session.scalars(select(Table).order_by(Table.position)).all()
    with current.set(actor=SYSTEM), bulk():
        matches = [add_match(programme, entry, row) for row in rows]
        release(programme, matches)
        for match, slot, table in zip(matches, slots, tables, strict=False):
            answer_for(match, "company", "accepted", how="organiser")
            answer_for(match, "team", "accepted", how="organiser")
            meeting = db.session.scalars(select(Meeting).where(Meeting.match_id == match.id)).one()
            move_meeting(programme, meeting, slot, table)
    return list(db.session.scalars(select(Meeting)))


def owner(name: str = "Olga") -> Account:
    """The camp's organiser."""
    return db.session.scalars(select(Account).where(Account.name == name)).one()


def long_run(programme: Programme, *, seconds: float) -> int:
    """A run over a schedule too large to be proved best in that time: its id."""
    draw = random.Random(7)
    document: dict[str, Any] = {
        "format": "campapp.schedule/1",
        "slots": [{"id": f"s{n}", "day": "2026-12-01", "start": f"{8 + n // 2:02}:{n % 2 * 30:02}",
                   "end": f"{8 + n // 2:02}:{n % 2 * 30 + 25:02}"} for n in range(24)],
        "tables": [{"id": f"T{n}"} for n in range(20)],
        "participants": [{"id": f"t{n}", "kind": "team"} for n in range(80)]
        + [{"id": f"c{n}", "kind": "company"} for n in range(30)],
        "meetings": [{"id": f"m{n}", "participants": [f"t{draw.randrange(80)}", f"c{draw.randrange(30)}"]}
                     for n in range(300)],
        "objective": ["placed", "team_breaks", "company_breaks"],
    }  # fmt: skip
    with current.set(actor=SYSTEM):
        return start_run(programme, "schedule", document, time_limit=seconds).id
