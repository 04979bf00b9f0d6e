"""A programme: created, changed, published, its tracks, units, contacts and staff."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campapp.accounts.actions.acting import drop_acting
from campapp.accounts.actions.invitation import invite
from campapp.accounts.models import Account, Invitation
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.current import ORGANISER
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.text.slugs import slug as slug_of
from campapp.programmes.models import Contact, EntryForm, Programme, Staff, Track, Unit
from campapp.programmes.rules import manages, may_create_programme, owns
from campapp.programmes.standard_form import STANDARD
from campapp.programmes.states import PROGRAMME


def free_slug(wanted: str) -> str:
    """The slug of a title, with a number where it is taken."""
    base = slug_of(wanted) or "programme"
    taken = set(
        db.session.scalars(select(Programme.slug).where(Programme.slug.startswith(base, autoescape=True)))
    )
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, 10_000) if f"{base}-{n}" not in taken)


@action("programme_created", rule=may_create_programme)
def create_programme(
    act: Act, /, _park: None, *, kind: str, first_day: date, last_day: date, slug: str = "",
    form: dict[str, Any] | Literal["standard"] | None = "standard", **values: Any,
) -> Programme:  # fmt: skip
    """A new programme, a draft with its first entry form; who creates it owns it."""
    titles = values.get("title_en", "") or values.get("title_zh", "")
    programme = Programme(
        state="draft",
        kind=kind,
        slug=slug or free_slug(titles),
        first_day=first_day,
        last_day=last_day,
        **values,
    )
    db.session.add(programme)
    db.session.flush()
    if form:
        document = STANDARD[kind] if form == "standard" else form
        db.session.add(EntryForm(programme_id=programme.id, number=1, document=document))
    set_staff_of_creator(act, programme)
    return programme


def set_staff_of_creator(act: Act, programme: Programme) -> None:
    """Who creates a programme owns it, inside the creating action."""
    if act.by.account_id is not None:
        db.session.add(Staff(programme_id=programme.id, account_id=act.by.account_id, level="owner"))


@action("programme_changed", rule=manages)
def change_programme(act: Act, /, programme: Programme, *, version: int | None = None, **values: Any) -> None:
    """Its words, dates and choices."""
    act.expect(version)
    for name, value in values.items():
        setattr(programme, name, value)


@action("deadline_moved", rule=manages)
def move_deadline(
    act: Act,
    programme: Programme,
    deadline: datetime | None,
    *,
    grace: int | None = None,
    version: int | None = None,
) -> None:
    """The call closes at another instant; what is in already stays in. `grace`: minutes for unfinished uploads."""
    act.expect(version)
    if grace is not None:
        programme.grace_minutes = grace
    before, programme.deadline = programme.deadline, deadline
    act.note(before=before.isoformat() if before else None, after=deadline.isoformat() if deadline else None)


@action("programme_archived", rule=owns)
def archive_programme(act: Act, programme: Programme) -> None:
    """Over: it stays to be read."""
    PROGRAMME.move(programme, "archived", at=act.at)


@action("tracks_set", rule=manages)
def set_tracks(act: Act, programme: Programme, titles: Iterable[tuple[int | None, str, str]]) -> None:
    """The tracks in their order: (id or None, title_zh, title_en). One that is left out goes, unless it is used."""
    _set_rows(programme, Track, [{"id": i, "title_zh": zh, "title_en": en} for i, zh, en in titles])


@action("units_set", rule=manages)
def set_units(act: Act, programme: Programme, units: Iterable[dict[str, Any]]) -> None:
    """The organising units in their order: role, name_zh, name_en."""
    _set_rows(programme, Unit, units)


@action("contacts_set", rule=manages)
def set_contacts(act: Act, programme: Programme, contacts: Iterable[dict[str, Any]]) -> None:
    """Whom to ask, in order: name, phone, mail, hours."""
    _set_rows(programme, Contact, contacts)


def _set_rows(programme: Programme, model: Any, rows: Iterable[dict[str, Any]]) -> None:
    kept: dict[int, Any] = {
        row.id: row for row in db.session.scalars(select(model).where(model.programme_id == programme.id))
    }
    for position, values in enumerate([dict(row) for row in rows]):
        row = kept.pop(values.pop("id", None) or 0, None)
        if row is None:
            db.session.add(model(programme_id=programme.id, position=position, **values))
            continue
        row.position = position
        for name, value in values.items():
            setattr(row, name, value)
    for row in kept.values():
        _drop_unless_used(row)


def _drop_unless_used(row: Any) -> None:
    """Delete a row that nothing refers to; a track of an application stays."""
    try:
        with db.session.begin_nested():
            db.session.delete(row)
            db.session.flush()
    except IntegrityError:
        db.session.refresh(row)


@action("staff_set", rule=owns)
def set_staff(act: Act, programme: Programme, account: Account, level: str) -> Staff:
    """Somebody organises the programme, at this level."""
    staff = db.session.scalars(
        select(Staff).where(Staff.programme_id == programme.id, Staff.account_id == account.id)
    ).one_or_none()
    if staff is None:
        staff = Staff(programme_id=programme.id, account_id=account.id, level=level)
        db.session.add(staff)
    if level != "owner":
        _keep_an_owner(programme, staff)
    staff.level, staff.left_at = level, None
    if level not in {"owner", "manager"}:
        drop_acting(account.id, f"{ORGANISER}:{programme.id}")
    act.about(account)
    return staff


def _keep_an_owner(programme: Programme, staff: Staff) -> None:
    """Refuse where this is the only owner."""
    owners = select(Staff.id).where(
        Staff.programme_id == programme.id, Staff.level == "owner", Staff.left_at.is_(None)
    )
    if staff.level == "owner" and list(db.session.scalars(owners)) == [staff.id]:
        raise Refused("owns", _("A programme needs an owner. Make somebody else owner first."))


@action("staff_invited", rule=owns)
def invite_staff(
    act: Act, programme: Programme, level: str, *, name: str = "", address: str = ""
) -> Invitation:
    """An invitation to organise: mailed where there is an address, else handed over."""
    return invite("programme", programme.id, level=level, name=name, address=address)


@action("staff_left", rule=owns)
def drop_staff(act: Act, programme: Programme, staff: Staff) -> None:
    """Somebody no longer organises it; the last owner cannot go. Raises Refused."""
    _keep_an_owner(programme, staff)
    staff.left_at = act.at
    drop_acting(staff.account_id, f"{ORGANISER}:{programme.id}")
    act.note(account=staff.account_id)
