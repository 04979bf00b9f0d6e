"""What paper for the day needs to know: who comes, who sits where with whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select

from campapp.applications.models import Application
from campapp.applications.states import TAKEN
from campapp.companies.models import Company, Representative
from campapp.core.db import db
from campapp.dues.coming import coming
from campapp.dues.models import Due
from campapp.programmes.models import Participation, Programme, Room, Table
from campapp.programmes.queries.organising import staff
from campapp.scheduling.queries import Line, lines_in
from campapp.teams.models import Member


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
        .order_by(Participation.position, Company.sort_key, Company.id)
    )
    return list(db.session.scalars(statement))


def teams(programme: Programme) -> Sequence[Application]:
    """The teams that are in, by name."""
    statement = select(Application).where(
        Application.programme_id == programme.id, Application.state.in_(TAKEN)
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


@dataclass(frozen=True)
class Badge:
    """A person who comes; `kind` and `id` say for whom, as attendance is ticked (staff is not)."""

    name: str
    """Empty where a team or a company has named nobody yet: written by hand."""
    title: str
    organisation: str
    kind: str = ""
    id: int = 0
    number: str = ""


SIDES = ("team", "company", "staff")


def sides_of(programme: Programme) -> tuple[str, ...]:
    """Who can come: companies to a camp only."""
    return SIDES if programme.meets else ("team", "staff")


def badges(programme: Programme, side: str) -> list[Badge]:
    """Those who come for the teams that are in, for the confirmed companies, or of the programme's staff."""
    if side == "staff":
        return [Badge(name, "", "") for _row, name in staff(programme)]
    return _of_teams(programme) if side == "team" else _of_companies(programme)


def _of_teams(programme: Programme) -> list[Badge]:
    statement = (
        select(Application.id, Application.number, Application.team_name, Member.name, Member.title)
        .outerjoin(Member, and_(Member.team_id == Application.team_id, Member.left_at.is_(None)))
        .where(Application.programme_id == programme.id, Application.state.in_(TAKEN))
        .order_by(Application.team_sort, Application.id, Member.id)
    )
    found = [
        Badge(name or "", title or "", team, "application", row_id, number or "")
        for row_id, number, team, name, title in db.session.execute(statement)
    ]
    return _as_listed(found, coming(programme.id, Due.application_id))


def _of_companies(programme: Programme) -> list[Badge]:
    statement = (
        select(Participation.id, Company.name, Representative.name, Representative.title)
        .join(Company, Company.id == Participation.company_id)
        .outerjoin(
            Representative, and_(Representative.company_id == Company.id, Representative.left_at.is_(None))
        )
        .where(Participation.programme_id == programme.id, Participation.state == "confirmed")
        .order_by(Participation.position, Company.sort_key, Company.id, Representative.id)
    )
    found = [
        Badge(name or "", title or "", company, "participation", row_id)
        for row_id, company, name, title in db.session.execute(statement)
    ]
    return _as_listed(found, coming(programme.id, Due.participation_id))


def _as_listed(badges: list[Badge], listed: dict[int, list[tuple[str, str]]]) -> list[Badge]:
    """Where somebody said who comes, those and nobody else."""
    found: list[Badge] = []
    for _id, group in groupby(badges, key=lambda one: one.id):
        members = list(group)
        people = listed.get(members[0].id)
        found += (
            members
            if people is None
            else [replace(members[0], name=name, title=title) for name, title in people]
        )
    return found
