"""Reads of the timetable beyond one row by its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.access import visible
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.programmes.models import Participation, Programme, Room, Table
from campapp.scheduling.models import Meeting, Placement, Publication


@dataclass(frozen=True)
class Line:
    """One published meeting, as an agenda shows it."""

    meeting: Meeting
    team: str
    project: str
    company: str
    programme: Programme
    starts_at: datetime
    ends_at: datetime
    table: str
    """As the sign is called now."""
    was: str
    """What it was called when this was published, where that is another name."""
    room: str
    cancelled: bool
    sequence: int
    published_at: datetime

    @property
    def place(self) -> str:
        """Table and room."""
        return f"{self.table} · {self.room}" if self.room else self.table


def newest_placements() -> Select[*tuple[Any, ...]]:
    """The newest published placement of each meeting, with everything that an agenda says of it."""
    latest = select(func.max(Publication.id).label("id")).group_by(Publication.programme_id)
    return (
        select(Meeting, Application, Company, Programme, Placement, Publication, Table.name, Room.name)
        .join(Placement, Placement.meeting_id == Meeting.id)
        .join(Publication, Publication.id == Placement.publication_id)
        .join(Programme, Programme.id == Meeting.programme_id)
        .join(Application, Application.id == Meeting.application_id)
        .join(Participation, Participation.id == Meeting.participation_id)
        .join(Company, Company.id == Participation.company_id)
        .outerjoin(Table, Table.id == Placement.table_id)
        .outerjoin(Room, Room.id == Table.room_id)
        .where(Publication.id.in_(latest))
    )


def _line(row: Sequence[Any]) -> Line:
    meeting, application, company, programme, placement, publication, table, room = row
    name = table or placement.table_name
    return Line(
        meeting, application.team_name, application.project_title, company.name, programme, placement.starts_at,
        placement.ends_at, name, placement.table_name if name != placement.table_name else "",
        room or ("" if table else placement.room_name), placement.cancelled, placement.sequence, publication.created_at,
    )  # fmt: skip


def agenda(actor: Actor, *, cancelled: bool = False) -> list[Line]:
    """The published meetings that this actor sees as one of their sides, in time order."""
    seen = visible(Meeting, actor).with_only_columns(Meeting.id)
    statement = newest_placements().where(Meeting.id.in_(seen)).order_by(Placement.starts_at, Meeting.id)
    if not cancelled:
        statement = statement.where(Placement.cancelled.is_(False))
    return [_line(row) for row in db.session.execute(statement)]


def lines_of(meetings: Sequence[int]) -> list[Line]:
    """Published lines of certain meetings, cancelled ones too, for mails."""
    statement = newest_placements().where(Meeting.id.in_(meetings)).order_by(Placement.starts_at, Meeting.id)
    return [_line(row) for row in db.session.execute(statement)]


def lines_in(programme_id: int) -> list[Line]:
    """All published lines of a programme, in time order; who may read them is the caller's rule."""
    statement = newest_placements().where(Programme.id == programme_id)
    return [
        _line(row)
        for row in db.session.execute(statement.order_by(Placement.starts_at, Placement.table_name))
    ]
