"""The two spaces in which texts are compared.

In *meaning*, a text is its English stems, the stems that its Chinese words translate to, and the concepts
of the vocabulary, so that any two texts can meet. In *script*, it is its pairs of Chinese characters, so that
two Chinese texts are compared as they stand, too.

Term weights are (1 + log tf) · log(1 + N/df), after G. Salton, C. Buckley, "Term-weighting approaches in
automatic text retrieval", Information Processing & Management 24(5), 1988.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from campapp.engines.fit.reading import Reading
from campapp.engines.fit.translation import stems_of
from campapp.engines.fit.vocabulary import fillers

Sparse = Any
Floats = NDArray[np.float64]

FILLER = 0.3
CONCEPT = 1.0


def meaning(readings: Sequence[Reading]) -> tuple[Sparse, list[str]]:
    """Unit rows over stems and concepts, and what they are: a stem, or `#` and the number of a concept."""
    plain, stems = _table([each.stems for each in readings])
    han, words = _table([each.han for each in readings])
    concepts, numbers = _table([each.concepts for each in readings])
    shares = [stems_of(word) for word in words]
    every = sorted({*stems, *chain.from_iterable(shares)})
    place = {stem: n for n, stem in enumerate(every)}
    han = han @ sparse.diags_array([FILLER if word in fillers() else 1.0 for word in words])
    counts = sparse.hstack(
        [_moved(plain, [place[stem] for stem in stems], len(every)) + han @ _rows(shares, place), concepts]
    ).tocsr()
    terms = [*every, *(f"#{number}" for number in numbers)]
    weights = [FILLER if stem in fillers() else 1.0 for stem in every] + [CONCEPT] * len(numbers)
    return _units(counts, np.array(weights)), terms


def script(readings: Sequence[Reading]) -> tuple[Sparse, list[str]]:
    """Unit rows over pairs of Chinese characters, and the pairs."""
    counts, pairs = _table([each.pairs for each in readings])
    dull = {pair for word in fillers() for pair in map(str.__add__, word, word[1:])}
    return _units(counts, np.array([FILLER if pair in dull else 1.0 for pair in pairs])), pairs


def _table(counters: Sequence[Mapping[Any, int]]) -> tuple[Sparse, list[Any]]:
    """Texts × terms: 1 + log of how often the term stands in the text. Terms are sorted, so that no sum
    depends on the order of the file."""
    terms = sorted(set(chain.from_iterable(counters)))
    place = {term: n for n, term in enumerate(terms)}
    ends = np.cumsum([0, *map(len, counters)])
    columns = np.fromiter((place[term] for each in counters for term in each), np.int32, ends[-1])
    times = np.fromiter(chain.from_iterable(each.values() for each in counters), np.float64, ends[-1])
    table = sparse.csr_array((1 + np.log(times), columns, ends), shape=(len(counters), len(terms)))
    table.sort_indices()
    return table, terms


def _rows(shares: Sequence[Mapping[str, float]], place: Mapping[str, int]) -> Sparse:
    ends = np.cumsum([0, *map(len, shares)])
    columns = np.fromiter((place[stem] for each in shares for stem in each), np.int32, ends[-1])
    values = np.fromiter(chain.from_iterable(each.values() for each in shares), np.float64, ends[-1])
    return sparse.csr_array((values, columns, ends), shape=(len(shares), len(place)))


def _moved(table: Sparse, columns: Sequence[int], width: int) -> Sparse:
    moved = np.asarray(columns, np.int32)[table.indices] if len(columns) else table.indices
    return sparse.csr_array((table.data, moved, table.indptr), shape=(table.shape[0], width))


def _units(counts: Sparse, weights: Floats) -> Sparse:
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    rows = counts @ sparse.diags_array(np.log1p(counts.shape[0] / np.maximum(df, 1)) * weights)
    rows.sort_indices()
    sizes = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (sparse.diags_array(1 / np.where(sizes > 0, sizes, 1.0)) @ rows).tocsr()
