"""Days and times as people type them, in either language: 2026-06-30, 2026年6月30日, 24:00, 下午3点半, 3 pm.

A date in figures is read only with the year first; 06/07/2026 means two days and is refused. `24:00` is the
end of its day: as a deadline it is stored as the day's last second, so that the day still contains it.
A time that a change to summer time leaves out is refused; one that comes twice is its first.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from campapp.core.text.language import Unreadable, lazy_gettext

END_OF_DAY = time(23, 59, 59)

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:\s*[(]?(?:星期|周|週)[一二三四五六日天][)]?)?"
_DAYS = [
    re.compile(
        rf"(?P<year>\d{{4}})\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*[日号號]{_WEEKDAY}"
    ),
    re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)" + _WEEKDAY),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})", re.IGNORECASE),
]
_HALVES = {"凌晨": 0, "早上": 0, "上午": 0, "中午": 12, "下午": 12, "晚上": 12, "晚": 12, "am": 0, "pm": 12}
_TIMES = [
    re.compile(
        r"(?P<half>凌晨|早上|上午|中午|下午|晚上|晚)?\s*(?P<hour>\d{1,2})\s*(?:[点點时時]整?|:)"
        r"\s*(?:(?P<minute>\d{1,2})(?:\s*分|(?::(?P<second>\d{2})))?|(?P<thirty>半))?"
    ),
    re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?\s*(?P<half>[ap])\.?m\.?", re.IGNORECASE),
]


def day(text: str) -> date:
    """The day that was typed; else `Unreadable`."""
    text = _prepared(text)
    found, rest = _leading_day(text)
    if rest:
        raise _no_day(text)
    return found


def time_of_day(text: str) -> time | None:
    """The time that was typed; None for 24:00, the end of the day; else `Unreadable`."""
    typed = _prepared(text)
    for pattern in reversed(_TIMES):
        if found := pattern.fullmatch(typed):
            return _time(found, typed)
    raise Unreadable(lazy_gettext("“%(text)s” is no time of day. Write for example 18:30.", text=typed[:40]))


def moment(text: str, zone: ZoneInfo, *, without_time: time | None = None) -> datetime:
    """The moment (UTC) of a day and time typed in `zone`; 24:00 is the day's last second.

    Where no time was typed, it is `without_time` (`END_OF_DAY` for deadlines); None refuses a bare day.
    """
    typed = _prepared(text)
    on, rest = _leading_day(typed)
    rest = rest.removeprefix("T" if ":" in rest else "").strip(" ,，")
    if rest:
        clock = time_of_day(rest)
        return in_zone(on, END_OF_DAY if clock is None else clock, zone)
    if without_time is None:
        raise Unreadable(lazy_gettext("The time of day is missing. Write for example 2026-06-30 18:00."))
    return in_zone(on, without_time, zone)


def in_zone(on: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which clocks in `zone` show this; `Unreadable` where they never do."""
    local = datetime.combine(on, clock, zone)
    shown = local.astimezone(UTC).astimezone(zone)
    if shown.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Unreadable(
            lazy_gettext(
                "%(time)s does not exist on %(day)s in %(zone)s: the clocks go forward then.",
                time=f"{clock:%H:%M}",
                day=on.isoformat(),
                zone=zone.key,
            )
        )
    return local.astimezone(UTC)


def end_of(on: date, zone: ZoneInfo) -> datetime:
    """The last second of a day in `zone`, in UTC."""
    begins_next = datetime.combine(on + timedelta(days=1), time(), zone).astimezone(UTC)
    return begins_next - timedelta(seconds=1)


def _prepared(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text[:200]).split())


def _leading_day(text: str) -> tuple[date, str]:
    for pattern in _DAYS:
        if found := pattern.match(text):
            try:
                on = date(int(found["year"]), _month(found["month"]), int(found["day"]))
            except ValueError:
                raise Unreadable(
                    lazy_gettext("There is no day “%(text)s” in the calendar.", text=found[0])
                ) from None
            if not 1900 <= on.year <= 2200:
                raise Unreadable(lazy_gettext("The year %(year)d cannot be meant.", year=on.year))
            return on, text[found.end() :].strip()
    raise _no_day(text)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1


def _no_day(text: str) -> Unreadable:
    return Unreadable(
        lazy_gettext("“%(text)s” is no day. Write 2026-06-30 or 2026年6月30日.", text=text[:40])
    )


def _time(found: re.Match[str], typed: str) -> time | None:
    parts = found.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    minute = 30 if parts.get("thirty") else minute
    half = (parts.get("half") or "").lower()
    half = {"a": "am", "p": "pm"}.get(half, half)
    if half in ("am", "pm"):
        hour = -1 if hour > 12 else hour % 12 + _HALVES[half]
    elif _HALVES.get(half) and hour < 12 and not (half == "中午" and hour == 11):
        hour += 12
    if (hour, minute, second) == (24, 0, 0):
        return None
    try:
        return time(hour, minute, second)
    except ValueError:
        raise Unreadable(
            lazy_gettext("“%(text)s” is no time of day. Write for example 18:30.", text=typed[:40])
        ) from None
