"""Simulated annealing (Kirkpatrick et al. 1983) over Kempe chains, compiled.

All levels at once, the earlier the heavier; what is kept is the best in the lexicographic order.
"""

from __future__ import annotations

from campapp.engines.schedule.arrays import (
    BEST,
    BEST_COST,
    BEST_TABLE,
    CHAIN,
    CHANGES,
    COST,
    MARK,
    MAY,
    MEETINGS,
    MEETINGS_AT,
    MEMBERS,
    MOVABLE,
    N_MEETINGS,
    N_MOVABLE,
    N_TABLES,
    ORDERED,
    PEOPLE,
    PEOPLE_AT,
    ROWS,
    SIZE,
    SLOT,
    SLOTS,
    SLOTS_AT,
    TABLE,
    Ints,
    Long,
)
from campapp.engines.schedule.compiled import compiled
from campapp.engines.schedule.moves import crowded, draw, enter, flip, grow, in_order, taken, weighed


@compiled
def begin(w: Ints, n: Long) -> None:
    """Enter the timetable that stands in `BEST`."""
    for m in range(n[N_MEETINGS]):
        enter(w, n, m, w[n[BEST] + m])
    for level in range(CHANGES + 1):
        n[BEST_COST + level] = n[COST + level]


@compiled
def target(w: Ints, n: Long, m: int) -> int:
    """A slot to try for `m`: mostly one beside another meeting of its people."""
    first = w[n[PEOPLE_AT] + m]
    here = w[n[PEOPLE_AT] + m + 1] - first
    if here > 0 and draw(n, 4) > 0:
        p = w[n[PEOPLE] + first + draw(n, here)]
        begins = w[n[MEETINGS_AT] + p]
        other = w[n[MEETINGS] + begins + draw(n, w[n[MEETINGS_AT] + p + 1] - begins)]
        s = w[n[SLOT] + other] + (1 if draw(n, 2) else -1)
        return int(s if 0 <= s < n[ROWS] else n[ROWS] - 1)
    begins = w[n[SLOTS_AT] + m]
    return int(w[n[SLOTS] + begins + draw(n, w[n[SLOTS_AT] + m + 1] - begins)])


@compiled
def ordered(w: Ints, n: Long, length: int) -> bool:
    if n[ORDERED]:
        for k in range(length):
            if not in_order(w, n, w[n[CHAIN] + k]):
                return False
    return True


@compiled
def chain(w: Ints, n: Long, m: int, a: int, b: int) -> int:
    """Flip the chain that `m` begins from `a` to `b`; its length, or 0 if it cannot be.

    A slot that would be too full sends somebody back, who begins a chain of their own.
    """
    w[n[CHAIN]] = m
    w[n[MARK] + m] = 1
    length = grow(w, n, a, b, 0, 1)
    done = False
    for _ in range(4):
        if length < 0:
            break
        flip(w, n, a, b, length)
        full = crowded(w, n, b)
        if not full and not crowded(w, n, a) and ordered(w, n, length):
            done = True
            break
        back = -1
        if full and a < n[ROWS] - 1:
            back = w[n[MEMBERS] + b * n[N_MEETINGS] + draw(n, w[n[SIZE] + b])]
        flip(w, n, a, b, length)
        if back < 0 or w[n[MARK] + back]:
            break
        w[n[CHAIN] + length] = back
        w[n[MARK] + back] = 1
        length = grow(w, n, a, b, length, length + 1)
    for k in range(abs(length)):
        w[n[MARK] + w[n[CHAIN] + k]] = 0
    return length if done else 0


@compiled
def keep(w: Ints, n: Long, order: Ints) -> None:
    """Take the timetable as the best if it is, level by level."""
    for level in order:
        if n[COST + level] > n[BEST_COST + level]:
            return
        if n[COST + level] < n[BEST_COST + level]:
            break
    for m in range(n[N_MEETINGS]):
        w[n[BEST] + m] = w[n[SLOT] + m]
        if n[N_TABLES] > 0:
            w[n[BEST_TABLE] + m] = w[n[TABLE] + m]
    for level in range(CHANGES + 1):
        n[BEST_COST + level] = n[COST + level]


@compiled
def anneal(w: Ints, n: Long, order: Ints, steps: int, hot: float, cold: float) -> int:
    """So many moves, cooling from `hot` to `cold`; how many were taken."""
    done, nowhere = 0, n[ROWS] - 1
    ratio = (cold / hot) ** (1.0 / steps)
    heat = hot
    now = weighed(n)
    for _ in range(steps):
        heat *= ratio
        left_out = w[n[SIZE] + nowhere]
        m = w[n[MOVABLE] + draw(n, n[N_MOVABLE])]
        if left_out > 0 and draw(n, 8) == 0:
            m = w[n[MEMBERS] + nowhere * n[N_MEETINGS] + draw(n, left_out)]
        a = w[n[SLOT] + m]
        if w[n[SLOTS_AT] + m] == w[n[SLOTS_AT] + m + 1]:
            continue
        b = target(w, n, m)
        if a == b or not w[n[MAY] + m * n[ROWS] + b]:
            continue
        length = chain(w, n, m, a, b)
        if length == 0:
            continue
        then = weighed(n)
        if taken(n, now, then, heat):
            now = then
            done += 1
            keep(w, n, order)
        else:
            flip(w, n, a, b, length)
    return done
