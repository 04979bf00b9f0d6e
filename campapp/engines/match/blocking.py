"""Blocking pairs: who would both rather meet each other than what they have."""

import numpy as np

from campapp.engines.match.liking import Half, better, company_half, team_half, worst_of_each
from campapp.engines.match.market import Index, Market, Mask

SHOWN = 1000


def blocking(market: Market, matched: Index) -> Mask:
    """The pairs, open and unmatched, in which each side has room or holds one, not pinned, it likes less."""
    is_matched = np.zeros(len(market), np.bool_)
    is_matched[matched] = True
    candidates = np.flatnonzero(~(market.closed | is_matched)).astype(np.int32)
    for half in (team_half(market), company_half(market)):
        candidates = candidates[_would(half, candidates, matched, market.pinned)]
    mask = np.zeros(len(market), np.bool_)
    mask[candidates] = True
    return mask


def _would(half: Half, pairs: Index, matched: Index, pinned: Mask) -> Mask:
    got = np.bincount(half.owner[matched], minlength=len(half.side))
    room = got < half.side.most
    worst = worst_of_each(half, matched[~pinned[matched]])
    owner = half.owner[pairs]
    would: Mask = room[owner]
    compared = np.flatnonzero(~would & (worst[owner] >= 0))
    would[compared] = better(half, pairs[compared], worst[owner[compared]])
    return would
