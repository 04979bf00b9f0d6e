"""What organisers' and companies' pages of a programme show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import contains_eager

from campapp.accounts.models import Account, Invitation
from campapp.companies.models import Company, Need, Representative
from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.programmes.models import (
    Absence,
    Contact,
    EntryForm,
    NeedInCamp,
    NonDisclosure,
    Notice,
    Participation,
    Programme,
    Room,
    Session,
    Slot,
    Staff,
    Table,
    Track,
    Unit,
)  # fmt: skip


def programme_of(row: Any) -> Programme:
    """The programme that a row of it belongs to: an entry, a match, a notice, a follow-up."""
    return db.session.get_one(Programme, row.programme_id)


def _of(model: Any, programme: Programme, *order: Any) -> list[Any]:
    found = visible(model).where(model.programme_id == programme.id).order_by(*order, model.id)
    return list(db.session.scalars(found))


def sources(kind: str) -> list[Programme]:
    """What a new programme may be copied from: those of its kind that the actor organises, newest first."""
    found = visible(Programme).where(Programme.kind == kind)
    if current.actor.programme_id:
        found = found.where(Programme.id == current.actor.programme_id)
    return list(db.session.scalars(found.order_by(Programme.first_day.desc()).limit(20)))


def stock(programme: Programme) -> dict[str, Any]:
    """How many of everything a programme has, in one statement."""
    counted: tuple[Any, ...] = (
        Track,
        Unit,
        Contact,
        Slot,
        Table,
        Room,
        Session,
        Participation,
        Notice,
        EntryForm,
        Staff,
    )
    numbers = db.session.execute(
        select(*(
            select(func.count()).where(model.programme_id == programme.id).scalar_subquery() for model in counted
        ))
    ).one()  # fmt: skip
    return {"count": {model.__tablename__: number for model, number in zip(counted, numbers, strict=True)}}


def rooms(programme: Programme) -> list[Room]:
    """Its rooms."""
    return _of(Room, programme, Room.position)


def plan(programme: Programme) -> dict[str, Any]:
    """Slots and sessions by day, tables with whose own they are, rooms."""
    days: dict[date, dict[str, list[Any]]] = defaultdict(lambda: {"slots": [], "sessions": []})
    for slot in _of(Slot, programme, Slot.starts_at):
        days[slot.day]["slots"].append(slot)
    for session in _of(Session, programme, Session.starts_at):
        days[session.day]["sessions"].append(session)
    owners = db.session.execute(
        select(Participation.id, Company.name).join(Company).where(Participation.programme_id == programme.id)
    )
    return {
        "days": sorted(days.items()), "rooms": rooms(programme), "tables": _of(Table, programme, Table.position),
        "owners": {row[0]: row[1] for row in owners},
    }  # fmt: skip


def companies_of(source: Programme) -> list[Company]:
    """The companies of a camp, by their sort key: whom a copy may invite again."""
    found = (
        select(Company)
        .join(Participation, Participation.company_id == Company.id)
        .where(Participation.programme_id == source.id, Participation.state != "declined")
        .order_by(Company.sort_key, Company.id)
    )
    return list(db.session.scalars(found))


def counts_of(participations: Sequence[int]) -> dict[int, dict[str, int]]:
    """For each participation: representatives with an account, needs brought, absences, terms accepted."""
    joined = (
        select(func.count())
        .where(
            Representative.company_id == Participation.company_id, Representative.joined_at.is_not(None),
            Representative.left_at.is_(None),
        )
        .scalar_subquery()
    )  # fmt: skip
    each = [
        select(func.count()).where(model.participation_id == Participation.id).scalar_subquery()
        for model in (NeedInCamp, Absence, NonDisclosure)
    ]
    rows = db.session.execute(
        select(Participation.id, joined, *each).where(Participation.id.in_(participations))
    )
    return {
        key: {"people": people, "needs": needs, "absences": absences, "terms": terms}
        for key, people, needs, absences, terms in rows
    }


def participation_parts(row: Participation) -> dict[str, Any]:
    """Slots with absences, needs with those brought, people with the terms they accepted, own tables."""

    def of_row(model: Any) -> list[Any]:
        return list(db.session.scalars(visible(model).where(model.participation_id == row.id)))

    slots: dict[date, list[Slot]] = defaultdict(list)
    for slot in db.session.scalars(
        visible(Slot).where(Slot.programme_id == row.programme_id).order_by(Slot.starts_at)
    ):
        slots[slot.day].append(slot)
    people = visible(Representative).where(
        Representative.company_id == row.company_id, Representative.left_at.is_(None)
    )
    return {
        "days": sorted(slots.items()),
        "away": {one.slot_id for one in of_row(Absence)},
        "brought": {one.need_id for one in of_row(NeedInCamp)},
        "terms": {one.representative_id: one for one in of_row(NonDisclosure)},
        "needs": db.session.scalars(
            visible(Need).where(Need.company_id == row.company_id, Need.closed_at.is_(None)).order_by(Need.id)
        ).all(),
        "people": db.session.scalars(people.order_by(Representative.id)).all(),
        "me": current.actor.account_id if current.actor.acting_for is None else None,
        "own_tables": db.session.scalars(
            select(Table.name).where(Table.participation_id == row.id).order_by(Table.position)
        ).all(),
    }


def representative_here(row: Participation) -> Representative | None:
    """The actor's own place among the company's representatives."""
    return db.session.scalars(
        visible(Representative).where(
            Representative.company_id == row.company_id, Representative.left_at.is_(None),
            Representative.account_id == current.actor.account_id,
        )
    ).one_or_none()  # fmt: skip


def absence_grid(programme: Programme) -> dict[str, Any]:
    """Companies that are not declined by slots, and who is away when."""
    rows = db.session.scalars(
        visible(Participation)
        .where(Participation.programme_id == programme.id, Participation.state.in_(("invited", "confirmed")))
        .join(Participation.company)
        .options(contains_eager(Participation.company))
        .order_by(Company.sort_key, Participation.id)
    ).all()
    days: dict[date, list[Slot]] = defaultdict(list)
    for slot in _of(Slot, programme, Slot.starts_at):
        days[slot.day].append(slot)
    absences = visible(Absence).where(Absence.participation_id.in_([row.id for row in rows]))
    away = {(one.participation_id, one.slot_id) for one in db.session.scalars(absences)}
    return {"rows": rows, "days": sorted(days.items()), "away": away}


def staff(programme: Programme) -> Sequence[Row[Staff, str]]:
    """Who organises it, owners first, with names."""
    found = (
        visible(Staff)
        .join(Account, Account.id == Staff.account_id)
        .add_columns(Account.name)
        .where(Staff.programme_id == programme.id, Staff.left_at.is_(None))
        .order_by(Staff.id)
    )
    return db.session.execute(found).all()


def staff_invitations(programme: Programme) -> Sequence[Invitation]:
    """Invitations to its staff that nobody has used yet."""
    now = clock.now()
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.kind == "programme", Invitation.scope_id == programme.id, Invitation.spent_at.is_(None),
            Invitation.revoked_at.is_(None), Invitation.expires_at > now,
        )
        .order_by(Invitation.id)
    ).all()  # fmt: skip


def notices(programme: Programme) -> list[Notice]:
    """All of its notices, drafts first, then the newest."""
    return _of(
        Notice, programme, Notice.published_at.is_not(None), Notice.pinned.desc(), Notice.created_at.desc()
    )
