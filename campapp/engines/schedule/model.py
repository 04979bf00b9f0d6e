"""The instance by numbers: slots, tables, participants, meetings as positions, sets of them as masks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from campapp.engines.schedule.contract import Instance, Meeting

NOT_BEFORE, VANISHED = -1, -2


@dataclass(frozen=True)
class Model:
    """What the search reads; nothing here changes once it is built.

    A set of slots or of tables is an integer whose bit `i` says whether `i` belongs to it.
    """

    instance: Instance
    levels: tuple[str, ...]
    day: list[int]
    days: list[int]
    """The slots of each day, as a mask."""
    has_left: int
    """Slots whose neighbour to the left exists (same day, one before in the list)."""
    table_free: list[int]
    """By slot, the tables that are available."""
    people: list[tuple[int, ...]]
    meetings_of: list[list[int]]
    parallel: list[int]
    present: list[int]
    """By participant, the slots when they are available."""
    wished: list[int]
    """By meeting, the slots that its own `slots` allow."""
    pin: list[int]
    """By meeting, the slot it is pinned to, or -1."""
    seats: list[int]
    """By meeting, the tables it may sit at."""
    before: list[tuple[int, ...]]
    later: list[tuple[int, ...]]
    priority: list[int]
    was: list[int]
    """By meeting, its slot in `previous`; NOT_BEFORE without one, VANISHED if that slot exists no more."""
    was_table: list[int]

    @property
    def n_slots(self) -> int:
        return len(self.day)

    @property
    def n_meetings(self) -> int:
        return len(self.people)

    @property
    def n_tables(self) -> int:
        return len(self.instance.tables)

    @cached_property
    def able(self) -> list[int]:
        """By meeting, the slots where nothing but other meetings can stand in its way."""
        masks = []
        for m, people in enumerate(self.people):
            mask = self.wished[m]
            for p in people:
                mask &= self.present[p]
            masks.append(sum(1 << s for s in bits(mask) if self.seats[m] & self.table_free[s]))
        return masks

    @cached_property
    def allowed(self) -> list[int]:
        """As `able`, less the slots too early for what must come before; of a pinned one only its slot."""
        masks = [mask if s < 0 else mask & 1 << s for mask, s in zip(self.able, self.pin, strict=True)]
        for m in self.in_order:
            for b in self.before[m]:
                first = masks[b] & -masks[b]
                masks[m] &= -(first << 1) if first else 0
        return masks

    @cached_property
    def in_order(self) -> list[int]:
        """The meetings that come after others, each later in the list than those it comes after."""
        waits = [len(group) for group in self.before]
        ready = [m for m, n in enumerate(waits) if not n]
        for m in ready:
            for a in self.later[m]:
                waits[a] -= 1
                if not waits[a]:
                    ready.append(a)
        return [m for m in ready if self.before[m]]

    @cached_property
    def required(self) -> set[int]:
        """The pinned meetings and all that must be placed before them."""
        found = {m for m, s in enumerate(self.pin) if s >= 0}
        queue = list(found)
        for m in queue:
            new = [b for b in self.before[m] if b not in found]
            found.update(new)
            queue += new
        return found

    @cached_property
    def kinds(self) -> list[str]:
        return [person.kind for person in self.instance.participants]

    @cached_property
    def single(self) -> list[bool]:
        """Participants who have a place of their own to change from: those with `parallel` 1."""
        return [n == 1 for n in self.parallel]

    @cached_property
    def pickets(self) -> bool:
        """Whether some meeting may not sit at every table, so that counting tables is not enough."""
        every = (1 << self.n_tables) - 1
        return any(seats != every for seats in self.seats)

    @cached_property
    def bound_by_order(self) -> bool:
        return any(self.before)

    def counted(self, level: str) -> list[int]:
        """The participants over whom a level of breaks is summed."""
        kind = {"team_breaks": "team", "company_breaks": "company"}[level]
        return [p for p, k in enumerate(self.kinds) if k == kind and self.meetings_of[p]]


def bits(mask: int) -> list[int]:
    """The members of a mask, in order."""
    members = []
    while mask:
        low = mask & -mask
        members.append(low.bit_length() - 1)
        mask ^= low
    return members


def build(instance: Instance) -> Model:
    """Number everything; the instance has been checked."""
    slot_at = {slot.id: s for s, slot in enumerate(instance.slots)}
    table_at = {table.id: t for t, table in enumerate(instance.tables)}
    person_at = {person.id: p for p, person in enumerate(instance.participants)}
    meeting_at = {meeting.id: m for m, meeting in enumerate(instance.meetings)}
    labels = list(dict.fromkeys(slot.day for slot in instance.slots))
    day = [labels.index(slot.day) for slot in instance.slots]
    every_slot, every_table = (1 << len(slot_at)) - 1, (1 << len(table_at)) - 1
    away = [_mask(table.unavailable, slot_at) for table in instance.tables]
    own = [every_table if p.seats is None else _mask(p.seats, table_at) for p in instance.participants]
    people = [tuple(person_at[key] for key in meeting.participants) for meeting in instance.meetings]
    meetings_of: list[list[int]] = [[] for _ in instance.participants]
    for m, group in enumerate(people):
        for p in group:
            meetings_of[p].append(m)
    before = [tuple(dict.fromkeys(meeting_at[key] for key in m.after)) for m in instance.meetings]
    later: list[list[int]] = [[] for _ in instance.meetings]
    for m, group in enumerate(before):
        for b in group:
            later[b].append(m)
    was, was_table = [NOT_BEFORE] * len(people), [-1] * len(people)
    for place in instance.previous:
        was[meeting_at[place.meeting]] = slot_at.get(place.slot, VANISHED)
        was_table[meeting_at[place.meeting]] = table_at.get(place.table, -1)
    levels = tuple(instance.objective)
    return Model(
        instance=instance,
        levels=levels if "placed" in levels else ("placed", *levels),
        day=day,
        days=[sum(1 << s for s, d in enumerate(day) if d == k) for k in range(len(labels))],
        has_left=sum(1 << s for s in range(1, len(day)) if day[s] == day[s - 1]),
        table_free=[sum(1 << t for t, mask in enumerate(away) if not mask >> s & 1) for s in range(len(day))],
        people=people,
        meetings_of=meetings_of,
        parallel=[min(p.parallel, max(1, len(people))) for p in instance.participants],
        present=[every_slot & ~_mask(p.unavailable, slot_at) for p in instance.participants],
        wished=[every_slot if m.slots is None else _mask(m.slots, slot_at) for m in instance.meetings],
        pin=[-1 if m.slot is None else slot_at[m.slot] for m in instance.meetings],
        seats=[_seats(m, group, own, table_at) for m, group in zip(instance.meetings, people, strict=True)],
        before=before,
        later=[tuple(group) for group in later],
        priority=[m.priority for m in instance.meetings],
        was=was,
        was_table=was_table,
    )


def _mask(ids: list[str], index: dict[str, int]) -> int:
    mask = 0
    for key in ids:
        mask |= 1 << index[key]
    return mask


def _seats(meeting: Meeting, people: tuple[int, ...], own: list[int], table_at: dict[str, int]) -> int:
    mask = (1 << len(table_at)) - 1 if meeting.table is None else 1 << table_at[meeting.table]
    for p in people:
        mask &= own[p]
    return mask
