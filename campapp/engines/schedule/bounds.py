"""Costs that no timetable avoids, found by counting."""

from __future__ import annotations

from collections import Counter

from campapp.engines.schedule.model import NOT_BEFORE, Model
from campapp.engines.schedule.seating import tight_sets

FAR = 1 << 30


def breaks_bound(model: Model, level: str, at_risk: set[int]) -> int:
    """Breaks that each participant's own absences force, all their meetings but those at risk being placed.

    Who has one at risk may have fewer meetings and so fewer breaks, and is not counted.
    """
    return sum(
        _own_breaks(model, p) for p in model.counted(level) if at_risk.isdisjoint(model.meetings_of[p])
    )


def _own_breaks(model: Model, p: int) -> int:
    """The fewest breaks with which `p` has all meetings in slots that some meeting of theirs may use.

    A day's meetings fill its longest stretches first; over the days it is a small knapsack.
    """
    meetings, able = model.meetings_of[p], 0
    for m in meetings:
        able |= model.allowed[m]
    least = [0] + [FAR] * len(meetings)
    for day in model.days:
        stretches = sorted(_stretches(able & day), reverse=True)
        if not stretches:
            continue
        more = least[:]
        held = 0
        for breaks, length in enumerate(stretches):
            for take in range(held + 1, min(held + length, len(meetings)) + 1):
                for n in range(len(meetings) - take + 1):
                    more[n + take] = min(more[n + take], least[n] + breaks)
            held += length
        least = more
    fewest = -(-len(meetings) // model.parallel[p])
    best = min(least[fewest:], default=0)
    return best if best < FAR else 0


def _stretches(mask: int) -> list[int]:
    lengths = []
    while mask:
        low = (mask & -mask).bit_length() - 1
        run = ~(mask >> low) & -(~(mask >> low))
        lengths.append(run.bit_length() - 1)
        mask &= ~((run - 1) << low)
    return lengths


def moves_bound(model: Model) -> int:
    """Meetings of `previous` that cannot stay: by themselves, or because too many were in their slot."""
    gone = 0
    stay: list[list[int]] = [[] for _ in range(model.n_slots)]
    sets = tight_sets(model)
    for m, s in enumerate(model.was):
        if s == NOT_BEFORE:
            continue
        if s >= 0 and model.allowed[m] >> s & 1:
            stay[s].append(m)
        else:
            gone += 1
    for s, meetings in enumerate(stay):
        too_many = 0
        for tables in sets:
            confined = sum(not model.seats[m] & ~tables for m in meetings)
            too_many = max(too_many, confined - (tables & model.table_free[s]).bit_count())
        gone += max(too_many, _double_booked(model, meetings))
    return gone


def _double_booked(model: Model, meetings: list[int]) -> int:
    """A number of meetings of one slot that must leave: of disjoint participants, each over their number."""
    seen, count = set[int](), 0
    load: dict[int, list[int]] = {}
    for m in meetings:
        for p in model.people[m]:
            load.setdefault(p, []).append(m)
    for p, mine in sorted(load.items(), key=lambda item: -len(item[1])):
        if len(mine) > model.parallel[p] and not seen & set(mine):
            seen.update(mine)
            count += len(mine) - model.parallel[p]
    return count


def changes_bound(model: Model, breaks: dict[str, int]) -> int:
    """Changes of table that no timetable avoids in which all meetings have a place; `breaks`: how many there are at
    each level of breaks that has been settled.

    Between a participant's meetings of a day there are as many links as meetings, less one. One that joins neighbouring
    slots is kept only by two meetings that follow each other at a table, and each meeting follows one at most, the
    first at a table on a day none. Any other link leaves out a slot in between.
    """
    singles = [p for p, alone in enumerate(model.single) if alone and model.meetings_of[p]]
    links = sum(max(0, len(model.meetings_of[p]) - _days(model, p)) for p in singles)
    apart = sum(
        min(len(model.meetings_of[p]) - 1, model.n_slots - len(model.meetings_of[p]))
        for p in singles
        if f"{model.kinds[p]}_breaks" not in breaks
    )
    longest = max(day.bit_count() for day in model.days)
    begins = -(-model.n_meetings // longest)
    kept = sum(sorted(_shared(model, singles))[begins:])
    return max(0, links - kept - apart - sum(breaks.values()))


def _days(model: Model, p: int) -> int:
    """The days on which some meeting of `p` may take place."""
    able = 0
    for m in model.meetings_of[p]:
        able |= model.allowed[m]
    return sum(1 for day in model.days if able & day)


def _shared(model: Model, singles: list[int]) -> list[int]:
    """By meeting, how many of `singles` it has at most in common with another meeting."""
    among = set(singles)
    most = []
    for m, people in enumerate(model.people):
        common = Counter(other for p in people if p in among for other in model.meetings_of[p] if other != m)
        most.append(max(common.values(), default=0))
    return most
