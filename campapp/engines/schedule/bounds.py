"""Costs that no timetable avoids, found by counting."""

from __future__ import annotations

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
