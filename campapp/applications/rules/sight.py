"""Who sees an application, and what hangs on it: its team, its project, its files."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from campapp.applications.models import (
    Allowance,
    Answer,
    Application,
    CheckMark,
    CheckResult,
    Consent,
    EntryFile,
    Mark,
    Submission,
    TeamAbsence,
)
from campapp.companies.models import Need, Representative
from campapp.core.access import sees
from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.db import Base
from campapp.core.files import StoredFile
from campapp.core.upload import Upload
from campapp.pool.models import Project, Snapshot
from campapp.programmes.models import NeedInCamp, NonDisclosure, Participation
from campapp.teams.models import Member, Team
from campapp.teams.rules import beyond


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


def _seen(actor: Actor, model: type[Base], link: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an application that the actor sees hangs by `link` on a row of `model`.

    Asked of the row at hand: a list of a million applications would be gathered for the sake of one.
    """
    by_role = {ORGANISER: submitted_applications, REPRESENTATIVE: accepted_and_shown}
    sight = by_role.get(actor.role, every_submitted_application)(actor)
    return select(Application.id).where(link, sight).correlate(model).exists()


def _seen_behind(actor: Actor, model: Any) -> ColumnElement[bool]:
    """Whether the actor sees the application that a row of `model` belongs to."""
    return _seen(actor, model, Application.id == model.application_id)


def teams_beyond(programme_ids: Collection[int]) -> Select[int]:
    """The teams that entered a programme other than these, drafts too."""
    return select(Application.team_id).where(Application.programme_id.not_in(programme_ids))


if teams_beyond not in beyond:
    beyond.append(teams_beyond)


@sees(Team, ORGANISER, REPRESENTATIVE)
def teams_of_those(actor: Actor) -> ColumnElement[bool]:
    """The teams of the applications that are seen."""
    return _seen(actor, Team, Application.team_id == Team.id)


@sees(Member, ORGANISER)
def members_of_those(actor: Actor) -> ColumnElement[bool]:
    """The members of those teams."""
    return _seen(actor, Member, Application.team_id == Member.team_id)


def agrees_to(purpose: str) -> ColumnElement[bool]:
    """Whether a member agrees to a purpose for themselves, in the application at hand."""
    return (
        select(Consent.id)
        .where(
            Consent.application_id == Application.id, Consent.member_id == Member.id,
            Consent.purpose == purpose, Consent.withdrawn_at.is_(None),
        )
        .correlate(Application, Member)
        .exists()
    )  # fmt: skip


@sees(Member, REPRESENTATIVE)
def members_who_agree(actor: Actor) -> ColumnElement[bool]:
    """Of those teams, who agreed for themselves in one of these programmes. A page about one entry names those who
    agreed in that one (`agreeing.members_read`)."""
    named = and_(Application.team_id == Member.team_id, agrees_to("companies"))
    return and_(Member.left_at.is_(None), _seen(actor, Member, named))


@sees(Project, MEMBER)
def own_projects(actor: Actor) -> ColumnElement[bool]:
    """The team's own projects."""
    return Project.team_id == actor.team_id


@sees(Project, ORGANISER, REPRESENTATIVE)
def projects_of_those(actor: Actor) -> ColumnElement[bool]:
    """The projects of the applications that are seen."""
    return _seen(actor, Project, Application.project_id == Project.id)


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
        return _seen_behind(actor, model)


for _model in (Submission, Answer, TeamAbsence, CheckResult):
    _rows_of_applications(_model)


@sees(Consent, MEMBER)
def consents_of_own_team(actor: Actor) -> ColumnElement[bool]:
    """What the team agreed to; of what its members said for themselves one's own, and the captain all."""
    own = Consent.application_id.in_(select(Application.id).where(own_applications(actor)))
    if actor.scope.level == "captain":
        return own
    me = select(Member.id).where(Member.account_id == actor.account_id)
    return and_(own, or_(Consent.member_id.is_(None), Consent.member_id.in_(me)))


@sees(Consent, ORGANISER, ADMINISTRATOR)
def consents_of_submitted(actor: Actor) -> ColumnElement[bool]:
    """Of submitted applications."""
    return _seen_behind(actor, Consent)


@sees(EntryFile, MEMBER)
def own_files(actor: Actor) -> ColumnElement[bool]:
    """Of the team's own applications."""
    return EntryFile.application_id.in_(select(Application.id).where(own_applications(actor)))


@sees(EntryFile, ORGANISER, ADMINISTRATOR)
def submitted_files(actor: Actor) -> ColumnElement[bool]:
    """Of submitted applications, as far as they are part of the submission."""
    return and_(_seen_behind(actor, EntryFile), EntryFile.counts)


@sees(Upload, MEMBER)
def own_uploads(actor: Actor) -> ColumnElement[bool]:
    """Files on their way to the team's own applications."""
    own = select(Application.id).where(Application.team_id == actor.team_id)
    return and_(Upload.owner_kind == "application", Upload.owner_id.in_(own))


@sees(Snapshot, MEMBER, ORGANISER, ADMINISTRATOR)
def snapshots_of_submissions(actor: Actor) -> ColumnElement[bool]:
    """What was submitted, of the submissions that are seen."""
    if actor.role == MEMBER:
        return Snapshot.project_id.in_(select(Project.id).where(Project.team_id == actor.team_id))
    of_row = and_(Submission.snapshot_id == Snapshot.id, _seen_behind(actor, Submission))
    return select(Submission.id).where(of_row).correlate(Snapshot).exists()


@sees(Mark, ORGANISER, ADMINISTRATOR)
def marks_of_colleagues(actor: Actor) -> ColumnElement[bool]:
    """The marks and notes of the programme's staff."""
    return _seen_behind(actor, Mark)


@sees(CheckMark, ORGANISER, ADMINISTRATOR)
def marks_of_the_check(actor: Actor) -> ColumnElement[bool]:
    """What the staff marked while it checks; the team reads how it ended."""
    return _seen_behind(actor, CheckMark)


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


def disclosed_to(actor: Actor) -> Any:
    """Programmes in which the person accepted the non-disclosure terms, as a representative of the company."""
    return (
        select(Participation.programme_id)
        .join(NonDisclosure, NonDisclosure.participation_id == Participation.id)
        .join(Representative, Representative.id == NonDisclosure.representative_id)
        .where(Representative.account_id == actor.account_id, Representative.company_id == actor.company_id)
    )


@sees(EntryFile, REPRESENTATIVE)
def files_of_shown(actor: Actor) -> ColumnElement[bool]:
    """Files of shown applications; confidential ones once the terms are accepted."""
    disclosed = and_(
        Application.id == EntryFile.application_id, Application.programme_id.in_(disclosed_to(actor))
    )
    return and_(
        _seen_behind(actor, EntryFile),
        EntryFile.counts,
        EntryFile.for_companies,
        or_(EntryFile.confidential.is_(False), _seen(actor, EntryFile, disclosed)),
    )


@sees(StoredFile, MEMBER, ORGANISER, REPRESENTATIVE, ADMINISTRATOR)
def files_of_entries(actor: Actor) -> ColumnElement[bool]:
    """The bytes of entry files that are seen."""
    by_role = {MEMBER: own_files, REPRESENTATIVE: files_of_shown}
    of_row = and_(EntryFile.file_id == StoredFile.id, by_role.get(actor.role, submitted_files)(actor))
    return select(EntryFile.id).where(of_row).correlate(StoredFile).exists()


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
