"""Organisations are written down, changed, verified and merged; what belongs to them says so."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, or_, select, update
from sqlalchemy.exc import IntegrityError

from campapp.core import files
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import LOCK, Base, db
from campapp.core.files import StoredFile
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.text.language import Unreadable
from campapp.core.text.names import fold
from campapp.organisations.belonging import kind_of
from campapp.organisations.models import Organisation
from campapp.organisations.rules import (
    changes_organisation,
    keeps_organisations,
    says_where_it_belongs,
    verifies,
)

WORN = ("name", "credit_code", "country", "registration_number", "registered_on")
"""What a licence says: when it changes, somebody must look at the licence again."""


class CodeTaken(Unreadable):
    """Another organisation has this code or number."""

    def __init__(self, other: Organisation) -> None:
        super().__init__(_l("“%(name)s” has this code already. Merge the two.", name=other.name))
        self.other = other


def known_by(credit_code: str | None, country: str, registration_number: str) -> Organisation | None:
    """The one record of an entity over all years: by its credit code, else by country and registration number."""
    same = Organisation.credit_code == credit_code if credit_code else None
    if same is None and registration_number:
        same = (Organisation.country == country) & (Organisation.registration_number == registration_number)
    if same is None:
        return None
    return db.session.scalars(select(Organisation).where(same).with_for_update(key_share=True)).one_or_none()


@action("organisation_written_down", rule=keeps_organisations)
def write_down_organisation(act: Act, /, _organisation: None, name: str, **values: Any) -> Organisation:
    """A new record, unverified. Raises CodeTaken where there is one with this code."""
    return _write_down(name, values)


def _write_down(name: str, values: dict[str, Any]) -> Organisation:
    known = values.get("credit_code"), values.get("country", "CN"), values.get("registration_number", "")
    other = known_by(*known)
    if other is not None:
        raise CodeTaken(other)
    organisation = Organisation(name=name, name_key=fold(name), **values)
    try:
        with db.session.begin_nested():
            db.session.add(organisation)
            db.session.flush()
    except IntegrityError:  # somebody wrote the same entity down in this moment
        other = known_by(*known)
        if other is None:
            raise
        raise CodeTaken(other) from None
    return organisation


@action("organisation_changed", rule=changes_organisation)
def change_organisation(
    act: Act, /, organisation: Organisation, version: int | None = None, **values: Any
) -> None:
    """Other facts. What the licence says makes it unverified again. Raises CodeTaken."""
    act.expect(version)
    with db.session.no_autoflush:
        code, country = values.get("credit_code"), values.get("country", organisation.country)
        other = known_by(code, country, values.get("registration_number", ""))
    if other is not None and other.id != organisation.id:
        raise CodeTaken(other)
    worn = any(getattr(organisation, name) != values[name] for name in WORN if name in values)
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.name_key = fold(organisation.name)
    if worn:
        organisation.verified_at, organisation.verified_by = None, ""


@action("licence_given", rule=changes_organisation)
def give_licence(act: Act, organisation: Organisation, stored: StoredFile) -> None:
    """The scan of its licence; a new one must be looked at again."""
    organisation.licence_file_id = files.add(stored).id
    organisation.verified_at, organisation.verified_by = None, ""


@action("organisation_verified", rule=verifies)
def verify_organisation(act: Act, organisation: Organisation, *, version: int) -> None:
    """Somebody has held the licence beside the record: code, name and date are those of the entity.

    Raises:
        Refused: there is no scan to look at.  Stale: it changed since it was looked at.
    """
    act.expect(version)
    if organisation.licence_file_id is None:
        raise Refused("verify_organisation", _("Add the scan of the licence first."))
    organisation.verified_at, organisation.verified_by = act.at, act.by.name


@action("organisation_unverified", rule=verifies)
def unverify_organisation(act: Act, organisation: Organisation, *, reason: str) -> None:
    """The park no longer stands behind it."""
    act.because(reason)
    organisation.verified_at, organisation.verified_by = None, ""


@action("belonging_said", rule=says_where_it_belongs)
def belong(act: Act, row: Base, organisation: Organisation | None) -> None:
    """The team, company or unit belongs to this organisation now, or to none."""
    kind_of(row)
    row.organisation_id = organisation.id if organisation else None  # type: ignore[attr-defined]
    if organisation is not None:
        act.about(organisation)


@action("belonging_said", rule=says_where_it_belongs)
def belong_to_entity(act: Act, /, row: Base, name: str, **values: Any) -> Organisation:
    """It belongs to the entity with this code: to its one record, whoever wrote that down, or to a new one.

    What was typed changes nothing of a record that is there already.
    """
    kind_of(row)
    try:
        organisation = _write_down(name, values)
    except CodeTaken as problem:
        organisation = problem.other
    while organisation.merged_into_id is not None:
        organisation = db.session.get_one(Organisation, organisation.merged_into_id)
    row.organisation_id = organisation.id  # type: ignore[attr-defined]
    return organisation


@action("organisations_merged", rule=verifies)
def merge_organisations(act: Act, kept: Organisation, dropped: Organisation, *, reason: str) -> None:
    """Two records of one entity become one: whatever belonged to `dropped` belongs to `kept`.

    Raises:
        Refused: two codes are two entities, or one of them is merged already.
    """
    act.because(reason)
    dropped = db.session.get_one(Organisation, dropped.id, with_for_update=LOCK)
    if kept.id == dropped.id or kept.merged_into_id or dropped.merged_into_id:
        raise Refused("merge_organisations", _("These two cannot be merged."))
    if kept.credit_code and dropped.credit_code:
        raise Refused("merge_organisations", _("Each has a credit code of its own: they are two entities."))
    for column in _pointing():
        db.session.execute(update(column.table).where(column == dropped.id).values({column.name: kept.id}))
    _take_over(kept, dropped)
    act.about(dropped)
    act.note(kept=kept.id, dropped=dropped.id)


def _take_over(kept: Organisation, dropped: Organisation) -> None:
    code, number = dropped.credit_code, dropped.registration_number
    dropped.merged_into_id, dropped.credit_code, dropped.registration_number = kept.id, None, ""
    db.session.flush()
    if code:
        kept.credit_code, kept.country = code, dropped.country
        kept.verified_at, kept.verified_by = dropped.verified_at, dropped.verified_by
        kept.licence_file_id = dropped.licence_file_id or kept.licence_file_id
    kept.registration_number = kept.registration_number or ("" if kept.credit_code else number)
    for name in ("registered_on", "kind_of_entity", "district", "licence_file_id"):
        setattr(kept, name, getattr(kept, name) or getattr(dropped, name))
    kept.qualifications = sorted({*kept.qualifications, *dropped.qualifications})


def _pointing() -> list[Column[Any]]:
    table = Organisation.__table__
    return [
        column
        for other in Base.metadata.sorted_tables
        for column in other.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]


def lookalikes(organisation: Organisation) -> list[Organisation]:
    """Records that may be the same entity: of the same folded name, or number."""
    same = [Organisation.name_key == organisation.name_key]
    if organisation.registration_number:
        same.append(Organisation.registration_number == organisation.registration_number)
    rows = select(Organisation).where(or_(*same), Organisation.id != organisation.id)
    return list(db.session.scalars(rows.where(Organisation.merged_into_id.is_(None)).limit(20)))
