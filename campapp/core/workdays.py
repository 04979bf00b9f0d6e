"""Working days: statutory holidays and the weekends worked in exchange (调休), from days that can be edited.

What the State Council has not announced yet is not guessed: asking for such a year raises `NotAnnounced`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import chinese_calendar
from chinese_calendar import Holiday
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, db
from campapp.core.text.language import Unreadable, gettext, is_chinese, lazy_gettext, ngettext
from campapp.core.text.moments import day_shown

_CHINESE = {
    Holiday.new_years_day.value: "元旦",
    Holiday.spring_festival.value: "春节",
    Holiday.tomb_sweeping_day.value: "清明",
    Holiday.labour_day.value: "劳动节",
    Holiday.dragon_boat_festival.value: "端午",
    Holiday.national_day.value: "国庆节",
    Holiday.mid_autumn_festival.value: "中秋",
    Holiday.anti_fascist_70th_day.value: "抗战胜利日",
}


class NotAnnounced(Unreadable):
    """The holidays of that year are not known yet."""

    def __init__(self, year: int) -> None:
        super().__init__(lazy_gettext("The holidays of %(year)d are not announced yet.", year=year))


class SpecialDay(Base):
    """A day that differs from its weekday: a holiday (`works` False) or a weekend that is worked.

    The table holds what an administrator wrote; it goes before what is announced.
    """

    __tablename__ = "special_days"

    day: Mapped[date] = mapped_column(unique=True)
    works: Mapped[bool]
    name_zh: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))


@dataclass(frozen=True)
class Calendar:
    """The exceptions by day, and the years that they cover."""

    exceptions: dict[date, SpecialDay] = field(default_factory=dict)
    announced: frozenset[int] = frozenset()

    def works(self, on: date) -> bool:
        """Whether this is a working day; raises `NotAnnounced` outside the years covered."""
        if on.year not in self.announced:
            raise NotAnnounced(on.year)
        known = self.exceptions.get(on)
        return known.works if known else on.weekday() < 5

    def holiday(self, on: date) -> SpecialDay | None:
        """What is special about a day, for a warning beside a camp day or a deadline."""
        return self.exceptions.get(on)


def add_working_days(day: date, n: int, calendar: Calendar) -> date:
    """The n-th working day after (n < 0: before) a day, which itself does not count; n = 0 gives the day."""
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        left -= calendar.works(day)
    return day


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """How many working days lie in first … last, both included."""
    days = ((first + timedelta(days=i)) for i in range((last - first).days + 1))
    return sum(calendar.works(on) for on in days)


def seed(first_year: int = 2020) -> Iterator[SpecialDay]:
    """What is announced, from chinesecalendar."""
    for on, name in sorted(chinese_calendar.holidays.items()):
        if on.year >= first_year:
            yield SpecialDay(day=on, works=False, name_zh=_CHINESE.get(name, name), name_en=name)
    for on, name in sorted(chinese_calendar.workdays.items()):
        if on.year >= first_year:
            yield SpecialDay(
                day=on,
                works=True,
                name_zh=f"{_CHINESE.get(name, name)}调休上班",
                name_en=f"Working day ({name})",
            )


def calendar_of(days: Iterable[SpecialDay]) -> Calendar:
    """The calendar of such days, later ones before earlier; a year counts as announced once it has any."""
    known = {special.day: special for special in days}
    return Calendar(known, frozenset(on.year for on in known))


@cache
def announced() -> dict[date, SpecialDay]:
    """What is announced, by day; no rows of the database."""
    return {special.day: special for special in seed()}


def the_calendar() -> Calendar:
    """The park's calendar: what is announced, and over it what was written here."""
    return calendar_of([*announced().values(), *db.session.scalars(select(SpecialDay))])


@dataclass(frozen=True)
class DayNote:
    """What is said beside a day that somebody types."""

    day: str
    """The day with its weekday, and what it is."""
    off: bool
    """A holiday or a weekend."""
    until: str = ""
    """How many working days are left, or why that cannot be said."""


def day_note(day: date, today: date) -> DayNote:
    """What a deadline or another day ahead is: a holiday, a worked weekend, so many working days from today."""
    calendar, shown = the_calendar(), day_shown(day, weekday=True)
    special = calendar.holiday(day)
    name = (special.name_zh if is_chinese() else special.name_en) if special else ""
    off = not special.works if special else day.weekday() >= 5
    if special and off:
        what = gettext("%(day)s is a holiday: %(name)s.", day=shown, name=name)
    elif special:
        what = gettext("%(day)s is worked: %(name)s.", day=shown, name=name)
    elif off:
        what = gettext("%(day)s is a weekend.", day=shown)
    else:
        what = gettext("%(day)s.", day=shown)
    return DayNote(what, off, _until(day, today, calendar))


def _until(day: date, today: date, calendar: Calendar) -> str:
    if day <= today:
        return ""
    try:
        left = working_days_between(today + timedelta(days=1), day, calendar)
    except NotAnnounced as unknown:
        return str(unknown)
    return ngettext("%(num)s working day until then.", "%(num)s working days until then.", left)


def special_among(days: Iterable[date]) -> list[SpecialDay]:
    """Those of these days that differ from their weekday, in order."""
    wanted = sorted(set(days))
    written = db.session.scalars(select(SpecialDay).where(SpecialDay.day.in_(wanted)))
    known = {**announced(), **{special.day: special for special in written}}
    return [known[day] for day in wanted if day in known]
