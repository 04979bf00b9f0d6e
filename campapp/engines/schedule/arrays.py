"""Model and timetable as two flat arrays, for the compiled search.

`w` holds everything that is a position or a count, one part after the other; `n` holds where each part
begins, sizes, costs, weights and priorities. Two arrays only, because compiled calls copy what describes
each array they are given: with a part an array, compiling took six times as long and a move four times.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campapp.engines.schedule.model import NOT_BEFORE, Model, bits
from campapp.engines.schedule.seating import tight_sets

Ints = NDArray[np.int32]
Long = NDArray[np.int64]

PLACED, MOVES, TEAM, COMPANY, CHANGES = range(5)
COSTS = ("placed", "moves", "team_breaks", "company_breaks", "table_changes")
OF_SLOTS = COSTS[:CHANGES]
"""The levels that slots alone decide."""

# where in `n` the beginning of each part of `w` stands; a list of lists is two parts, `X_AT` and `X`
(
    DAY,
    PEOPLE_AT,
    PEOPLE,
    MEETINGS_AT,
    MEETINGS,
    SLOTS_AT,
    SLOTS,
    MAY,
    BEFORE_AT,
    BEFORE,
    LATER_AT,
    LATER,
    SETS_AT,
    SETS,
    ROOM,
    PARALLEL,
    KIND,
    WAS,
    MOVABLE,
    SLOT,
    COUNT,
    WHO,
    RUNS,
    SEATED,
    MEMBERS,
    SIZE,
    POSITION,
    CHAIN,
    MARK,
    BEST,
    FIRST,
    SINGLE,
    SEAT,
    OPEN,
    TABLE,
    BEST_TABLE,
    CELL,
    SAVED,
    CHANGED,
    END,
) = range(40)
# then sizes, the state of the random numbers, costs, best costs and weights by level, priorities by meeting
ROWS, N_DAYS, N_MEETINGS, N_SETS, N_MOVABLE, N_TABLES, ORDERED, RANDOM, COST, BEST_COST, WEIGHT, PRIORITY = (
    *range(END + 1, END + 9),
    *range(END + 9, END + 25, len(COSTS)),
)


def flatten(
    model: Model, slot: list[int], weight: dict[str, int], seed: int, table: list[int] | None = None
) -> tuple[Ints, Long]:
    """The arrays, with `slot` and `table` as the best so far and nobody entered yet.

    Slot number `n_slots` stands for "without a place"; a row of slots has `n_slots + 1` columns. Without `table` the
    parts that tell tables apart are empty.
    """
    rows, people = model.n_slots + 1, len(model.meetings_of)
    sets = tight_sets(model)
    movable = [m for m, mask in enumerate(model.allowed) if mask and model.pin[m] < 0]
    count, free = np.zeros(people * rows, dtype=np.int32), np.zeros(model.n_meetings, dtype=np.int32)
    parts: list[Any] = [
        [*model.day, -1],
        *_lists(model.people),
        *_lists(model.meetings_of),
        *_lists([bits(mask) for mask in model.allowed]),
        _may(model),
        *_lists(model.before),
        *_lists(model.later),
        *_lists([[u for u, tables in enumerate(sets) if not seats & ~tables] for seats in model.seats]),
        [(tables & free).bit_count() for tables in sets for free in (*model.table_free, 0)],
        model.parallel,
        [{"team": TEAM, "company": COMPANY, "other": 0}[kind] for kind in model.kinds],
        [s if s != NOT_BEFORE else -1 for s in model.was],
        movable,
        np.full(model.n_meetings, model.n_slots),
        count,
        count - 1,
        np.zeros(people * len(model.days)),
        np.zeros(len(sets) * rows),
        np.zeros(rows * model.n_meetings),
        np.zeros(rows),
        free,
        np.zeros(model.n_meetings + 1),
        free,
        [s if s >= 0 else model.n_slots for s in slot],
        *(_tables(model, table) if table else [[]] * 9),
    ]
    w = np.concatenate([np.asarray(part, dtype=np.int32) for part in parts])
    begins = list(accumulate((len(part) for part in parts), initial=0))
    tables = model.n_tables if table else 0
    sizes = [rows, len(model.days), model.n_meetings, len(sets), len(movable), tables, model.bound_by_order]
    random = 0x9E3779B97F4A7C15 * (seed + 1) % 2**63
    weights = [weight.get(level, 0) for level in COSTS]
    return w, np.array(
        [*begins, *sizes, random, *[0] * 2 * len(COSTS), *weights, *model.priority], dtype=np.int64
    )


def _may(model: Model) -> Ints:
    may = np.zeros((model.n_meetings, model.n_slots + 1), dtype=np.int32)
    for m, mask in enumerate(model.allowed):
        may[m, bits(mask)] = 1
        may[m, model.n_slots] = m not in model.required
    return may.reshape(-1)


def _tables(model: Model, table: list[int]) -> list[Any]:
    """The parts of `w` that tell tables apart."""
    slots, meetings, tables = model.n_slots, model.n_meetings, model.n_tables
    seat, free = np.zeros((meetings, tables)), np.zeros((slots, tables))
    for m, seats in enumerate(model.seats):
        seat[m, bits(seats)] = 1
    for s, tables_free in enumerate(model.table_free):
        free[s, bits(tables_free)] = 1
    return [
        [bits(day)[0] for day in model.days] + [slots],
        model.single,
        seat.reshape(-1),
        free.reshape(-1),
        table,
        table,
        np.full((slots + 1) * tables, -1),
        np.zeros(meetings),
        np.zeros(len(model.meetings_of) * len(model.days)),
    ]


def _lists(lists: list[list[int]] | list[tuple[int, ...]]) -> tuple[list[int], list[int]]:
    at = list(accumulate((len(members) for members in lists), initial=0))
    return at, [x for members in lists for x in members]
