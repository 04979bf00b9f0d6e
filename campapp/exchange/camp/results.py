"""What came of a camp as sheets: its matches, where its meetings sit, its outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.access import visible
from campapp.core.db import db
from campapp.matching.models import Match
from campapp.outcomes.models import Outcome
from campapp.programmes.models import Participation, Programme, Slot, Table
from campapp.scheduling.models import Meeting
from campapp.teams.models import Team

Rows = list[Sequence[Any]]


def results_of(programme: Programme) -> Iterable[tuple[str, Sequence[str], Rows]]:
    """(name, headings, rows) of each file that says what came of the camp."""
    yield "matches", ("team", "company", "score", "state"), _matches(programme)
    yield "schedule", ("team", "company", "day", "start", "end", "table"), _schedule(programme)
    yield (
        "outcomes",
        ("team", "company", "type", "day", "title", "currency", "intended", "signed", "paid", "state", "reported_by",
         "confirmed_by"),
        _outcomes(programme),
    )  # fmt: skip


def rows_of(model: Any, programme: Programme, *order: Any) -> list[Any]:
    """A programme's rows of a model, as far as the reader sees them."""
    return list(db.session.scalars(visible(model).where(model.programme_id == programme.id).order_by(*order)))


def names_of(programme: Programme) -> tuple[dict[int, str], dict[int, str]]:
    """Teams by application and companies by participation: their names."""
    rows = db.session.execute(
        select(Application.id, Team.name)
        .join(Team, Team.id == Application.team_id)
        .where(Application.programme_id == programme.id)
    )
    companies = db.session.execute(
        select(Participation.id, Company.name)
        .join(Company, Company.id == Participation.company_id)
        .where(Participation.programme_id == programme.id)
    )
    return {row[0]: row[1] for row in rows}, {row[0]: row[1] for row in companies}


def _matches(programme: Programme) -> Rows:
    teams, companies = names_of(programme)
    return [
        (teams[m.application_id], companies[m.participation_id], m.score, m.state)
        for m in rows_of(Match, programme, Match.id)
        if m.state != "replaced"
    ]


def _schedule(programme: Programme) -> Rows:
    rows = db.session.execute(
        select(Meeting, Slot, Table)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Table, Table.id == Meeting.table_id)
        .where(Meeting.programme_id == programme.id, Meeting.state != "cancelled")
        .order_by(Slot.starts_at, Table.position, Meeting.id)
    )
    teams, companies = names_of(programme)
    return [
        (teams[m.application_id], companies[m.participation_id], slot.day, slot.start, slot.end, table.name)
        for m, slot, table in rows
    ]


def _outcomes(programme: Programme) -> Rows:
    rows = db.session.execute(
        select(Outcome, Team.name, Company.name)
        .join(Team, Team.id == Outcome.team_id)
        .outerjoin(Company, Company.id == Outcome.company_id)
        .where(Outcome.programme_id == programme.id)
        .order_by(Outcome.id)
    )
    return [
        (team, company or "", o.type, o.day, o.title, o.currency, o.intended, o.signed, o.paid, o.state,
         o.reported_side, o.confirmed_side)
        for o, team, company in rows
    ]  # fmt: skip
