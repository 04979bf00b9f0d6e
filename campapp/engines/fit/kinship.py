"""Which words are of a kind ("welder", "seam"; "chilled", "cold"), by vectors of English stems.

`kinship.npz` was made once by `setup/kinship.py` from a public model of sentences (N. Reimers, I. Gurevych,
"Sentence-BERT", EMNLP 2019), which read words and the dictionary's phrases; nothing of it runs here. The file is
CC BY-SA 4.0, as the phrases of CC-CEDICT are. The vectors are kept by product quantisation (H. Jégou, M. Douze,
C. Schmid, "Product quantization for nearest neighbor search", TPAMI 33(1), 2011). A vector's length is how much its
word says by itself: frequent words say less (S. Arora, Y. Liang, T. Ma, "A simple but tough-to-beat baseline for
sentence embeddings", ICLR 2017).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from campapp.engines.fit.tables import Floats, Sparse, unit_rows

DIMENSIONS = 256


@dataclass(frozen=True)
class _Table:
    places: dict[str, int]
    codes: NDArray[np.uint8]
    book: NDArray[np.float32]
    lengths: NDArray[np.float32]


@lru_cache(maxsize=1)
def _table() -> _Table:
    with (files("campapp.engines.fit") / "kinship.npz").open("rb") as file, np.load(file) as kept:
        stems = bytes(kept["stems"]).decode().split("\n")
        places = {stem: n for n, stem in enumerate(stems)}
        return _Table(
            places, kept["codes"], kept["book"].astype(np.float32), kept["lengths"].astype(np.float32)
        )


def vectors(terms: Sequence[str], weights: Floats) -> NDArray[np.float32]:
    """A row for each term, times its weight; nothing but zeros for what is no known stem."""
    table = _table()
    found = np.array([table.places.get(term, -1) for term in terms], np.int64)
    lengths = np.where(found < 0, 0.0, table.lengths[found]) * weights
    parts, _, width = table.book.shape
    rows = table.book[np.arange(parts), table.codes[found]].reshape(len(terms), parts * width)
    rows *= lengths.astype(np.float32)[:, None]
    return rows


def rows(counts: Sparse, weights: Floats, terms: Sequence[str]) -> Floats:
    """Texts × dimensions, rows of length 1, of a table over terms and the weight of each."""
    return unit_rows(np.asarray(counts.astype(np.float32) @ vectors(terms, weights), np.float64))
