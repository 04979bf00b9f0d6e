"""Reads of outcomes and meeting reports beyond one row by its key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.access import find, hidden_fields, visible
from campapp.core.current import MEMBER, REPRESENTATIVE, current
from campapp.core.db import db
from campapp.core.language import say
from campapp.core.search import matches
from campapp.outcomes.models import MeetingReport, Milestone, Outcome
from campapp.pool.models import Project
from campapp.programmes.models import Participation, Programme
from campapp.scheduling.models import Meeting

OFFERED = 50
"""So many projects are offered at once to choose from."""


def report_of(meeting: Meeting, side: str) -> MeetingReport | None:
    """What one side says of a meeting, as far as the reader sees it."""
    return db.session.scalars(
        visible(MeetingReport).where(MeetingReport.meeting_id == meeting.id, MeetingReport.side == side)
    ).one_or_none()


def reports_of(meetings: Iterable[int]) -> dict[tuple[int, str], MeetingReport]:
    """Reports of several meetings, by meeting and side."""
    rows = db.session.scalars(visible(MeetingReport).where(MeetingReport.meeting_id.in_(list(meetings))))
    return {(row.meeting_id, row.side): row for row in rows}


def readable(report: MeetingReport | None, name: str) -> Any:
    """A field of a report, None where the reader must not see it."""
    if report is None or name in hidden_fields(current.actor, report):
        return None
    return getattr(report, name)


def projects_to_report(query: str) -> list[Project]:
    """The newest projects of which the reader may say that something came: their own, or those they know from a
    programme; with a query those whose entry it finds. One more than `OFFERED` where there are more."""
    statement = visible(Project)
    if current.actor.role == REPRESENTATIVE:
        met = (
            select(Application.project_id)
            .join(Meeting, Meeting.application_id == Application.id)
            .join(Participation, Participation.id == Meeting.participation_id)
            .where(Participation.company_id == current.actor.company_id)
        )
        statement = statement.where(Project.id.in_(met))
    if query.strip():
        found = visible(Application).where(matches(Application, query))
        statement = statement.where(Project.id.in_(found.with_only_columns(Application.project_id)))
    return list(db.session.scalars(statement.order_by(Project.id.desc()).limit(OFFERED + 1)))


def companies_for(project: Project) -> list[tuple[int, str]]:
    """The companies that an outcome of this project can name: the reader's own, or those of its programmes."""
    statement = select(Company.id, Company.name).order_by(Company.sort_key, Company.id)
    if current.actor.role == REPRESENTATIVE:
        statement = statement.where(Company.id == current.actor.company_id)
    else:
        statement = statement.where(
            Company.id.in_(
                select(Participation.company_id).where(Participation.programme_id.in_(_entered(project)))
            )
        )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def programmes_for(project: Project) -> list[tuple[int, str]]:
    """The programmes that the project entered and the reader sees."""
    statement = (
        visible(Programme).where(Programme.id.in_(_entered(project))).order_by(Programme.first_day.desc())
    )
    return [(row.id, say(row, "title")) for row in db.session.scalars(statement).unique()]


def _entered(project: Project) -> Select[int]:
    statement = select(Application.programme_id).where(
        Application.project_id == project.id, Application.submitted_at.is_not(None)
    )
    if current.actor.programme_id:
        statement = statement.where(Application.programme_id == current.actor.programme_id)
    return statement


def milestones_of(outcome: Outcome) -> Sequence[Milestone]:
    """The follow-ups of an outcome, in order of their days."""
    statement = visible(Milestone).where(Milestone.outcome_id == outcome.id)
    return db.session.scalars(statement.order_by(Milestone.due, Milestone.id)).all()


def project_of(meeting: Meeting) -> int:
    """The project that met."""
    return db.session.get_one(Application, meeting.application_id).project_id


def met_in(meeting_id: int | None) -> dict[str, Any]:
    """What a meeting says about an outcome that came of it: its programme and company."""
    if not meeting_id or current.actor.role not in {MEMBER, REPRESENTATIVE}:
        return {}
    meeting = find(Meeting, meeting_id)
    company_id = db.session.get_one(Participation, meeting.participation_id).company_id
    return {"meeting_id": meeting.id, "programme_id": meeting.programme_id, "company_id": company_id}
