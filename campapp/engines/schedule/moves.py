"""One move of the compiled search: a Kempe chain between two slots, done, weighed and undone.

A meeting goes from slot a to slot b; whoever it meets there goes from b to a; whom those meet, from a to
b, and so on (Kempe chains in timetabling: Thompson & Dowsland 1998). So no participant is ever double
booked. `a` may be "without a place": then who is in the way loses theirs.
"""

from __future__ import annotations

from math import exp

from campapp.engines.schedule.arrays import (
    BEFORE,
    BEFORE_AT,
    CHAIN,
    CHANGES,
    COST,
    COUNT,
    DAY,
    KIND,
    LATER,
    LATER_AT,
    MARK,
    MAY,
    MEETINGS,
    MEETINGS_AT,
    MEMBERS,
    MOVES,
    N_DAYS,
    N_MEETINGS,
    N_SETS,
    PARALLEL,
    PEOPLE,
    PEOPLE_AT,
    PLACED,
    POSITION,
    PRIORITY,
    RANDOM,
    ROOM,
    ROWS,
    RUNS,
    SEATED,
    SETS,
    SETS_AT,
    SIZE,
    SLOT,
    WAS,
    WEIGHT,
    WHO,
    Ints,
    Long,
)
from campapp.engines.schedule.compiled import compiled

LONGEST = 40


@compiled
def draw(n: Long, below: int) -> int:
    """A number below `below` (linear congruential, Knuth's MMIX, the upper bits)."""
    n[RANDOM] = n[RANDOM] * 6364136223846793005 + 1442695040888963407
    return int(((n[RANDOM] >> 33) & 0x7FFFFFFF) % below)


@compiled
def occupy(w: Ints, n: Long, p: int, s: int, sign: int) -> None:
    """Count a meeting of `p` in slot `s` more or less, and its breaks with it."""
    at = n[COUNT] + p * n[ROWS] + s
    before = w[at]
    w[at] = before + sign
    kind = w[n[KIND] + p]
    if kind == 0 or s == n[ROWS] - 1 or (before > 0) == (before + sign > 0):
        return
    d = w[n[DAY] + s]
    alone = 1
    if s > 0 and w[n[DAY] + s - 1] == d and w[at - 1] > 0:
        alone -= 1
    if w[n[DAY] + s + 1] == d and w[at + 1] > 0:
        alone -= 1
    runs = w[n[RUNS] + p * n[N_DAYS] + d]
    more = runs + sign * alone
    w[n[RUNS] + p * n[N_DAYS] + d] = more
    n[COST + kind] += max(0, more - 1) - max(0, runs - 1)


@compiled
def count(w: Ints, n: Long, m: int, s: int, sign: int) -> None:
    """Add what `m` in slot `s` costs and takes, or take it off."""
    if s == n[ROWS] - 1:
        n[COST + PLACED] += sign * n[PRIORITY + m]
    else:
        for i in range(w[n[SETS_AT] + m], w[n[SETS_AT] + m + 1]):
            w[n[SEATED] + w[n[SETS] + i] * n[ROWS] + s] += sign
    was = w[n[WAS] + m]
    if was != -1 and was != s:
        n[COST + MOVES] += sign
    for i in range(w[n[PEOPLE_AT] + m], w[n[PEOPLE_AT] + m + 1]):
        occupy(w, n, w[n[PEOPLE] + i], s, sign)


@compiled
def lift(w: Ints, n: Long, m: int) -> None:
    """Take `m` out of its slot, or out of those without a place."""
    s = w[n[SLOT] + m]
    size = w[n[SIZE] + s] - 1
    last = w[n[MEMBERS] + s * n[N_MEETINGS] + size]
    position = w[n[POSITION] + m]
    w[n[MEMBERS] + s * n[N_MEETINGS] + position] = last
    w[n[POSITION] + last] = position
    w[n[SIZE] + s] = size
    count(w, n, m, s, -1)


@compiled
def enter(w: Ints, n: Long, m: int, s: int) -> None:
    """Put `m`, lifted before, into slot `s`."""
    size = w[n[SIZE] + s]
    w[n[SLOT] + m] = s
    w[n[MEMBERS] + s * n[N_MEETINGS] + size] = m
    w[n[POSITION] + m] = size
    w[n[SIZE] + s] = size + 1
    count(w, n, m, s, 1)
    for i in range(w[n[PEOPLE_AT] + m], w[n[PEOPLE_AT] + m + 1]):
        w[n[WHO] + w[n[PEOPLE] + i] * n[ROWS] + s] = m


@compiled
def in_the_way(w: Ints, n: Long, p: int, to: int, length: int) -> int:
    """A meeting of `p` in slot `to`, not of the chain, that must leave; -1 if there is room."""
    load = w[n[COUNT] + p * n[ROWS] + to]
    if w[n[PARALLEL] + p] == 1:
        m = w[n[WHO] + p * n[ROWS] + to]
        return -1 if load == 0 or w[n[MARK] + m] else int(m)
    for k in range(length):
        m = w[n[CHAIN] + k]
        for i in range(w[n[PEOPLE_AT] + m], w[n[PEOPLE_AT] + m + 1]):
            if w[n[PEOPLE] + i] == p:
                load += -1 if w[n[SLOT] + m] == to else 1
    if load > w[n[PARALLEL] + p]:
        for i in range(w[n[MEETINGS_AT] + p], w[n[MEETINGS_AT] + p + 1]):
            m = w[n[MEETINGS] + i]
            if w[n[SLOT] + m] == to and not w[n[MARK] + m]:
                return int(m)
    return -1


@compiled
def grow(w: Ints, n: Long, a: int, b: int, start: int, length: int) -> int:
    """Add to the chain, from its member `start` on, whoever is in the way.

    Its length, or less than 0 if the chain cannot be; then minus the length so far.
    """
    k = start
    while k < length:
        m = w[n[CHAIN] + k]
        to = b if w[n[SLOT] + m] == a else a
        if not w[n[MAY] + m * n[ROWS] + to]:
            return -length
        i, end = w[n[PEOPLE_AT] + m], w[n[PEOPLE_AT] + m + 1]
        while i < end and to < n[ROWS] - 1:
            other = in_the_way(w, n, w[n[PEOPLE] + i], to, length)
            if other < 0:
                i += 1
            elif length == LONGEST:
                return -length
            else:
                w[n[CHAIN] + length] = other
                w[n[MARK] + other] = 1
                length += 1
        k += 1
    return length


@compiled
def in_order(w: Ints, n: Long, m: int) -> bool:
    """Whether `m` stands later than what it comes after, and earlier than what comes after it."""
    s, nowhere = w[n[SLOT] + m], n[ROWS] - 1
    if s != nowhere:
        for i in range(w[n[BEFORE_AT] + m], w[n[BEFORE_AT] + m + 1]):
            if w[n[SLOT] + w[n[BEFORE] + i]] >= s:
                return False
    for i in range(w[n[LATER_AT] + m], w[n[LATER_AT] + m + 1]):
        other = w[n[SLOT] + w[n[LATER] + i]]
        if other != nowhere and other <= s:
            return False
    return True


@compiled
def crowded(w: Ints, n: Long, s: int) -> bool:
    """Whether some set of tables is too small for those confined to it in slot `s`."""
    if s < n[ROWS] - 1:
        for u in range(n[N_SETS]):
            if w[n[SEATED] + u * n[ROWS] + s] > w[n[ROOM] + u * n[ROWS] + s]:
                return True
    return False


@compiled
def flip(w: Ints, n: Long, a: int, b: int, length: int) -> None:
    """Every member of the chain changes between `a` and `b`."""
    for k in range(length):
        lift(w, n, w[n[CHAIN] + k])
    for k in range(length):
        m = w[n[CHAIN] + k]
        enter(w, n, m, b if w[n[SLOT] + m] == a else a)


@compiled
def weighed(n: Long) -> int:
    """The costs under the weights of this search."""
    total = 0
    for level in range(CHANGES + 1):
        total += n[WEIGHT + level] * n[COST + level]
    return total


@compiled
def taken(n: Long, now: int, then: int, heat: float) -> bool:
    """Metropolis' rule."""
    return then <= now or draw(n, 1 << 30) < exp((now - then) / heat) * (1 << 30)
