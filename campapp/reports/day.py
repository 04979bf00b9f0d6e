"""What paper for the day needs to know: who comes, who sits where with whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.db import db
from campapp.programmes.models import Participation, Programme, Room, Table
from campapp.scheduling.queries import Line, lines_in


@dataclass
class DaySheet:
    """One day of one team or company."""

    name: str
    sub: str
    day: date
    lines: list[Line] = field(default_factory=list)


def day_sheets(programme: Programme, side: str) -> list[DaySheet]:
    """A sheet for each team or each company and day, by name."""
    zone, found = ZoneInfo(programme.zone), dict[tuple[str, int, date], DaySheet]()
    for line in lines_in(programme.id):
        if line.cancelled or line.starts_at is None:
            continue
        day = line.starts_at.astimezone(zone).date()
        if side == "team":
            who, name, sub = line.meeting.application_id, line.team, line.project
        else:
            who, name, sub = line.meeting.participation_id, line.company, ""
        found.setdefault((name, who, day), DaySheet(name, sub, day)).lines.append(line)
    return [found[key] for key in sorted(found)]


def slips(programme: Programme) -> list[Line]:
    """The meetings that get a slip, by table and time."""
    found = [line for line in lines_in(programme.id) if not line.cancelled]
    return sorted(found, key=lambda line: (line.table, line.starts_at))


def companies(programme: Programme) -> list[str]:
    """The companies that confirmed, in the programme's order."""
    statement = (
        select(Company.name)
        .join(Participation, Participation.company_id == Company.id)
        .where(Participation.programme_id == programme.id, Participation.state == "confirmed")
        .order_by(Participation.position, Company.name)
    )
    return list(db.session.scalars(statement))


def teams(programme: Programme) -> Sequence[Application]:
    """The accepted teams, by name."""
    statement = select(Application).where(
        Application.programme_id == programme.id, Application.state == "accepted"
    )
    return db.session.scalars(statement.order_by(Application.team_sort, Application.id)).all()


def table_signs(programme: Programme) -> list[tuple[str, str, str]]:
    """Each open table: its plate, whose it is, its room."""
    statement = (
        select(Table.name, Company.name, Room.name)
        .outerjoin(Participation, Participation.id == Table.participation_id)
        .outerjoin(Company, Company.id == Participation.company_id)
        .outerjoin(Room, Room.id == Table.room_id)
        .where(Table.programme_id == programme.id, Table.closed.is_(False))
        .order_by(Table.position, Table.id)
    )
    return [(plate, company or "", room or "") for plate, company, room in db.session.execute(statement)]
