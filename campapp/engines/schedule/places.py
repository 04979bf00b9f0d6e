"""Annealing over places, a place being a slot and a table: three moves, compiled.

A Kempe chain changes slots, and whoever arrives sits where their people sit before or after; two meetings of a slot
change tables; two tables change their meetings from some slot of a day to its end. Only meetings that have a place
take part, and none loses its own.
"""

from __future__ import annotations

from campapp.engines.schedule.annealing import begin, chain, keep, target
from campapp.engines.schedule.arrays import (
    BEST_COST,
    CELL,
    CHAIN,
    CHANGES,
    COST,
    DAY,
    FIRST,
    MOVABLE,
    N_MEETINGS,
    N_MOVABLE,
    N_TABLES,
    ROWS,
    SAVED,
    SLOT,
    TABLE,
    Ints,
    Long,
)
from campapp.engines.schedule.compiled import compiled
from campapp.engines.schedule.moves import draw, flip, taken, weighed
from campapp.engines.schedule.sitting import leave, may_sit, sit, usher, walks, wish


@compiled
def begin_seated(w: Ints, n: Long) -> None:
    """Enter the timetable that stands in `BEST` and `BEST_TABLE`."""
    begin(w, n)
    for m in range(n[N_MEETINGS]):
        if w[n[SLOT] + m] < n[ROWS] - 1:
            sit(w, n, m, w[n[TABLE] + m])
    for m in range(n[N_MEETINGS]):
        if w[n[SLOT] + m] < n[ROWS] - 1:
            walks(w, n, m, w[n[DAY] + w[n[SLOT] + m]])
    n[BEST_COST + CHANGES] = n[COST + CHANGES]


@compiled
def recount(w: Ints, n: Long, length: int, a: int, b: int) -> None:
    """Walk anew with everybody of the chain, on the days of both slots."""
    for k in range(length):
        m = w[n[CHAIN] + k]
        walks(w, n, m, w[n[DAY] + a])
        if w[n[DAY] + a] != w[n[DAY] + b]:
            walks(w, n, m, w[n[DAY] + b])


@compiled
def back(w: Ints, n: Long, length: int, a: int, b: int) -> None:
    """Undo a chain that was flipped and, as far as it went, seated."""
    for k in range(length):
        leave(w, n, w[n[CHAIN] + k], w[n[SLOT] + w[n[CHAIN] + k]])
    flip(w, n, a, b, length)
    for k in range(length):
        sit(w, n, w[n[CHAIN] + k], w[n[SAVED] + k])
    recount(w, n, length, a, b)


@compiled
def shift(w: Ints, n: Long, m: int, a: int, b: int) -> int:
    """Flip a chain and seat its members anew; its length, or 0 if it cannot be."""
    length = chain(w, n, m, a, b)
    for k in range(length):
        x = w[n[CHAIN] + k]
        w[n[SAVED] + k] = w[n[TABLE] + x]
        leave(w, n, x, a if w[n[SLOT] + x] == b else b)
    for k in range(length):
        if not usher(w, n, w[n[CHAIN] + k]):
            for j in range(k, length):
                w[n[TABLE] + w[n[CHAIN] + j]] = w[n[SAVED] + j]
            for j in range(k):
                leave(w, n, w[n[CHAIN] + j], w[n[SLOT] + w[n[CHAIN] + j]])
            flip(w, n, a, b, length)
            for j in range(length):
                sit(w, n, w[n[CHAIN] + j], w[n[SAVED] + j])
            return 0
    recount(w, n, length, a, b)
    return length


@compiled
def swap(w: Ints, n: Long, s: int, t: int, u: int) -> bool:
    """Who sits at `t` in slot `s` and who sits at `u` change tables, if they may; either may be empty."""
    at, to = n[CELL] + s * n[N_TABLES] + t, n[CELL] + s * n[N_TABLES] + u
    m, other = w[at], w[to]
    if (m >= 0 and not may_sit(w, n, m, u)) or (other >= 0 and not may_sit(w, n, other, t)):
        return False
    w[at], w[to] = other, m
    if m >= 0:
        w[n[TABLE] + m] = u
    if other >= 0:
        w[n[TABLE] + other] = t
    return True


@compiled
def swap_walks(w: Ints, n: Long, s: int, t: int, u: int) -> None:
    for table in (t, u):
        m = w[n[CELL] + s * n[N_TABLES] + table]
        if m >= 0:
            walks(w, n, m, w[n[DAY] + s])


@compiled
def tails(w: Ints, n: Long, s: int, t: int, u: int, end: int) -> bool:
    """Two tables change all their meetings from slot `s` to before `end`; nothing is changed if they cannot."""
    for k in range(s, end):
        if not swap(w, n, k, t, u):
            for j in range(s, k):
                swap(w, n, j, t, u)
            return False
    for k in range(s, end):
        swap_walks(w, n, k, t, u)
    return True


@compiled
def rearrange(w: Ints, n: Long, order: Ints, steps: int, hot: float, cold: float) -> int:
    """So many moves, cooling from `hot` to `cold`; how many were taken."""
    done, nowhere = 0, n[ROWS] - 1
    ratio = (cold / hot) ** (1.0 / steps)
    heat = hot
    now = weighed(n)
    for _ in range(steps):
        heat *= ratio
        m = w[n[MOVABLE] + draw(n, n[N_MOVABLE])]
        a = w[n[SLOT] + m]
        if a == nowhere:
            continue
        kind, b, length, t, u, end = draw(n, 16), a, 0, 0, 0, 0
        if kind < 9:
            b = target(w, n, m)
            if a != b and b != nowhere:
                length = shift(w, n, m, a, b)
            moved = length > 0
        else:
            t, u = w[n[TABLE] + m], wish(w, n, m)
            end = a + 1 if kind < 14 else w[n[FIRST] + w[n[DAY] + a] + 1]
            moved = t != u and tails(w, n, a, t, u, end)
        if not moved:
            continue
        then = weighed(n)
        if taken(n, now, then, heat):
            now = then
            done += 1
            keep(w, n, order)
        elif length > 0:
            back(w, n, length, a, b)
        else:
            tails(w, n, a, t, u, end)
    return done
