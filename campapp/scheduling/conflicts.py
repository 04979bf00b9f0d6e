"""What stands against a meeting somewhere: the hard rules, asked of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from campapp.applications.models import TeamAbsence
from campapp.core.db import db
from campapp.programmes.models import Absence, Slot, Table
from campapp.scheduling.models import Meeting


@dataclass(frozen=True)
class Conflict:
    """Why a meeting cannot stand somewhere, in a word for the program and the ids of who is in the way."""

    kind: str
    """closed, team busy, company busy, table busy, team absent, company absent, not its table."""
    ids: tuple[int, ...] = ()


class InTheWay(Exception):
    """A move that a hard rule forbids; nothing was changed."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(", ".join(conflict.kind for conflict in conflicts))
        self.conflicts = conflicts


def conflicts(meeting: Meeting, slot: Slot, table: Table) -> list[Conflict]:
    """What stands against a meeting at this slot and table; empty: it may stand there. Touching times do not clash."""
    found = []
    if slot.closed:
        found.append(Conflict("closed", (slot.id,)))
    others = db.session.execute(
        select(Meeting, Slot)
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(
            Meeting.programme_id == meeting.programme_id, Meeting.id != meeting.id, Meeting.state != "cancelled",
            Slot.starts_at < slot.ends_at, Slot.ends_at > slot.starts_at,
        )
    ).all()  # fmt: skip
    for kind, clashing in (
        ("team busy", [m.id for m, _s in others if m.application_id == meeting.application_id]),
        ("company busy", [m.id for m, _s in others if m.participation_id == meeting.participation_id]),
        ("table busy", [m.id for m, _s in others if m.table_id == table.id]),
    ):
        if clashing:
            found.append(Conflict(kind, tuple(clashing)))
    return [*found, *_absences(meeting, slot), *_tables(meeting, table)]


def _absences(meeting: Meeting, slot: Slot) -> list[Conflict]:
    team = select(TeamAbsence.id).where(
        TeamAbsence.application_id == meeting.application_id, TeamAbsence.slot_id == slot.id
    )
    company = select(Absence.id).where(
        Absence.participation_id == meeting.participation_id, Absence.slot_id == slot.id
    )
    found = []
    if db.session.scalars(team).first() is not None:
        found.append(Conflict("team absent", (meeting.application_id,)))
    if db.session.scalars(company).first() is not None:
        found.append(Conflict("company absent", (meeting.participation_id,)))
    return found


def _tables(meeting: Meeting, table: Table) -> list[Conflict]:
    if table.closed:
        return [Conflict("closed", (table.id,))]
    own = list(db.session.scalars(select(Table.id).where(Table.participation_id == meeting.participation_id)))
    if table.id in own or (not own and table.participation_id is None):
        return []
    return [Conflict("not its table", (table.id,))]
