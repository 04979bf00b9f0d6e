"""Pairs by falling score, some at a time: whoever is content after the best need not have all of them sorted."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from campapp.engines.match.market import Index, Mask

_FOR_EACH = 4


def by_chunks(
    score: NDArray[np.float64], pairs: Index | NDArray[np.intp], places: int, wanted: Callable[[Index], Mask]
) -> Iterator[Index]:
    """Pairs in chunks of falling score, of equal score in their order; each time only those still `wanted`."""
    left, size = pairs.astype(np.int32), _FOR_EACH * max(1, places)
    while len(left := left[wanted(left)]):
        best = _best(score[left], size)
        yield left[best]
        left, size = left[~best], 2 * size


def _best(score: NDArray[np.float64], size: int) -> Mask:
    """Which `size` scores are the largest, of equal ones the first."""
    if len(score) <= size:
        return np.ones(len(score), np.bool_)
    bar = np.partition(score, len(score) - size)[len(score) - size]
    best: Mask = score > bar
    best[np.flatnonzero(score == bar)[: size - int(best.sum())]] = True
    return best
