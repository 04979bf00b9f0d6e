"""From ids to numbers, many at a time, and the place of the first that is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from campapp.engines.frame.checks import quoted
from campapp.engines.frame.errors import BadInput

Ints = NDArray[np.int64]
Index = NDArray[np.int32]

_ROOMY, _SMALL_TABLE = 16, 4096


def numbered(names: Sequence[str], numbers: Mapping[str, int], place: str, what: str) -> Index:
    """The number of each name; `place` holds `{}` for the position."""
    found = _found(names, len(names), numbers)
    if len(found) and found.min() < 0:
        first = int(np.argmin(found))
        raise BadInput(place.format(first), f"no {what} {quoted(names[first])}")
    return found


def listed(
    lists: Sequence[Sequence[str]], numbers: Mapping[str, int], place: str, what: str
) -> tuple[Index, Index, Index]:
    """All lists in one row: whose list, the number of the name, and its position in the list.

    BadInput for a name that does not exist or stands twice in a list; `place` holds `{}` for the list's and
    for the name's position.
    """
    lengths = np.fromiter(map(len, lists), np.int64, len(lists))
    total = int(lengths.sum())
    found = _found(chain.from_iterable(lists), total, numbers)
    owner = np.repeat(np.arange(len(lists), dtype=np.int32), lengths)
    within = (np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)).astype(np.int32)
    wrong = _first(found < 0)
    if wrong is not None:
        name = lists[owner[wrong]][within[wrong]]
        raise BadInput(place.format(owner[wrong], within[wrong]), f"no {what} {quoted(name)}")
    wrong = first_repeat(owner.astype(np.int64) * len(numbers) + found, len(lists) * len(numbers))
    if wrong is not None:
        name = lists[owner[wrong]][within[wrong]]
        raise BadInput(place.format(owner[wrong], within[wrong]), f"{what} {quoted(name)} stands twice")
    return owner, found, within


def affords_table(cells: int, entries: int) -> bool:
    """Whether a table of so many cells is cheaper than to sort the entries that it is for."""
    return cells <= _ROOMY * entries + _SMALL_TABLE


def first_repeat(keys: Ints, cells: int) -> int | None:
    """The position of the first key that stood before, None if all differ; each key is below `cells`."""
    if affords_table(cells, len(keys)):
        numbers = np.arange(len(keys), dtype=np.int32)
        first = np.empty(cells, np.int32)
        first[keys[::-1]] = numbers[::-1]  # of several writes to a cell the last one stays
        return _first(first[keys] != numbers)
    order = np.argsort(keys, kind="stable")
    same = keys[order[1:]] == keys[order[:-1]]
    return int(order[1:][same].min()) if same.any() else None


def _found(names: Iterable[str], count: int, numbers: Mapping[str, int]) -> Index:
    return np.fromiter(map(numbers.get, names, repeat(-1)), np.int32, count)


def _first(wrong: NDArray[np.bool_]) -> int | None:
    return int(np.argmax(wrong)) if wrong.any() else None
