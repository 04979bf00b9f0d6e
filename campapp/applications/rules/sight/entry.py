"""Who sees an application, its project, what was submitted, marked and granted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, true

from campapp.applications.models import (
    Allowance,
    Answer,
    Application,
    CheckMark,
    CheckResult,
    Mark,
    Submission,
    TeamAbsence,
)
from campapp.companies.models import Need
from campapp.core.access import sees, sight_of
from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.db import Base
from campapp.pool.models import Project, Snapshot
from campapp.programmes.models import NeedInCamp, Participation


def shown_to(company_id: int) -> ColumnElement[bool]:
    """Accepted applications that agreed to it, of camps in which the organiser shows the teams to this company."""
    shown = select(Participation.programme_id).where(
        Participation.company_id == company_id,
        Participation.state == "confirmed",
        Participation.teams_shown_at.is_not(None),
    )
    return and_(
        Application.state == "accepted",
        Application.companies_agreed_at.is_not(None),
        Application.programme_id.in_(shown),
    )


@sees(Application, MEMBER)
def own_applications(actor: Actor) -> ColumnElement[bool]:
    """The team's own, drafts included."""
    return Application.team_id == actor.team_id


@sees(Application, ORGANISER)
def submitted_applications(actor: Actor) -> ColumnElement[bool]:
    """What was submitted to the programme; never a draft."""
    return and_(Application.programme_id == actor.programme_id, Application.submitted_at.is_not(None))


@sees(Application, REPRESENTATIVE)
def accepted_and_shown(actor: Actor) -> ColumnElement[bool]:
    """Accepted teams that the organiser shows to the company, as long as they agree to it."""
    return shown_to(actor.company_id)


@sees(Application, ADMINISTRATOR)
def every_submitted_application(_actor: Actor) -> ColumnElement[bool]:
    """Everything that was submitted."""
    return Application.submitted_at.is_not(None)


def seen(actor: Actor, model: type[Base], link: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an application that the actor sees hangs by `link` on a row of `model`.

    Asked of the row at hand: a list of a million applications would be gathered for the sake of one.
    """
    by_role = {ORGANISER: submitted_applications, REPRESENTATIVE: accepted_and_shown}
    sight = by_role.get(actor.role, every_submitted_application)(actor)
    return select(Application.id).where(link, sight).correlate(model).exists()


def seen_behind(actor: Actor, model: Any) -> ColumnElement[bool]:
    """Whether the actor sees the application that a row of `model` belongs to."""
    return seen(actor, model, Application.id == model.application_id)


def entries_of_side(actor: Actor) -> Select[int]:
    """The team's own applications; of who acts for it as an organiser, those in their programme."""
    return select(Application.id).where(sight_of(Application, actor))


@sees(Project, MEMBER)
def own_projects(actor: Actor) -> ColumnElement[bool]:
    """The team's own projects; of who acts for it, those that it entered in their programme."""
    own = Project.team_id == actor.team_id
    if actor.acting_for is None:
        return own
    entered = select(Application.project_id).where(Application.id.in_(entries_of_side(actor)))
    return and_(own, Project.id.in_(entered))


@sees(Project, ORGANISER, REPRESENTATIVE)
def projects_of_those(actor: Actor) -> ColumnElement[bool]:
    """The projects of the applications that are seen."""
    return seen(actor, Project, Application.project_id == Project.id)


@sees(Project, ADMINISTRATOR)
def the_pool(_actor: Actor) -> ColumnElement[bool]:
    """All projects in the pool."""
    return Project.pooled_at.is_not(None)


def _rows_of_applications(model: Any) -> None:
    @sees(model, MEMBER)
    def of_own(actor: Actor) -> ColumnElement[bool]:
        """Of the team's own applications."""
        own = select(Application.id).where(Application.team_id == actor.team_id)
        return model.application_id.in_(own)  # type: ignore[no-any-return]

    @sees(model, ORGANISER, ADMINISTRATOR)
    def of_submitted(actor: Actor) -> ColumnElement[bool]:
        """Of submitted applications."""
        return seen_behind(actor, model)


for _model in (Submission, Answer, TeamAbsence, CheckResult):
    _rows_of_applications(_model)


@sees(Snapshot, MEMBER, ORGANISER, ADMINISTRATOR)
def snapshots_of_submissions(actor: Actor) -> ColumnElement[bool]:
    """What was submitted, of the submissions that are seen."""
    seen_one = seen_behind(actor, Submission)
    if actor.role == MEMBER:
        seen_one = Submission.application_id.in_(entries_of_side(actor))
    of_row = and_(Submission.snapshot_id == Snapshot.id, seen_one)
    return select(Submission.id).where(of_row).correlate(Snapshot).exists()


@sees(Mark, ORGANISER, ADMINISTRATOR)
def marks_of_colleagues(actor: Actor) -> ColumnElement[bool]:
    """The marks and notes of the programme's staff."""
    return seen_behind(actor, Mark)


@sees(CheckMark, ORGANISER, ADMINISTRATOR)
def marks_of_the_check(actor: Actor) -> ColumnElement[bool]:
    """What the staff marked while it checks; the team reads how it ended."""
    return seen_behind(actor, CheckMark)


@sees(Allowance, MEMBER)
def own_allowances(actor: Actor) -> ColumnElement[bool]:
    """What the team was granted."""
    own = select(Application.id).where(Application.team_id == actor.team_id)
    return and_(Allowance.application_id.in_(own), Allowance.revoked_at.is_(None))


@sees(Allowance, ORGANISER)
def allowances_of_the_programme(actor: Actor) -> ColumnElement[bool]:
    """Of the programme that is organised."""
    return Allowance.programme_id == actor.programme_id


@sees(Allowance, ADMINISTRATOR)
def every_allowance(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()


@sees(Need, MEMBER)
def needs_for_accepted_teams(actor: Actor) -> ColumnElement[bool]:
    """Needs for invited teams, once the team is accepted in a camp to which they are brought."""
    camps = select(Application.programme_id).where(
        Application.team_id == actor.team_id, Application.state == "accepted"
    )
    brought = (
        select(NeedInCamp.need_id)
        .join(Participation, Participation.id == NeedInCamp.participation_id)
        .where(Participation.programme_id.in_(camps), Participation.state == "confirmed")
    )
    return and_(Need.id.in_(brought), Need.closed_at.is_(None))
