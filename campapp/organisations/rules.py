"""Who keeps organisations, who verifies them, and who says that something belongs to one."""

from __future__ import annotations

from sqlalchemy import ColumnElement, true

from campapp.core.access import Verdict, rule, sees
from campapp.core.current import ADMINISTRATOR, ORGANISER, Actor
from campapp.core.db import Base, db
from campapp.core.files import StoredFile
from campapp.core.language import lazy_gettext as _l
from campapp.organisations.belonging import belonging_number, kind_of, own_ids
from campapp.organisations.models import Organisation


@rule
def keeps_organisations(actor: Actor, _row: object) -> Verdict:
    """An organiser (not read-only) or administrator: organisations are the park's, over all programmes."""
    if actor.role == ADMINISTRATOR:
        return True
    return actor.role == ORGANISER and actor.scope.level in {"owner", "manager", "helper"}


@rule
def reads_organisations(actor: Actor, _row: object) -> Verdict:
    """Any programme's staff, and administrators."""
    return actor.role in {ORGANISER, ADMINISTRATOR}


@rule
def verifies(actor: Actor, _organisation: Organisation) -> Verdict:
    """An owner or manager of a programme, or an administrator."""
    if actor.role == ADMINISTRATOR:
        return True
    return actor.role == ORGANISER and actor.scope.level in {"owner", "manager"}


@rule
def says_where_it_belongs(actor: Actor, row: Base | None) -> Verdict:
    """Whoever speaks for the team, company or unit, and the staff who keep organisations."""
    if row is None:
        return actor.is_authenticated
    kind = kind_of(row)
    return (kind.staff and keeps_organisations(actor)) or kind.may.predicate(actor, row)


@rule
def of_ones_own(actor: Actor, organisation: Organisation) -> Verdict:
    """Who speaks for the only thing that belongs to it, as long as nobody has verified it."""
    if not speaks_for(actor, organisation):
        return False
    if organisation.verified_at is not None:
        return str(_l("The park has verified this organisation; ask the organiser."))
    return belonging_number(organisation) == 1 or str(
        _l("Others belong to this organisation, too; ask the organiser.")
    )


def speaks_for(actor: Actor, organisation: Organisation) -> bool:
    """Whether what the actor speaks for belongs to it. Whoever types its code says so: that opens no papers."""
    return any(own_id(actor) == organisation.id for own_id in own_ids)


@rule
def reads_licence(actor: Actor, organisation: Organisation) -> Verdict:
    """The staff, and who gave the scan, as long as they speak for something that belongs to it."""
    if reads_organisations(actor):
        return True
    stored = (
        db.session.get(StoredFile, organisation.licence_file_id) if organisation.licence_file_id else None
    )
    mine = stored is not None and stored.account_id == actor.account_id and actor.account_id is not None
    return mine and speaks_for(actor, organisation)


changes_organisation = keeps_organisations | of_ones_own


@sees(Organisation, ORGANISER, ADMINISTRATOR)
def every_organisation(_actor: Actor) -> ColumnElement[bool]:
    """All: they are the park's."""
    return true()
