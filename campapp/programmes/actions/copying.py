"""A programme made from last year's: every date shifted, nothing personal taken along."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from campapp.companies.models import Company
from campapp.core.action import Act, action
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.form import composing
from campapp.core.text import dates
from campapp.programmes.actions.agenda import add_session, add_slot
from campapp.programmes.actions.faq import write_faq
from campapp.programmes.actions.form import another_version, versions_of
from campapp.programmes.actions.participation import invite_company
from campapp.programmes.actions.place import add_room, add_table
from campapp.programmes.actions.programme import create_programme, set_staff_of_creator, set_tracks, set_units
from campapp.programmes.models import (
    EntryForm,
    Faq,
    FollowUp,
    Programme,
    Room,
    Session,
    Slot,
    Table,
    Track,
    Unit,
)
from campapp.programmes.rules import manages

KEPT = (
    "lead_zh", "lead_en", "text_zh", "text_en", "place_zh", "place_en", "zone", "wanted", "confidentiality_zh",
    "confidentiality_en", "ranked_is_yes", "grace_minutes",
)  # fmt: skip
"""Words and choices. Contacts, the contact address, staff, teams and applications are somebody's, and stay behind."""


@action("programme_copied", rule=manages)
def copy_programme(
    act: Act,
    source: Programme,
    *,
    title_zh: str,
    title_en: str,
    first_day: date,
    again: Iterable[Company] = (),
) -> Programme:
    """A draft with the same shape, its dates shifted by days; `again` are the companies that are invited again.

    Raises:
        Unreadable: on one of its days the clocks leave a time of the source out (a change to summer time).
    """
    shift = first_day - source.first_day
    with current.set(actor=SYSTEM):
        made = create_programme(
            None, kind=source.kind, title_zh=title_zh, title_en=title_en, first_day=first_day,
            last_day=source.last_day + shift, opens_at=_shifted(source, source.opens_at, shift),
            deadline=_shifted(source, source.deadline, shift), form=_newest_form(source, shift),
            copied_from_id=source.id, options=dict(source.options), **{name: getattr(source, name) for name in KEPT},
        )  # fmt: skip
        rooms = _copy_parts(source, made, shift)
        _copy_tables(source, made, rooms)
        _copy_words(source, made)
        _copy_follow_ups(source, made, shift)
        for company in again:
            invite_company(made, company)
    set_staff_of_creator(act, made)
    act.note(shifted_by_days=shift.days)
    return made


def _shifted(source: Programme, moment: datetime | None, shift: timedelta) -> datetime | None:
    """The same time of day, so many days later by the programme's clock."""
    if moment is None:
        return None
    zone = ZoneInfo(source.zone)
    local = moment.astimezone(zone)
    return dates.in_zone(local.date() + shift, local.time(), zone)


def _newest_form(source: Programme, shift: timedelta) -> dict[str, Any] | None:
    newest = select(EntryForm).where(EntryForm.programme_id == source.id).order_by(EntryForm.number.desc())
    form = db.session.scalars(newest.limit(1)).one_or_none()
    return composing.shifted(form.document, shift) if form else None


def _all(model: Any, source: Programme, *order: Any) -> list[Any]:
    return list(
        db.session.scalars(select(model).where(model.programme_id == source.id).order_by(*order, model.id))
    )


def _copy_parts(source: Programme, made: Programme, shift: timedelta) -> dict[int | None, Room]:
    tracks = _all(Track, source, Track.position)
    set_tracks(made, [(None, track.title_zh, track.title_en) for track in tracks])
    units = _all(Unit, source, Unit.position)
    set_units(made, [{"role": u.role, "name_zh": u.name_zh, "name_en": u.name_en} for u in units])
    rooms: dict[int | None, Room] = {
        room.id: add_room(made, room.name) for room in _all(Room, source, Room.position)
    }
    for slot in _all(Slot, source, Slot.starts_at):
        add_slot(made, slot.day + shift, slot.start, slot.end)
    for row in _all(Session, source, Session.starts_at):
        add_session(
            made, day=row.day + shift, start=row.start, end=row.end, title_zh=row.title_zh, title_en=row.title_en,
            room=rooms.get(row.room_id), kind=row.kind,
        )  # fmt: skip
    return rooms


def _copy_words(source: Programme, made: Programme) -> None:
    """Frequent questions, in their order; notices are dated and stay behind."""
    for faq in _all(Faq, source, Faq.position):
        if faq.removed_at is None:
            write_faq(made, question_zh=faq.question_zh, question_en=faq.question_en, answer_zh=faq.answer_zh,
                      answer_en=faq.answer_en)  # fmt: skip


def _copy_follow_ups(source: Programme, made: Programme, shift: timedelta) -> None:
    """What is asked for later, with its form in use, the dates shifted."""
    for old in _all(FollowUp, source):
        versions = versions_of(old)
        if old.closed_at is not None or not versions:
            continue
        new = FollowUp(
            programme_id=made.id, side=old.side, wanted_of=old.wanted_of, title_zh=old.title_zh, title_en=old.title_en,
            text_zh=old.text_zh, text_en=old.text_en, due_at=_shifted(source, old.due_at, shift),
        )  # fmt: skip
        db.session.add(new)
        db.session.flush()
        db.session.add(another_version(new, 1, composing.shifted(versions[0].document, shift)))


def _copy_tables(source: Programme, made: Programme, rooms: dict[int | None, Room]) -> None:
    """Everybody's tables; companies' own come with the companies that are invited again."""
    for table in _all(Table, source, Table.position):
        if table.participation_id is None:
            add_table(made, room=rooms.get(table.room_id))
