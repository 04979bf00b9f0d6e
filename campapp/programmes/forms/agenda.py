"""What is typed about the agenda: slots, sessions, rooms, tables."""

from __future__ import annotations

import re

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import lazy_gettext as _l
from campapp.core.text import dates, lines, names
from campapp.core.text.language import Unreadable


def read_clock(typed: str) -> str:
    """A time of day as the agenda keeps it: `09:00`, `24:00`."""
    found = dates.time_of_day(typed)
    return "24:00" if found is None else f"{found:%H:%M}"


def read_windows(typed: str) -> list[tuple[str, str]]:
    """`09:00–12:00, 13:30–17:00` as pairs of clock times, each later than it begins."""
    found = []
    for part in re.split(r"[,，、;；\n]+", lines.many_lines(typed, 400)):
        if part.strip():
            ends = re.split(r"\s*[-–—~～至到]\s*", part.strip())
            if len(ends) != 2:
                raise Unreadable(_l("Write from–to, for example 09:00–12:00, 13:30–17:00."))
            begins, over = read_clock(ends[0]), read_clock(ends[1])
            if over <= begins:
                raise Unreadable(_l("%(part)s ends before it begins.", part=part.strip()))
            found.append((begins, over))
    return found


def show_windows(windows: list[tuple[str, str]]) -> str:
    """The pairs as they are typed."""
    return ", ".join(f"{begins}–{over}" for begins, over in windows)


class SlotRuleForm(Form):
    """Slots by one rule."""

    days = fields.several(_l("Days"), (), required=True)
    windows = fields.read(_l("Between"), read_windows, shown=show_windows, required=True,
                          default=[("09:00", "12:00")],
                          description=_l("From–to, for example 09:00–12:00, 13:30–17:00."))  # fmt: skip
    minutes = fields.whole(_l("Minutes a meeting"), 5, 240, required=True, default=25)
    pause = fields.whole(_l("Minutes between meetings"), 0, 120, default=5)


class SlotForm(Form):
    """One slot."""

    day = fields.select(_l("Day"), required=True)
    start = fields.read(_l("From"), read_clock, required=True)
    end = fields.read(_l("Ends"), read_clock, required=True)


class SessionForm(SlotForm):
    """An item of the agenda."""

    title = fields.both(_l("Title"), 200, required=True)
    room = fields.select(_l("Room"))


class RoomForm(Form):
    """A room or hall."""

    name = fields.read(_l("Room"), lambda typed: names.title(typed, 100), required=True)


class TableForm(Form):
    """A table's own name, and where it stands."""

    name = fields.read(_l("Name"), lambda typed: lines.one_line(typed, 40), required=True,
                       description=_l("As on its sign."))  # fmt: skip
    room = fields.select(_l("Room"))


class TablesForm(Form):
    """More tables."""

    count = fields.whole(_l("Tables"), 1, 100, required=True, default=1)
    room = fields.select(_l("Room"))
