"""The board in memory: who sits where, what each place would cost. Loaded in a constant number of statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from campapp.applications.models import Application, TeamAbsence
from campapp.companies.models import Company
from campapp.core.db import db
from campapp.programmes.models import Absence, Participation, Programme, Slot, Table
from campapp.scheduling.conflicts import Conflict
from campapp.scheduling.models import Meeting


@dataclass
class Timetable:
    """All meetings of a programme with their slots, tables and both sides' absences."""

    slots: list[Slot] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    meetings: dict[int, Meeting] = field(default_factory=dict)
    teams: dict[int, str] = field(default_factory=dict)
    companies: dict[int, str] = field(default_factory=dict)
    """Names by application and participation, in the camp's order."""
    limits: dict[int, int] = field(default_factory=dict)
    team_away: set[tuple[int, int]] = field(default_factory=set)
    company_away: set[tuple[int, int]] = field(default_factory=set)

    @property
    def days(self) -> list[date]:
        """The days that have slots."""
        return sorted({slot.day for slot in self.slots})

    def placed(self) -> list[Meeting]:
        """Meetings with a place."""
        return [meeting for meeting in self.meetings.values() if meeting.slot_id is not None]

    def unplaced(self) -> list[Meeting]:
        """Meetings that wait for one."""
        return [meeting for meeting in self.meetings.values() if meeting.slot_id is None]

    def breaks(self, side: str, owner: int, moved: Meeting | None = None, to: int | None = None) -> int:
        """Separate runs of neighbouring occupied slots of a team or company, a day, less one where there is any;
        with `moved` counted as if it stood in slot `to`."""
        busy = {
            to if moved is not None and meeting.id == moved.id else meeting.slot_id
            for meeting in self.meetings.values()
            if getattr(meeting, side) == owner
        }
        return self._breaks(busy)

    def all_breaks(self, side: str) -> int:
        """Breaks over everybody of a side."""
        busy: dict[int, set[int | None]] = {}
        for meeting in self.meetings.values():
            busy.setdefault(getattr(meeting, side), set()).add(meeting.slot_id)
        return sum(self._breaks(slots) for slots in busy.values() if len(slots) > 1)

    def _breaks(self, busy: set[int | None]) -> int:
        found, running, day = 0, False, None
        runs_of_day = 0
        for slot in self.slots:
            if slot.day != day:
                found += max(0, runs_of_day - 1)
                day, running, runs_of_day = slot.day, False, 0
            if slot.id in busy and not running:
                runs_of_day += 1
            running = slot.id in busy
        return found + max(0, runs_of_day - 1)

    def conflicts(self, meeting: Meeting, slot: Slot) -> list[Conflict]:
        """What stands against this meeting in this slot, tables apart."""
        found = [Conflict("closed", (slot.id,))] if slot.closed else []
        for other in self.meetings.values():
            if other.slot_id != slot.id or other.id == meeting.id:
                continue
            if other.application_id == meeting.application_id:
                found.append(Conflict("team busy", (other.id,)))
            if other.participation_id == meeting.participation_id:
                found.append(Conflict("company busy", (other.id,)))
        if (meeting.application_id, slot.id) in self.team_away:
            found.append(Conflict("team absent", (meeting.application_id,)))
        if (meeting.participation_id, slot.id) in self.company_away:
            found.append(Conflict("company absent", (meeting.participation_id,)))
        return found

    def takes(self, meeting: Meeting, slot_id: int, table_id: int) -> bool:
        """Whether slot and table are open and both sides are there, whoever else sits there now."""
        away = (meeting.application_id, slot_id) in self.team_away
        away = away or (meeting.participation_id, slot_id) in self.company_away
        open_slot = any(slot.id == slot_id and not slot.closed for slot in self.slots)
        return not away and open_slot and any(t.id == table_id and not t.closed for t in self.tables)

    def free_table(self, meeting: Meeting, slot: Slot) -> Table | None:
        """The table it would get there: its present one if free, else the company's own, else a shared one."""
        taken = {m.table_id for m in self.meetings.values() if m.slot_id == slot.id and m.id != meeting.id}
        own = [t for t in self.tables if t.participation_id == meeting.participation_id]
        candidates = own or [t for t in self.tables if t.participation_id is None]
        candidates.sort(key=lambda table: table.id != meeting.table_id)
        return next((t for t in candidates if t.id not in taken and not t.closed), None)


def load(programme: Programme) -> Timetable:
    """A programme's timetable as the board shows it."""
    found = Timetable()
    found.slots = list(
        db.session.scalars(
            select(Slot).where(Slot.programme_id == programme.id).order_by(Slot.starts_at, Slot.id)
        )
    )
    found.tables = list(
        db.session.scalars(
            select(Table).where(Table.programme_id == programme.id).order_by(Table.position, Table.id)
        )
    )
    rows = db.session.execute(
        select(Meeting, Application.team_name)
        .join(Application, Application.id == Meeting.application_id)
        .where(Meeting.programme_id == programme.id, Meeting.state != "cancelled")
        .order_by(Meeting.id)
    )
    for meeting, team in rows:
        found.meetings[meeting.id] = meeting
        found.teams[meeting.application_id] = team
    for participation, name in db.session.execute(
        select(Participation, Company.name)
        .join(Company, Company.id == Participation.company_id)
        .where(Participation.programme_id == programme.id, Participation.state == "confirmed")
        .order_by(Participation.position, Participation.id)
    ):
        found.companies[participation.id] = name
        found.limits[participation.id] = participation.max_meetings
    _load_absences(found, programme)
    return found


def _load_absences(found: Timetable, programme: Programme) -> None:
    teams = select(TeamAbsence.application_id, TeamAbsence.slot_id).join(Slot, Slot.id == TeamAbsence.slot_id)
    companies = select(Absence.participation_id, Absence.slot_id).join(Slot, Slot.id == Absence.slot_id)
    found.team_away = {
        (one, slot) for one, slot in db.session.execute(teams.where(Slot.programme_id == programme.id))
    }
    found.company_away = {
        (one, slot) for one, slot in db.session.execute(companies.where(Slot.programme_id == programme.id))
    }
