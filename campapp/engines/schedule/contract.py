"""What a schedule file may say, and the checks that types alone cannot make."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from campapp.engines.frame.checks import known, positions, quoted
from campapp.engines.frame.errors import BadInput

LARGEST = 1_000_000_000
Level = Literal["placed", "moves", "team_breaks", "company_breaks", "table_changes"]
Positive = Annotated[int, Meta(ge=1, le=LARGEST)]


class Slot(Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of a day; two are neighbours if they follow each other in the list on one day."""

    id: str
    day: str
    start: str
    end: str


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A place that holds one meeting at a time."""

    id: str
    unavailable: list[str] = []


class Participant(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who meets: `parallel` at a time, at one of `tables` where that is given."""

    id: str
    kind: Literal["team", "company", "other"]
    unavailable: list[str] = []
    parallel: Positive = 1
    tables: list[str] | UnsetType = UNSET

    @property
    def seats(self) -> list[str] | None:
        """The tables this participant must sit at, None where any will do."""
        return None if self.tables is UNSET else self.tables


class Meeting(Struct, frozen=True, forbid_unknown_fields=True):
    """Who meets; `slot` pins, `table` and `slots` restrict, `after` must be placed earlier."""

    id: str
    participants: list[str]
    slot: str | None = None
    table: str | None = None
    slots: list[str] | None = None
    priority: Positive = 1
    after: list[str] = []


class Place(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a meeting stood in the schedule before; its slot or table may exist no more."""

    meeting: str
    slot: str
    table: str


class Instance(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    format: Literal["campapp.schedule/1"]
    slots: list[Slot]
    tables: list[Table]
    participants: list[Participant]
    meetings: list[Meeting]
    objective: list[Level]
    previous: list[Place] = []


def check(instance: Instance) -> None:
    """Refuse with the place of the fault what the types let through."""
    slots = positions([slot.id for slot in instance.slots], "$.slots")
    tables = positions([table.id for table in instance.tables], "$.tables")
    people = positions([person.id for person in instance.participants], "$.participants")
    meetings = positions([meeting.id for meeting in instance.meetings], "$.meetings")
    _check_times(instance.slots)
    for i, table in enumerate(instance.tables):
        _all_known(table.unavailable, slots, f"$.tables[{i}].unavailable", "slot")
    for i, person in enumerate(instance.participants):
        _all_known(person.unavailable, slots, f"$.participants[{i}].unavailable", "slot")
        _all_known(person.seats or (), tables, f"$.participants[{i}].tables", "table")
    for i, meeting in enumerate(instance.meetings):
        at = f"$.meetings[{i}]"
        _all_known(meeting.participants, people, f"{at}.participants", "participant")
        _once(meeting.participants, f"{at}.participants")
        if meeting.slot is not None:
            known(meeting.slot, slots, f"{at}.slot", "slot")
        if meeting.table is not None:
            known(meeting.table, tables, f"{at}.table", "table")
        _all_known(meeting.slots or (), slots, f"{at}.slots", "slot")
        _all_known(meeting.after, meetings, f"{at}.after", "meeting")
    _check_circles(instance.meetings, meetings)
    for i, place in enumerate(instance.previous):
        known(place.meeting, meetings, f"$.previous[{i}].meeting", "meeting")
    _once([place.meeting for place in instance.previous], "$.previous", ".meeting")
    _once(instance.objective, "$.objective")


def _all_known(ids: Iterable[str], names: dict[str, int], at: str, what: str) -> None:
    for i, key in enumerate(ids):
        known(key, names, f"{at}[{i}]", what)


def _once(ids: Iterable[str], at: str, key: str = "") -> None:
    seen: set[str] = set()
    for i, name in enumerate(ids):
        if name in seen:
            raise BadInput(f"{at}[{i}]{key}", f"{quoted(name)} stands in the list twice")
        seen.add(name)


_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _check_times(slots: list[Slot]) -> None:
    for i, slot in enumerate(slots):
        if not _is_day(slot.day):
            raise BadInput(f"$.slots[{i}].day", f"{quoted(slot.day)} is no day like 2026-12-01")
        for key, value in (("start", slot.start), ("end", slot.end)):
            if not _CLOCK.fullmatch(value):
                raise BadInput(f"$.slots[{i}].{key}", f"{quoted(value)} is no time like 09:00")
        if slot.end <= slot.start:
            raise BadInput(f"$.slots[{i}].end", "a slot ends after it starts")
        if i and (slot.day, slot.start) < (slots[i - 1].day, slots[i - 1].end):
            raise BadInput(f"$.slots[{i}]", "slots are disjoint and in time order")


def _is_day(label: str) -> bool:
    if not _DAY.fullmatch(label):
        return False
    try:
        date.fromisoformat(label)
    except ValueError:
        return False
    return True


def _check_circles(meetings: list[Meeting], index: dict[str, int]) -> None:
    """Depth first over `after`, without recursion: a chain may be as long as the list."""
    done = [False] * len(meetings)
    for root in range(len(meetings)):
        path: list[tuple[int, int]] = [(root, 0)]
        on_path = {root}
        while path and not done[root]:
            m, i = path.pop()
            after = meetings[m].after
            if i == len(after):
                done[m] = True
                on_path.discard(m)
                continue
            path.append((m, i + 1))
            before = index[after[i]]
            if before in on_path:
                raise BadInput(f"$.meetings[{m}].after[{i}]", f"a circle through {quoted(after[i])}")
            if not done[before]:
                path.append((before, 0))
                on_path.add(before)
