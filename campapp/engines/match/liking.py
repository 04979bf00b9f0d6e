"""Who likes whom more: ranked partners in their order, then the others by score, then the smaller id."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campapp.engines.match.market import Index, Ints, Market, Mask, Side


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


def preferences(half: Half, among: Index) -> Lists:
    """The lists of preference over some of the pairs (numbers in rising order)."""
    owner = half.owner[among]
    order = np.argsort(-half.score[among], kind="stable")
    rank = half.rank[among]
    if len(rank) and rank.min() < rank.max():
        order = order[np.argsort(rank[order], kind="stable")]
    order = stable_by(owner, order)
    start = np.zeros(len(half.side) + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=len(half.side)), out=start[1:])
    pairs = among[order].astype(np.int32)
    position = np.zeros(len(half.score), np.int32)
    position[pairs] = np.arange(len(pairs)) - start[owner[order]]
    return Lists(pairs, start, position)


def stable_by(keys: Index, order: NDArray[np.intp]) -> NDArray[np.intp]:
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
