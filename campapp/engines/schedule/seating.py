"""Which sets of tables can run short: Hall's condition, so that slots can be filled by counting.

The meetings of a slot can be seated if and only if, for every set of tables that is a connected union of
their `seats`, no more of them are confined to it than it has free tables (Hall 1935).
"""

from __future__ import annotations

from collections.abc import Iterable

from campapp.engines.schedule.model import Model, bits

ENOUGH = 200


def tight_sets(model: Model) -> list[int]:
    """The connected unions of seat sets, at most ENOUGH of them (`shortage` finds what is missing)."""
    seats = set(model.seats)
    found, queue = set(seats), list(seats)
    while queue and len(found) < ENOUGH:
        a = queue.pop()
        for b in list(found):
            union = a | b
            if a & b and union not in found:
                found.add(union)
                queue.append(union)
    return sorted(found)


def seated(model: Model, slot: list[int]) -> tuple[list[int], int]:
    """Tables for the meetings of every slot, and a set of tables that is too small (0 if all sit)."""
    table = [-1] * model.n_meetings
    by_slot: list[list[int]] = [[] for _ in range(model.n_slots)]
    for m, s in enumerate(slot):
        if s >= 0:
            by_slot[s].append(m)
    for s, meetings in enumerate(by_slot):
        if short := _seat(model, s, sorted(meetings, key=lambda m: model.seats[m].bit_count()), table):
            return table, short
    return table, 0


def _seat(model: Model, s: int, meetings: Iterable[int], table: list[int]) -> int:
    at: dict[int, int] = {}
    for m in meetings:
        free = model.seats[m] & model.table_free[s]
        for t in at:
            free &= ~(1 << t)
        if free:
            at[bits(free)[0]] = m
        elif short := _augment(model, s, m, at):
            return short
    for t, m in at.items():
        table[m] = t
    return 0


def _augment(model: Model, s: int, m: int, at: dict[int, int]) -> int:
    """Make room for `m` along an augmenting path; without one, the tables it reached are too few."""
    parent: dict[int, tuple[int, int]] = {}
    queue, came = [m], {m: -1}
    for mover in queue:
        for t in bits(model.seats[mover] & model.table_free[s]):
            if t in parent:
                continue
            parent[t] = (mover, came[mover])
            if t not in at:
                _shift(parent, t, at)
                return 0
            queue.append(at[t])
            came[at[t]] = t
    short = 0
    for mover in queue:
        short |= model.seats[mover]
    return short


def _shift(parent: dict[int, tuple[int, int]], t: int, at: dict[int, int]) -> None:
    while t >= 0:
        at[t], t = parent[t]
