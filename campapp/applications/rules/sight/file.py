"""Who sees the files of an application."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from campapp.applications.models import (
    Application,
    EntryFile,
)
from campapp.applications.rules.sight.entry import entries_of_side, seen, seen_behind
from campapp.companies.models import Representative
from campapp.core.access import sees
from campapp.core.current import ADMINISTRATOR, MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.files import StoredFile
from campapp.core.upload import Upload
from campapp.programmes.models import NonDisclosure, Participation


@sees(EntryFile, MEMBER)
def own_files(actor: Actor) -> ColumnElement[bool]:
    """Of the team's own applications."""
    return EntryFile.application_id.in_(entries_of_side(actor))


@sees(EntryFile, ORGANISER, ADMINISTRATOR)
def submitted_files(actor: Actor) -> ColumnElement[bool]:
    """Of submitted applications, as far as they are part of the submission."""
    return and_(seen_behind(actor, EntryFile), EntryFile.counts)


@sees(Upload, MEMBER)
def own_uploads(actor: Actor) -> ColumnElement[bool]:
    """Files on their way to the team's own applications."""
    return and_(Upload.owner_kind == "application", Upload.owner_id.in_(entries_of_side(actor)))


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
        seen_behind(actor, EntryFile),
        EntryFile.counts,
        EntryFile.for_companies,
        or_(EntryFile.confidential.is_(False), seen(actor, EntryFile, disclosed)),
    )


@sees(StoredFile, MEMBER, ORGANISER, REPRESENTATIVE, ADMINISTRATOR)
def files_of_entries(actor: Actor) -> ColumnElement[bool]:
    """The bytes of entry files that are seen."""
    by_role = {MEMBER: own_files, REPRESENTATIVE: files_of_shown}
    of_row = and_(EntryFile.file_id == StoredFile.id, by_role.get(actor.role, submitted_files)(actor))
    return select(EntryFile.id).where(of_row).correlate(StoredFile).exists()
