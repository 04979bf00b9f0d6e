"""Who sees what is owed, and who hands it in."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select, true

from campapp.applications.models import Application
from campapp.applications.rules import of_own_team
from campapp.core.access import Rule, Verdict, rule, sees, sight_of
from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.db import Base, db
from campapp.core.files import StoredFile
from campapp.core.upload import Upload
from campapp.dues.models import Due, DueFile
from campapp.dues.wanted import standing
from campapp.programmes.models import FollowUp, Participation
from campapp.programmes.rules import manages_row, participations_of, reads_row, takes_part

manages_due = manages_row(Due)
manages_follow_up = manages_row(FollowUp)
reads_on_application = of_own_team | reads_row(Application)
reads_on_participation = takes_part | reads_row(Participation)


def _own(actor: Actor, row: Base | None) -> Verdict:
    if isinstance(row, Application):
        return of_own_team.predicate(actor, row)
    return isinstance(row, Participation) and takes_part.predicate(actor, row)


UPLOADED = "due"
"""As uploads call the question that they answer."""

hands_in = Rule("hands_in", _own, "The team or the company that is asked, or an organiser who acts for it.")


@rule
def hands_in_file(actor: Actor, file: DueFile) -> Verdict:
    """The team or the company whose answer it is."""
    return _own_due(actor, db.session.get_one(Due, file.due_id))


@rule
def hands_in_upload(actor: Actor, upload: Upload) -> Verdict:
    """The team or the company whose answer the file will be."""
    return upload.owner_kind == UPLOADED and _own_due(actor, db.session.get_one(Due, upload.owner_id))


def _own_due(actor: Actor, due: Due) -> Verdict:
    if due.application_id is not None:
        return _own(actor, db.session.get_one(Application, due.application_id))
    return _own(actor, db.session.get_one(Participation, due.participation_id))


# ------------------------------------------------------------------------------------------------ sight
@sees(Due, MEMBER)
def owed_by_own_team(actor: Actor) -> ColumnElement[bool]:
    """What the own team is asked, as long as it is."""
    own = select(Application.id).where(Application.team_id == actor.team_id)
    return and_(Due.application_id.in_(own), standing())


@sees(Due, REPRESENTATIVE)
def owed_by_own_company(actor: Actor) -> ColumnElement[bool]:
    """What the own company is asked, as long as it is."""
    return and_(Due.participation_id.in_(participations_of(actor.company_id)), standing())


@sees(Due, ORGANISER)
def owed_in_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Of the programme that is organised."""
    return Due.programme_id == actor.programme_id


@sees(Due, ADMINISTRATOR)
def everything_owed(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()


@sees(FollowUp, MEMBER, REPRESENTATIVE)
def asked_of_oneself(actor: Actor) -> ColumnElement[bool]:
    """What is asked of the own team or company."""
    mine = select(Due.id).where(Due.follow_up_id == FollowUp.id, sight_of(Due, actor))
    return mine.correlate(FollowUp).exists()


@sees(DueFile, MEMBER, REPRESENTATIVE, ORGANISER, ADMINISTRATOR)
def files_of_dues(actor: Actor) -> ColumnElement[bool]:
    """Files given as answers to dues that are seen."""
    seen = select(Due.id).where(Due.id == DueFile.due_id, sight_of(Due, actor))
    return seen.correlate(DueFile).exists()


@sees(Upload, MEMBER, REPRESENTATIVE)
def uploads_of_own_dues(actor: Actor) -> ColumnElement[bool]:
    """Files on their way to what the own team or company owes."""
    own = select(Due.id).where(Due.id == Upload.owner_id, sight_of(Due, actor))
    return and_(Upload.owner_kind == UPLOADED, own.correlate(Upload).exists())


@sees(StoredFile, MEMBER, REPRESENTATIVE, ORGANISER, ADMINISTRATOR)
def bytes_of_dues(actor: Actor) -> ColumnElement[bool]:
    """The bytes of those files."""
    of_row = and_(DueFile.file_id == StoredFile.id, DueFile.removed_at.is_(None), sight_of(DueFile, actor))
    return select(DueFile.id).where(of_row).correlate(StoredFile).exists()
