"""What is overdue in a programme after its meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campapp.core.db import db
from campapp.outcomes.models import MeetingReport, Milestone, Outcome
from campapp.programmes.models import Programme
from campapp.scheduling.models import Meeting, Placement
from campapp.scheduling.queries import newest_placements

PATIENCE = timedelta(days=14)
"""How long an outcome may wait for its confirmation."""


@dataclass(frozen=True)
class Silent:
    """A meeting that is over, of which a side has said nothing yet."""

    meeting_id: int
    team: str
    company: str
    table: str
    ended_at: datetime
    said: tuple[str, ...]


def silent_meetings(programme: Programme, now: datetime) -> list[Silent]:
    """Meetings over without both reports."""
    reports = (
        select(func.count())
        .where(MeetingReport.meeting_id == Meeting.id)
        .correlate(Meeting)
        .scalar_subquery()
    )
    one = (
        select(func.max(MeetingReport.side)).where(MeetingReport.meeting_id == Meeting.id).correlate(Meeting)
        .scalar_subquery()
    )  # fmt: skip
    rows = (
        newest_placements()
        .add_columns(one)
        .where(
            Meeting.programme_id == programme.id, Meeting.state.in_(("placed", "held")), Placement.ends_at < now,
            Placement.cancelled.is_(False), reports < 2,
        )
        .order_by(Placement.ends_at, Meeting.id)
    )  # fmt: skip
    return [
        Silent(
            meeting.id, entry.team_name, company.name, table or placement.table_name, placement.ends_at,
            (said,) if said else (),
        )
        for meeting, entry, company, _programme, placement, _publication, table, _room, said in db.session.execute(rows)
    ]  # fmt: skip


def unconfirmed(programme: Programme, now: datetime) -> Sequence[Outcome]:
    """Outcomes reported more than two weeks ago that nobody confirmed."""
    statement = (
        select(Outcome)
        .options(joinedload(Outcome.project), joinedload(Outcome.company))
        .where(
            Outcome.programme_id == programme.id, Outcome.state.in_(("reported", "disputed")),
            Outcome.state_at < now - PATIENCE,
        )
        .order_by(Outcome.state_at)
    )  # fmt: skip
    return db.session.scalars(statement).all()


def milestones_due(programme: Programme, now: datetime) -> list[tuple[Milestone, Outcome]]:
    """Days on which somebody wanted to look again, and did not."""
    today = now.astimezone(ZoneInfo(programme.zone)).date()
    statement = (
        select(Milestone, Outcome)
        .join(Outcome, Outcome.id == Milestone.outcome_id)
        .where(
            Outcome.programme_id == programme.id, Outcome.state != "closed", Milestone.done_at.is_(None),
            Milestone.due < today,
        )
        .order_by(Milestone.due)
    )  # fmt: skip
    return [(row[0], row[1]) for row in db.session.execute(statement)]
