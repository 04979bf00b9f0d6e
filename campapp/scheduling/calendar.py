"""Published meetings as an iCalendar file (RFC 5545): stable UIDs, sequence numbers, cancellations, the camp's zone."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

from campapp.core.language import gettext as _
from campapp.scheduling.queries import Line


def calendar_of(lines: Iterable[Line], side: str, address: str) -> bytes:
    """The feed of one side (`team` or `company`); `address` of the page that says more."""
    calendar = Calendar()
    calendar.add("prodid", "-//campapp//schedule//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Meetings"))
    rows = list(lines)
    for zone in sorted({line.programme.zone for line in rows}):
        calendar.add_component(Timezone.from_tzid(zone))
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
