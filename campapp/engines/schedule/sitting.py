"""Who sits where in the compiled search, and how often people change tables for it."""

from __future__ import annotations

from campapp.engines.schedule.arrays import (
    CELL,
    CHANGED,
    CHANGES,
    COST,
    COUNT,
    DAY,
    FIRST,
    N_DAYS,
    N_TABLES,
    OPEN,
    PEOPLE,
    PEOPLE_AT,
    ROWS,
    SEAT,
    SINGLE,
    SLOT,
    TABLE,
    WHO,
    Ints,
    Long,
)
from campapp.engines.schedule.compiled import compiled
from campapp.engines.schedule.moves import draw


@compiled
def walk(w: Ints, n: Long, p: int, d: int) -> None:
    """Count anew how often `p` changes tables on day `d`."""
    here, number = -1, 0
    for s in range(w[n[FIRST] + d], w[n[FIRST] + d + 1]):
        if w[n[COUNT] + p * n[ROWS] + s] > 0:
            t = w[n[TABLE] + w[n[WHO] + p * n[ROWS] + s]]
            if here >= 0 and t != here:
                number += 1
            here = t
    at = n[CHANGED] + p * n[N_DAYS] + d
    n[COST + CHANGES] += number - w[at]
    w[at] = number


@compiled
def walks(w: Ints, n: Long, m: int, d: int) -> None:
    """The same for everybody who meets in `m`."""
    for i in range(w[n[PEOPLE_AT] + m], w[n[PEOPLE_AT] + m + 1]):
        if w[n[SINGLE] + w[n[PEOPLE] + i]]:
            walk(w, n, w[n[PEOPLE] + i], d)


@compiled
def sit(w: Ints, n: Long, m: int, t: int) -> None:
    """Seat `m` at table `t` of its slot."""
    w[n[TABLE] + m] = t
    w[n[CELL] + w[n[SLOT] + m] * n[N_TABLES] + t] = m


@compiled
def beside(w: Ints, n: Long, p: int, s: int, step: int) -> int:
    """The table where `p` sits at their meeting next to slot `s`, later or earlier on the day; -1 without one."""
    d = w[n[DAY] + s]
    s += step
    while 0 <= s < n[ROWS] - 1 and w[n[DAY] + s] == d:
        if w[n[COUNT] + p * n[ROWS] + s] > 0:
            return int(w[n[TABLE] + w[n[WHO] + p * n[ROWS] + s]])
        s += step
    return -1


@compiled
def wish(w: Ints, n: Long, m: int) -> int:
    """A table where one of those in `m` sits before or after it; any table if there is none."""
    first = w[n[PEOPLE_AT] + m]
    here = w[n[PEOPLE_AT] + m + 1] - first
    if here > 0:
        p = w[n[PEOPLE] + first + draw(n, here)]
        if w[n[SINGLE] + p]:
            t = beside(w, n, p, w[n[SLOT] + m], 1 if draw(n, 2) else -1)
            if t >= 0:
                return t
    return draw(n, n[N_TABLES])


@compiled
def may_sit(w: Ints, n: Long, m: int, t: int) -> bool:
    """Whether `m` may sit at table `t` in its slot, whoever sits there."""
    s = w[n[SLOT] + m]
    return bool(w[n[SEAT] + m * n[N_TABLES] + t] > 0 and w[n[OPEN] + s * n[N_TABLES] + t] > 0)


@compiled
def usher(w: Ints, n: Long, m: int) -> bool:
    """Seat `m`, that has a slot and no table yet: where most of its people sit before or after, else anywhere."""
    s = w[n[SLOT] + m]
    best, most = -1, 0
    for i in range(w[n[PEOPLE_AT] + m], w[n[PEOPLE_AT] + m + 1]):
        p = w[n[PEOPLE] + i]
        for step in (-1, 1):
            t = beside(w, n, p, s, step) if w[n[SINGLE] + p] else -1
            if t < 0 or w[n[CELL] + s * n[N_TABLES] + t] >= 0 or not may_sit(w, n, m, t):
                continue
            votes = 0
            for k in range(w[n[PEOPLE_AT] + m], w[n[PEOPLE_AT] + m + 1]):
                other = w[n[PEOPLE] + k]
                if w[n[SINGLE] + other]:
                    votes += (beside(w, n, other, s, 1) == t) + (beside(w, n, other, s, -1) == t)
            if votes > most:
                best, most = t, votes
    if best < 0:
        begin = draw(n, n[N_TABLES])
        for k in range(n[N_TABLES]):
            t = (begin + k) % n[N_TABLES]
            if w[n[CELL] + s * n[N_TABLES] + t] < 0 and may_sit(w, n, m, t):
                best = t
                break
    if best < 0:
        return False
    sit(w, n, m, best)
    return True


@compiled
def leave(w: Ints, n: Long, m: int, s: int) -> None:
    """`m` no longer sits at its table of slot `s`."""
    at = n[CELL] + s * n[N_TABLES] + w[n[TABLE] + m]
    if w[at] == m:
        w[at] = -1
