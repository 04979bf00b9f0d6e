"""Sparse tables of texts and terms, weighed as G. Salton and C. Buckley do in "Term-weighting approaches in
automatic text retrieval", Information Processing & Management 24(5), 1988: (1 + log tf) by a power of the
inverse document frequency, rows of length 1.

Terms always stand sorted, so that no sum depends on the order of a file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Sparse = Any
Floats = NDArray[np.float64]

IDF_POWER = 0.75
_LINE = ord("\n")
_WIDTH = 21
"""A code point takes so many bits."""


@dataclass(frozen=True)
class Twos:
    """Pairs of characters in the order of their columns, kept as numbers: a large file has millions."""

    codes: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, column: int) -> str:
        code = int(self.codes[column])
        return chr(code >> _WIDTH) + chr(code & (1 << _WIDTH) - 1)

    def among(self, pairs: Iterable[str]) -> NDArray[np.bool_]:
        """Which columns are one of some pairs."""
        wanted = [ord(pair[0]) << _WIDTH | ord(pair[1]) for pair in pairs]
        return np.isin(self.codes, np.array(wanted, np.uint64))


def counted(bags: Sequence[Sequence[Any]]) -> tuple[Sparse, list[Any]]:
    """Texts × terms, 1 + log of how often the term stands in the text; and the terms."""
    terms = sorted(set(chain.from_iterable(bags)))
    place = {term: n for n, term in enumerate(terms)}
    ends = np.cumsum([0, *map(len, bags)])
    columns = np.fromiter(map(place.__getitem__, chain.from_iterable(bags)), np.int32, ends[-1])
    return _dampened(columns, ends, len(terms)), terms


def pairs_counted(runs: Sequence[Sequence[str]]) -> tuple[Sparse, Twos]:
    """Like `counted`, of all two characters that follow each other in a run of a text."""
    written = np.frombuffer("\0".join(map("\n".join, runs)).encode("utf-32-le"), np.uint32)
    starts = np.flatnonzero(np.concatenate([written, np.zeros(1, np.uint32)]) == 0)
    following = np.flatnonzero((written[:-1] > _LINE) & (written[1:] > _LINE))
    codes, columns = np.unique(
        written[following].astype(np.uint64) << _WIDTH | written[following + 1], return_inverse=True
    )
    ends = np.concatenate([[0], np.searchsorted(following, starts)]) if runs else np.zeros(1, np.int64)
    return _dampened(columns.astype(np.int32), ends, len(codes)), Twos(codes)


def _dampened(columns: NDArray[np.int32], ends: NDArray[np.int64], width: int) -> Sparse:
    table = sparse.csr_array((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, width))
    table.sum_duplicates()
    table.data = 1 + np.log(table.data)
    return table


def shares(rows: Sequence[Mapping[str, float]], place: Mapping[str, int]) -> Sparse:
    """A table with a row for each mapping of terms to weights; `place` numbers its columns."""
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((place[term] for row in rows for term in row), np.int32, ends[-1])
    values = np.fromiter(chain.from_iterable(row.values() for row in rows), np.float64, ends[-1])
    return sparse.csr_array((values, columns, ends), shape=(len(rows), len(place)))


def scaled(table: Sparse, columns: Floats) -> Sparse:
    """Each column multiplied by its factor."""
    return _with(table, table.data * columns[table.indices])


def rarity(counts: Sparse) -> Floats:
    """log(1 + N/df) of each term, to the power that dampens what is rare by chance in a small file."""
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log1p(counts.shape[0] / np.maximum(df, 1)) ** IDF_POWER)


def units(rows: Sparse) -> tuple[Sparse, Floats]:
    """The rows with length 1, and the lengths they had; empty ones stay, with length 1."""
    rows.sort_indices()
    lengths = _lengths(rows)
    return scaled_rows(rows, 1 / lengths), lengths


def scaled_rows(rows: Sparse, factors: Floats) -> Sparse:
    """Each row multiplied by its factor."""
    return _with(rows, rows.data * np.repeat(factors, np.diff(rows.indptr)))


def _with(table: Sparse, data: Floats) -> Sparse:
    return sparse.csr_array((data, table.indices, table.indptr), shape=table.shape)


def _lengths(rows: Sparse) -> Floats:
    numbers = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    sizes = np.sqrt(np.bincount(numbers, rows.data * rows.data, rows.shape[0]))
    return np.where(sizes > 0, sizes, 1.0)


def pivots(lengths: Floats, slope: float) -> Floats:
    """What a row of length 1 is multiplied by so that a long text is not held against it: (length / mean
    length) to the power 1 − `slope`, after A. Singhal, C. Buckley, M. Mitra, "Pivoted document length
    normalization", SIGIR 1996."""
    return np.asarray((lengths / lengths.mean()) ** (1 - slope)) if len(lengths) else lengths


def unit_rows(rows: Floats) -> Floats:
    """Dense rows with length 1; empty ones stay."""
    sizes = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    return np.asarray(rows / np.where(sizes > 0, sizes, 1.0))
