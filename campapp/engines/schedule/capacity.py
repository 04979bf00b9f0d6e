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
    over: dict[int, tuple[int, int]]
    """Participants with more meetings than slots to have them in: how many meetings, how many fit."""


def loss(model: Model) -> Loss:
    """The least loss that participants, tables and the order of meetings force."""
    never = {m for m, mask in enumerate(model.allowed) if not mask}
    over = {}
    for p, meetings in enumerate(model.meetings_of):
        able = [m for m in meetings if m not in never]
        fits = matching(model, p, able, model.allowed)
        if fits < len(able):
            over[p] = (len(able), fits)
    seats = sum(free.bit_count() for free in model.table_free)
    if not over and len(model.people) - len(never) <= seats:
        return Loss(sum(model.priority[m] for m in never), never, over)
    return _cover(model, never, over, seats)


def matching(model: Model, p: int, meetings: list[int], masks: list[int]) -> int:
    """How many of them `p` could have at most in their `masks`, were `p` the only participant."""
    if all(masks[m].bit_count() >= len(meetings) for m in meetings):
        return len(meetings)
    at: dict[tuple[int, int], int] = {}
    return sum(_find(masks, m, at, model.parallel[p], set()) for m in meetings)


def _find(masks: list[int], m: int, at: dict[tuple[int, int], int], parallel: int, seen: set[int]) -> bool:
    for s in bits(masks[m]):
        if s in seen:
            continue
        seen.add(s)
        for k in range(parallel):
            if (s, k) not in at:
                at[s, k] = m
                return True
        for k in range(parallel):
            if _find(masks, at[s, k], at, parallel, seen):
                at[s, k] = m
                return True
    return False


def _cover(model: Model, never: set[int], over: dict[int, tuple[int, int]], seats: int) -> Loss:
    from scipy.optimize import linprog  # why: half a second that most instances need not spend
    from scipy.sparse import coo_array

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
    answer = linprog(price, A_ub=ones, b_ub=-np.array(least, dtype=float), bounds=(0, 1), method="highs")
    gone = set(never)
    share = dict(enumerate(answer.x))
    for meetings, lost in wanted:
        members = [m for m in meetings if m not in never]
        chosen = sum(m in gone for m in members)
        rest = sorted((m for m in members if m not in gone), key=lambda m: (-share[m], model.priority[m], m))
        gone.update(m for m in rest[: max(0, lost - chosen)] if m not in model.required)
    forced = sum(model.priority[m] for m in never)
    return Loss(forced + ceil(float(answer.fun) - 1e-6), gone, over)
