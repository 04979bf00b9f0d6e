"""Who likes whom more: ranked partners in their order, then the others by score, then the smaller id."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campapp.engines.frame.lookup import affords_table
from campapp.engines.match.market import UNRANKED, Index, Ints, Market, Mask, Side


@dataclass(frozen=True)
class Half:
    """The pairs of a market as one side sees them: whose, with whom, at which rank."""

    side: Side
    owner: Index
    partner: Index
    rank: Index
    score: NDArray[np.float64]


def team_half(market: Market) -> Half:
    return Half(market.teams, market.team, market.company, market.team_rank, market.score)


def company_half(market: Market) -> Half:
    return Half(market.companies, market.company, market.team, market.company_rank, market.score)


@dataclass(frozen=True)
class Lists:
    """The pairs of a half as lists of preference.

    `pairs` are all pairs by owner, best first, those of owner o from `start[o]` to `start[o + 1]`; `position`
    is where in its owner's list a pair stands.
    """

    pairs: Index
    start: Ints
    position: Index


Order = NDArray[np.intp]


def preferences(half: Half, among: Index, best_first: Callable[[], Order]) -> Lists:
    """The lists of preference over some of the pairs (numbers in rising order).

    `best_first` gives the order of these by score, equal ones as they are; only asked where ranks do not suffice.
    """
    owner, rank = half.owner[among], half.rank[among]
    start = np.zeros(len(half.side) + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=len(half.side)), out=start[1:])
    pairs = _by_rank(half, among, owner, rank)
    if pairs is None:
        order = best_first()
        if rank.min() < rank.max():
            order = order[np.argsort(rank[order], kind="stable")]
        pairs = among[stable_by(owner, order)]
    position = np.zeros(len(half.score), np.int32)
    position[pairs] = np.arange(len(pairs)) - np.repeat(start[:-1], np.diff(start))
    return Lists(pairs, start, position)


def _by_rank(half: Half, among: Index, owner: Index, rank: Index) -> Index | None:
    """All pairs by owner and rank, put straight where they belong; None where that cannot be done."""
    if not len(among):
        return among
    width = int(rank.max()) + 1
    cells = len(half.side) * width
    if width > UNRANKED or not affords_table(cells, len(among)):
        return None
    table = np.full(cells, -1, np.int32)
    table[owner.astype(np.int64) * width + rank] = among
    return table[table >= 0]


def stable_by(keys: Index, order: Order) -> Order:
    """`order` sorted further by small keys, by radix: sixteen bits at a time."""
    for shift in (0, 16):
        digits = (keys >> shift).astype(np.uint16)
        if digits.any():
            order = order[np.argsort(digits[order], kind="stable")]
    return order


def better(half: Half, pairs: Index, than: Index) -> Mask:
    """For pairs of the same owner, one by one: is the first liked more than the second?"""
    rank, other = half.rank[pairs], half.rank[than]
    score, against = half.score[pairs], half.score[than]
    smaller = half.partner[pairs] < half.partner[than]
    by_score: Mask = (score > against) | ((score == against) & smaller)
    first: Mask = (rank < other) | ((rank == other) & by_score)
    return first


def worst_of_each(half: Half, held: Index) -> Index:
    """Each owner's least liked pair among those held, -1 where it holds none."""
    keys = (half.partner[held], -half.score[held], half.rank[held], half.owner[held])
    worst = np.full(len(half.side), -1, np.int32)
    best_first = held[np.lexsort(keys)]
    worst[half.owner[best_first]] = best_first
    return worst
