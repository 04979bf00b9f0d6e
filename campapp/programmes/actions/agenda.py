"""The agenda: slots by one rule or one by one, sessions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import dates
from campapp.core.text.language import Unreadable
from campapp.programmes.actions.place import remove_unused
from campapp.programmes.models import Absence, Programme, Room, Session, Slot
from campapp.programmes.rules import manages_camp, manages_row


def instants(programme: Programme, day: date, start: str, end: str) -> tuple[datetime, datetime]:
    """Two wall-clock times of a day in the programme's zone; an end of 24:00 or before the start is the next day's."""
    zone = ZoneInfo(programme.zone)
    first = _instant(day, start, zone)
    last = _instant(day, end, zone)
    return first, last if last > first else last + timedelta(days=1)


def _instant(day: date, clock: str, zone: ZoneInfo) -> datetime:
    if clock == "24:00":
        return _instant(day + timedelta(days=1), "00:00", zone)
    hour, minute = (int(part) for part in clock.split(":"))
    return dates.in_zone(day, datetime(2000, 1, 1, hour, minute).time(), zone)  # noqa: DTZ001  # a wall clock


def by_rule(
    days: Iterable[date], windows: Iterable[tuple[str, str]], minutes: int, pause: int
) -> list[tuple[date, str, str]]:
    """(day, start, end) of the slots that one rule makes: `09:00–12:00`, 25 minutes and 5 of pause."""
    made = []
    for day in days:
        for begins, ends in windows:
            at, last = _minutes(begins), _minutes(ends)
            while at + minutes <= last:
                made.append((day, _clock(at), _clock(at + minutes)))
                at += minutes + pause
    return made


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@action("slot_added", rule=manages_camp)
def add_slot(act: Act, programme: Programme, day: date, start: str, end: str) -> Slot:
    """One slot.

    Raises:
        Unreadable: one begins at that instant already, or the clocks of the zone leave this time out.
    """
    starts_at, ends_at = instants(programme, day, start, end)
    then = select(Slot.id).where(Slot.programme_id == programme.id, Slot.starts_at == starts_at)
    if db.session.scalar(then) is not None:
        raise Unreadable(_l("A slot begins then already."))
    slot = Slot(
        programme_id=programme.id, day=day, start=start, end=end, starts_at=starts_at, ends_at=ends_at
    )
    db.session.add(slot)
    db.session.flush()
    return slot


@action("slots_made", rule=manages_camp)
def make_slots(act: Act, programme: Programme, slots: Iterable[tuple[date, str, str]]) -> int:
    """The slots of a rule; those that stand already stay: how many were made. Raises Unreadable as `add_slot`."""
    known = set(db.session.scalars(select(Slot.starts_at).where(Slot.programme_id == programme.id)))
    made = 0
    for day, start, end in slots:
        if instants(programme, day, start, end)[0] not in known:
            known.add(add_slot(programme, day, start, end).starts_at)
            made += 1
    act.note(made=made)
    return made


manages_slot = manages_row(Slot)
manages_session = manages_row(Session)


@action("slot_closed", rule=manages_slot)
def close_slot(act: Act, slot: Slot) -> None:
    """No meeting may stand in it any more."""
    slot.closed = True


@action("slot_opened", rule=manages_slot)
def open_slot(act: Act, slot: Slot) -> None:
    """Undo of closing."""
    slot.closed = False


@action("slot_removed", rule=manages_slot)
def remove_slot(act: Act, slot: Slot) -> None:
    """A slot in which nothing stands goes altogether, with companies' absences. Raises Refused."""
    act.note(day=slot.day.isoformat(), start=slot.start)
    db.session.execute(delete(Absence).where(Absence.slot_id == slot.id))
    remove_unused(slot, _("A meeting or a team's absence stands in this slot. Close it instead."))


@action("session_added", rule=manages_camp)
def add_session(
    act: Act, programme: Programme, *, day: date, start: str, end: str, title_zh: str = "", title_en: str = "",
    room: Room | None = None, kind: str = "session",
) -> Session:  # fmt: skip
    """An opening, a lunch, a keynote."""
    starts_at, ends_at = instants(programme, day, start, end)
    session = Session(
        programme_id=programme.id, kind=kind, title_zh=title_zh, title_en=title_en, day=day, start=start, end=end,
        starts_at=starts_at, ends_at=ends_at,
    )  # fmt: skip
    session.room_id = room.id if room else None
    db.session.add(session)
    db.session.flush()
    return session


@action("session_changed", rule=manages_session)
def change_session(
    act: Act, session: Session, *, day: date, start: str, end: str, title_zh: str = "", title_en: str = "",
    room: Room | None = None, version: int | None = None,
) -> None:  # fmt: skip
    """Its title, day, time and room."""
    act.expect(version)
    programme = db.session.get_one(Programme, session.programme_id)
    session.title_zh, session.title_en = title_zh, title_en
    session.day, session.start, session.end = day, start, end
    session.starts_at, session.ends_at = instants(programme, day, start, end)
    session.room_id = room.id if room else None


@action("session_removed", rule=manages_session)
def remove_session(act: Act, session: Session) -> None:
    """An item leaves the agenda."""
    act.note(title_zh=session.title_zh, title_en=session.title_en)
    db.session.delete(session)
