"""Sparse tables of texts and terms, weighed as G. Salton and C. Buckley do in "Term-weighting approaches in
automatic text retrieval", Information Processing & Management 24(5), 1988: (1 + log tf) by a power of the
inverse document frequency, rows of length 1.

Terms always stand sorted, so that no sum depends on the order of a file.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Sparse = Any
Floats = NDArray[np.float64]

IDF_POWER = 0.75


def counted(counters: Sequence[Mapping[Any, int]]) -> tuple[Sparse, list[Any]]:
    """Texts × terms, 1 + log of how often the term stands in the text; and the terms."""
    terms = sorted(set(chain.from_iterable(counters)))
    place = {term: n for n, term in enumerate(terms)}
    ends = np.cumsum([0, *map(len, counters)])
    columns = np.fromiter((place[term] for each in counters for term in each), np.int32, ends[-1])
    times = np.fromiter(chain.from_iterable(each.values() for each in counters), np.float64, ends[-1])
    table = sparse.csr_array((1 + np.log(times), columns, ends), shape=(len(counters), len(terms)))
    table.sort_indices()
    return table, terms


def shares(rows: Sequence[Mapping[str, float]], place: Mapping[str, int]) -> Sparse:
    """A table with a row for each mapping of terms to weights; `place` numbers its columns."""
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((place[term] for row in rows for term in row), np.int32, ends[-1])
    values = np.fromiter(chain.from_iterable(row.values() for row in rows), np.float64, ends[-1])
    return sparse.csr_array((values, columns, ends), shape=(len(rows), len(place)))


def moved(table: Sparse, columns: Sequence[int], width: int) -> Sparse:
    """The same table with its n-th column at `columns[n]` of `width`."""
    indices = np.asarray(columns, np.int32)[table.indices] if len(columns) else table.indices
    return sparse.csr_array((table.data, indices, table.indptr), shape=(table.shape[0], width))


def scaled(table: Sparse, columns: Floats) -> Sparse:
    """Each column multiplied by its factor."""
    return (table @ sparse.diags_array(columns)).tocsr()


def rarity(counts: Sparse) -> Floats:
    """log(1 + N/df) of each term, to the power that dampens what is rare by chance in a small file."""
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log1p(counts.shape[0] / np.maximum(df, 1)) ** IDF_POWER)


def units(rows: Sparse) -> Sparse:
    """The rows with length 1; empty ones stay."""
    rows.sort_indices()
    return scaled_rows(rows, 1 / _lengths(rows))


def scaled_rows(rows: Sparse, factors: Floats) -> Sparse:
    """Each row multiplied by its factor."""
    return (sparse.diags_array(factors) @ rows).tocsr()


def _lengths(rows: Sparse) -> Floats:
    sizes = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return np.where(sizes > 0, sizes, 1.0)


def pivots(rows: Sparse, slope: float) -> Floats:
    """What a row of length 1 is multiplied by so that a long text is not held against it: (length / mean
    length) to the power 1 − `slope`, after A. Singhal, C. Buckley, M. Mitra, "Pivoted document length
    normalization", SIGIR 1996."""
    sizes = _lengths(rows)
    return np.asarray((sizes / sizes.mean()) ** (1 - slope)) if len(sizes) else sizes
