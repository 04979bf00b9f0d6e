"""Published meetings as an iCalendar file (RFC 5545): stable UIDs, sequence numbers, cancellations, the camp's zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

from campapp.core.language import gettext as _
from campapp.scheduling.queries import Line

DAY, EPOCH = timedelta(days=1), datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def calendar_of(lines: Iterable[Line], side: str, address: str) -> bytes:
    """The feed of one side (`team` or `company`); `address` of the page that says more."""
    calendar = Calendar()
    calendar.add("prodid", "-//campapp//schedule//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Meetings"))
    rows = list(lines)
    for zone in sorted({line.programme.zone for line in rows}):
        calendar.add_component(_zone(zone, [line.starts_at for line in rows if line.programme.zone == zone]))
    for line in rows:
        calendar.add_component(_event(line, side, address))
    return bytes(calendar.to_ical())


def _event(line: Line, side: str, address: str) -> Event:
    zone = ZoneInfo(line.programme.zone)
    event = Event()
    event.add("uid", line.meeting.uid)
    event.add("sequence", line.sequence)
    event.add("dtstamp", line.published_at)
    event.add("dtstart", line.starts_at.astimezone(zone))
    event.add("dtend", line.ends_at.astimezone(zone))
    event.add("summary", line.company if side == "team" else f"{line.team} · {line.project}")
    event.add("location", line.place)
    event.add("status", "CANCELLED" if line.cancelled else "CONFIRMED")
    event.add("url", address)
    if line.programme.contact_mail:
        organiser = vCalAddress(f"MAILTO:{line.programme.contact_mail}")
        organiser.params["cn"] = line.programme.title("en")
        event.add("organizer", organiser)
    return event


def _zone(name: str, moments: list[datetime]) -> Timezone:
    """What the zone's clocks say around these moments (RFC 5545, 3.6.5), for readers that do not know it by name.

    Without TZNAME: `CST` alone is the time of four places.
    """
    zone, first, last = ZoneInfo(name), min(moments) - DAY, max(moments) + DAY
    described = Timezone()
    described.add("tzid", name)
    described.add_component(_clock(zone, first, first))
    for change in _changes(zone, first, last):
        described.add_component(_clock(zone, change - timedelta(seconds=1), change))
    return described


def _clock(zone: ZoneInfo, before: datetime, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    """The clock that begins at `after`, which is the first moment of all where both are the same."""
    at = after.astimezone(zone)
    old, new = before.astimezone(zone).utcoffset() or timedelta(), at.utcoffset() or timedelta()
    onset = EPOCH if before == after else (after + old).replace(tzinfo=None)  # by the clock that ends
    found = TimezoneDaylight() if at.dst() else TimezoneStandard()
    found.add("dtstart", onset)
    found.add("tzoffsetfrom", old)
    found.add("tzoffsetto", new)
    return found


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The moments between at which the zone's clocks change, to the second."""
    at = first
    while at < last:
        early, late = at, at + DAY
        at = late
        if early.astimezone(zone).utcoffset() == late.astimezone(zone).utcoffset():
            continue
        while late - early > timedelta(seconds=1):
            middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
            same = middle.astimezone(zone).utcoffset() == early.astimezone(zone).utcoffset()
            early, late = (middle, late) if same else (early, middle)
        yield late.replace(microsecond=0)
