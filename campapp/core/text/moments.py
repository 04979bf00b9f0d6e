"""Days and moments as the reader is shown them, always with words for the zone; never a bare CST or GMT."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location

from campapp.core.text.language import is_chinese, locale, pgettext

# Places that read otherwise than by the city of their zone.
_SPOKEN = {"Asia/Shanghai": "Asia/Shanghai", "PRC": "Asia/Shanghai", "Asia/Chongqing": "Asia/Shanghai"}


def day_shown(on: date, *, weekday: bool = False) -> str:
    """`2026年6月30日`, `30 June 2026`; with `weekday`, `2026年6月30日 星期二`, `Tuesday 30 June 2026`."""
    if is_chinese():
        return format_date(on, "y年M月d日 EEEE" if weekday else "y年M月d日", locale=locale())
    return format_date(on, "EEEE d MMMM y" if weekday else "d MMMM y", locale=locale())


def time_shown(moment: datetime, zone: ZoneInfo) -> str:
    """`09:00`, by the clock of `zone`; seconds only where there are any."""
    local = moment.astimezone(zone)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def moment_shown(moment: datetime, zone: ZoneInfo, *, seconds: bool = False) -> str:
    """`2026年11月28日 23:59(北京时间)`, `28 November 2026, 23:59 (Beijing time)`."""
    local = moment.astimezone(zone)
    clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    return _together(local.date(), clock, zone_words(zone, moment))


def deadline_shown(moment: datetime, zone: ZoneInfo) -> str:
    """A deadline to the second; the last second of a day reads 24:00 in Chinese, 23:59:59 in English."""
    local = moment.astimezone(zone)
    last = (local.hour, local.minute, local.second) == (23, 59, 59)
    clock = "24:00" if last and is_chinese() else time_shown(moment, zone)
    return _together(local.date(), clock, zone_words(zone, moment))


def zone_words(zone: ZoneInfo, moment: datetime) -> str:
    """`北京时间`, `Beijing time`, `洛杉矶时间, UTC−7`, `Los Angeles time, UTC−7`."""
    if zone.key in _SPOKEN:
        return pgettext("time zone", "Beijing time")
    if zone.key in ("UTC", "Etc/UTC", "Zulu"):
        return "UTC"
    city = get_timezone_location(zone, locale=locale(), return_city=True)
    return pgettext("time zone", "%(city)s time, %(offset)s") % {"city": city, "offset": offset(zone, moment)}


def offset(zone: ZoneInfo, moment: datetime) -> str:
    """`UTC+8`, `UTC−3:30` at that moment."""
    span = moment.astimezone(zone).utcoffset()
    minutes = int(span.total_seconds() // 60) if span else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes >= 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def machine_readable(moment: datetime) -> str:
    """For `<time datetime>` and JSON: 2026-11-28T15:59:59Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _together(on: date, clock: str, words: str) -> str:
    if is_chinese():
        return f"{day_shown(on)} {clock}（{words}）"
    return f"{day_shown(on)}, {clock} ({words})"
