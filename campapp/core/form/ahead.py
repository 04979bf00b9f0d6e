"""What stands beside a day that lies ahead, in a form and while it is typed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask import Response, request

from campapp.core import clock
from campapp.core.current import current
from campapp.core.text import dates
from campapp.core.text.language import Unreadable
from campapp.core.web import page
from campapp.core.workdays import DayNote, day_note


def zone_of(field: Any) -> str:
    """The zone whose days a field means: its own, else the reader's."""
    zone: ZoneInfo | None = getattr(field, "zone", None)
    return zone.key if zone else current.zone


def note_of(field: Any) -> DayNote | None:
    """What the day in a field is, by the field's own clock; None where it holds none."""
    zone = zone_of(field)
    day = field.data.astimezone(ZoneInfo(zone)).date() if isinstance(field.data, datetime) else field.data
    return day_note(day, clock.today(zone)) if isinstance(day, date) else None


def note_page() -> Response:
    """What the day is that somebody is typing: a holiday, so many working days from today."""
    wanted = request.args.get("zone", "")
    zone = wanted if wanted in available_timezones() else current.zone
    typed = next((value for name, value in request.args.items() if name != "zone"), "")
    day = _day(typed, ZoneInfo(zone))
    return page("_layout/day_note.html", note=day_note(day, clock.today(zone)) if day else None)


def _day(typed: str, zone: ZoneInfo) -> date | None:
    with suppress(Unreadable):
        return dates.moment(typed, zone).astimezone(zone).date()
    with suppress(Unreadable):
        return dates.day(typed)
    return None
