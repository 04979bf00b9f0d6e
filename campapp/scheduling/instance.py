"""Rows to the schedule contract, and its answer back to places."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from campapp.applications.models import Application, TeamAbsence
from campapp.core.db import db
from campapp.programmes.models import Absence, Participation, Programme, Slot, Table
from campapp.scheduling.models import Meeting
from campapp.scheduling.states import TO_PLACE

OBJECTIVES = ("placed", "team_breaks", "company_breaks")


def document(programme: Programme, objective: list[str], *, keep_placed: bool = False) -> dict[str, Any]:
    """The `campapp.schedule/1` input: open slots, tables, both sides with their absences, meetings with pins.

    `keep_placed`: what has a place keeps it (running again touches only what is unplaced).
    """
    slots, tables, meetings = _rows(programme)
    open_slots = [slot for slot in slots if not slot.closed]
    teams = sorted({meeting.application_id for meeting in meetings})
    companies = sorted({meeting.participation_id for meeting in meetings})
    own = _own_tables(tables)
    shared = [str(table.id) for table in tables if table.participation_id is None]
    open_ids = {slot.id for slot in open_slots}
    away_teams, away_companies = _absences(programme)
    return {
        "format": "campapp.schedule/1",
        "slots": [
            {"id": str(s.id), "day": s.day.isoformat(), "start": s.start, "end": s.end} for s in open_slots
        ],
        "tables": [{"id": str(table.id)} for table in tables],
        "participants": [
            *(_participant(f"t{one}", "team", away_teams[one] & open_ids, []) for one in teams),
            *(
                _participant(f"c{one}", "company", away_companies[one] & open_ids, own.get(one, shared))
                for one in companies
            ),
        ],
        "meetings": [_meeting(meeting, open_ids, keep_placed) for meeting in meetings],
        "objective": objective,
    }  # fmt: skip


def _rows(programme: Programme) -> tuple[list[Slot], list[Table], list[Meeting]]:
    slots = select(Slot).where(Slot.programme_id == programme.id).order_by(Slot.starts_at, Slot.id)
    tables = select(Table).where(Table.programme_id == programme.id, Table.closed.is_(False))
    meetings = select(Meeting).where(Meeting.programme_id == programme.id, Meeting.state.in_(TO_PLACE))
    return (
        list(db.session.scalars(slots)),
        list(db.session.scalars(tables.order_by(Table.position, Table.id))),
        list(db.session.scalars(meetings.order_by(Meeting.id))),
    )


def _own_tables(tables: list[Table]) -> dict[int, list[str]]:
    own: dict[int, list[str]] = defaultdict(list)
    for table in tables:
        if table.participation_id is not None:
            own[table.participation_id].append(str(table.id))
    return own


def _absences(programme: Programme) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    teams: dict[int, set[int]] = defaultdict(set)
    companies: dict[int, set[int]] = defaultdict(set)
    for application_id, slot_id in db.session.execute(
        select(TeamAbsence.application_id, TeamAbsence.slot_id)
        .join(Application, Application.id == TeamAbsence.application_id)
        .where(Application.programme_id == programme.id)
    ):
        teams[application_id].add(slot_id)
    for participation_id, slot_id in db.session.execute(
        select(Absence.participation_id, Absence.slot_id)
        .join(Participation, Participation.id == Absence.participation_id)
        .where(Participation.programme_id == programme.id)
    ):
        companies[participation_id].add(slot_id)
    return teams, companies


def _participant(name: str, kind: str, away: set[int], tables: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"id": name, "kind": kind}
    if away:
        found["unavailable"] = [str(slot_id) for slot_id in sorted(away)]
    if tables:
        found["tables"] = tables
    return found


def _meeting(meeting: Meeting, open_ids: set[int], keep_placed: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": str(meeting.id),
        "participants": [f"t{meeting.application_id}", f"c{meeting.participation_id}"],
    }
    if meeting.slot_id in open_ids and (meeting.pinned or keep_placed):
        found["slot"], found["table"] = str(meeting.slot_id), str(meeting.table_id)
    return found
