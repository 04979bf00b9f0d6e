"""Who sees what exchange keeps."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select

from campapp.core.access import sees
from campapp.core.current import ORGANISER, Actor
from campapp.core.files import StoredFile
from campapp.exchange.models import Package
from campapp.programmes.rules import manages_row

manages_package = manages_row(Package)


@sees(Package, ORGANISER)
def of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Of the programme that is organised."""
    return Package.programme_id == actor.programme_id


@sees(StoredFile, ORGANISER)
def packages_made(actor: Actor) -> ColumnElement[bool]:
    """The packages of the programme, to those who manage it."""
    made = select(Package.file_id).where(
        and_(Package.programme_id == actor.programme_id, Package.file_id.is_not(None))
    )
    return StoredFile.id.in_(made)
