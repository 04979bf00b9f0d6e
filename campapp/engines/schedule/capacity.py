"""How many meetings must be left out, whatever the timetable: who has more meetings than free slots.

Each participant's meetings and free slots are a bipartite graph (König 1931); what a largest matching
leaves over is lost. Over all participants and tables together it is a covering problem, and the value of
its linear relaxation is a bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from campapp.engines.schedule.model import Model, bits


@dataclass(frozen=True)
class Loss:
    """What is lost in any timetable."""

    priority: int
    """The sum of priorities that no timetable places."""
    meetings: set[int]
    """A choice of meetings to leave out that would do for every participant alone."""
    at_risk: set[int]
    """All that a timetable that loses no more than `priority` may leave out."""


def loss(model: Model) -> Loss:
    """The least loss that participants, tables and the order of meetings force."""
    never = {m for m, mask in enumerate(model.allowed) if not mask}
    over = {}  # participants with more meetings than slots to have them in: how many meetings, how many fit
    for p, meetings in enumerate(model.meetings_of):
        able = [m for m in meetings if m not in never]
        fits = _matching(model, p, able)
        if fits < len(able):
            over[p] = (len(able), fits)
    seats = sum(free.bit_count() for free in model.table_free)
    if not over and len(model.people) - len(never) <= seats:
        return Loss(sum(model.priority[m] for m in never), never, never)
    return _cover(model, never, over, seats)


def _matching(model: Model, p: int, meetings: list[int]) -> int:
    """How many of them `p` could have at most, were `p` the only participant.

    Slots from which no path leads to a free one stay so and are not looked at again (Hopcroft and Karp 1973).
    """
    masks, most = model.allowed, model.parallel[p]
    if all(masks[m].bit_count() >= len(meetings) for m in meetings):
        return len(meetings)
    at: list[list[int]] = [[] for _ in range(model.n_slots)]
    fits, full, dead = 0, 0, 0
    for m in meetings:
        came: dict[int, tuple[int, int]] = {}
        queue, seen, end = [(m, -1)], dead, -1
        for mover, left in queue:
            new = masks[mover] & ~seen
            seen |= new
            came.update((s, (mover, left)) for s in bits(new))
            if new & ~full:
                end = bits(new & ~full)[0]
                break
            queue += [(b, s) for s in bits(new) for b in at[s]]
        if end < 0:
            dead = seen
            continue
        fits += 1
        while end >= 0:
            mover, left = came[end]
            at[end].append(mover)
            if left >= 0:
                at[left].remove(mover)
            full = full | 1 << end if len(at[end]) >= most else full & ~(1 << end)
            end = left
    return fits


def _may_stay(model: Model, m: int) -> bool:
    """Whether it counts that `m` stands where it stood, and it can."""
    return "moves" in model.levels and model.was[m] >= 0 and bool(model.allowed[m] >> model.was[m] & 1)


def _cover(model: Model, never: set[int], over: dict[int, tuple[int, int]], seats: int) -> Loss:
    from scipy.optimize import linprog  # why: half a second that most instances need not spend
    from scipy.sparse import coo_array, vstack

    rows: list[int] = []
    columns: list[int] = []
    least: list[int] = []
    able = [m for m in range(model.n_meetings) if m not in never]
    wanted = [(model.meetings_of[p], n - fits) for p, (n, fits) in over.items()]
    wanted.append((able, len(able) - seats))
    for meetings, lost in wanted:
        if lost > 0:
            members = [m for m in meetings if m not in never]
            rows += [len(least)] * len(members)
            columns += members
            least.append(lost)
    ones = coo_array((-np.ones(len(rows)), (rows, columns)), shape=(len(least), model.n_meetings)).tocsr()
    price = np.array(model.priority, dtype=float)
    most = -np.array(least, dtype=float)
    answer = linprog(price, A_ub=ones, b_ub=most, bounds=(0, 1), method="highs")
    stays = np.array([_may_stay(model, m) for m in range(model.n_meetings)], dtype=float)
    share = answer.x
    if stays.any():  # among those that lose as little, the choice that lets most stay where they were
        both = vstack([ones, price[np.newaxis] / price.max()]).tocsr()
        limits = np.append(most, answer.fun / price.max() * (1 + 1e-9) + 1e-6)
        again = linprog(stays, A_ub=both, b_ub=limits, bounds=(0, 1), method="highs")
        share = again.x if again.success else share
    gone = set(never)
    for meetings, lost in wanted:
        members = [m for m in meetings if m not in never]
        chosen = sum(m in gone for m in members)
        rest = sorted(
            (m for m in members if m not in gone),
            key=lambda m: (-round(share[m], 6), model.priority[m], stays[m], m),
        )
        gone.update(m for m in rest[: max(0, lost - chosen)] if m not in model.required)
    forced = sum(model.priority[m] for m in never)
    return Loss(forced + ceil(float(answer.fun) - 1e-6), gone, never.union(columns))
