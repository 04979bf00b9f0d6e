"""A text as a vector, read through windows: the quicker model of sentences.

It is the multilingual Universal Sentence Encoder, version 3 (Y. Yang, D. Cer, A. Ahmad et al., "Multilingual Universal
Sentence Encoder for Semantic Retrieval", ACL 2020, demonstrations; Apache License 2.0): the vectors of a text's pieces
and what windows of two, three and five of them say (convolutions) are averaged and go through a small network.
`usem3.py` reads its weights from where they are installed.

What a window sees of each piece depends on the piece alone, so it is computed once for each piece of a file. Texts are
read sorted, so that no sum depends on the order of a file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 512
SEEN = 256
"""What a window sees of each piece."""
WINDOWS = {2: 0, 3: 1, 5: 2}
"""How many pieces each window has, and how many of them before the one it stands at."""
APART = 2
"""So many empty places lie between two texts: no window reaches from one into the other."""
LONGEST = 10_000
"""So many pieces of a text are read; what stands behind them is not."""
TOGETHER = 400
"""So many pieces are read at once: what they take stays near the processor."""
_TINY = 1e-12

Single = NDArray[np.float32]


@dataclass(frozen=True)
class Network:
    """The weights: of each piece a row of whole numbers, what one of them is worth and where they begin; matrices."""

    rows: NDArray[np.uint8]
    worth: Single
    low: Single
    of: dict[str, Single]

    def vectors(self, pieces: NDArray[np.int64]) -> Single:
        """The vectors of some pieces."""
        return np.asarray(self.rows[pieces] * self.worth[pieces, None] + self.low[pieces, None])


def vectors(texts: Sequence[Sequence[int]], network: Network) -> Single:
    """A row of length 1 for each text, given as the numbers of its pieces."""
    texts = [text[:LONGEST] for text in texts]
    order = sorted(range(len(texts)), key=lambda number: tuple(texts[number]))
    found = np.empty((len(texts), DIMENSIONS), np.float32)
    if texts:
        found[order] = _whole(sums([texts[number] for number in order], network), network.of)
    return found


def sums(texts: Sequence[Sequence[int]], network: Network) -> Single:
    """For each text the sum of what its pieces and their windows say, as the network behind expects it."""
    known, places = np.unique(np.fromiter(chain.from_iterable(texts), np.int64), return_inverse=True)
    plain = network.vectors(known)
    window = _Windows(plain, network.of)
    sizes = np.array([len(text) for text in texts])
    ends = np.concatenate([[0], np.cumsum(sizes)])
    found = []
    first = 0
    while first < len(texts):
        last = max(first + 1, int(np.searchsorted(ends, ends[first] + TOGETHER, "right")) - 1)
        here = _spaced(places[ends[first] : ends[last]], sizes[first:last], len(known))
        said = np.concatenate([plain[places[ends[first] : ends[last]]], window.said(here)], axis=1)
        said = _evened(said, network.of["all_gain_bias"], network.of["all_shift_bias"])
        found.append(np.add.reduceat(said, ends[first:last] - ends[first], axis=0))
        first = last
    scale = np.sqrt(sizes)[:, None].astype(np.float32)
    return np.asarray((np.concatenate(found) @ network.of["out"]) / scale + scale * network.of["out_bias"])


def _spaced(places: NDArray[np.int64], sizes: NDArray[np.int64], empty: int) -> NDArray[np.int64]:
    """The pieces of some texts in a row with empty places before, between and behind the texts."""
    found = np.full(len(places) + APART * (len(sizes) + 1), empty)
    found[np.arange(len(places)) + APART * (1 + np.repeat(np.arange(len(sizes)), sizes))] = places
    return found


class _Windows:
    """What windows say, twice one after the other, each time added to what they saw."""

    def __init__(self, plain: Single, weights: dict[str, Single]) -> None:
        seen = plain @ weights["seen"] + weights["seen_bias"]
        seen = _evened(seen, weights["seen_gain_bias"], weights["seen_shift_bias"])
        self._seen = np.vstack([seen, np.zeros((1, seen.shape[1]), np.float32)])
        self._weights = weights
        self._first = {
            size: [
                self._seen[:, _part(number)] @ matrix for matrix in _by_place(weights[f"first{size}"], size)
            ]
            for number, size in enumerate(WINDOWS)
        }

    def said(self, pieces: NDArray[np.int64]) -> Single:
        """What is said at each piece, the empty places left out."""
        filled = pieces < len(self._seen) - 1
        return np.concatenate(
            [self._of_size(pieces, filled, number, size) for number, size in enumerate(WINDOWS)], axis=1
        )[filled]

    def _of_size(
        self, pieces: NDArray[np.int64], filled: NDArray[np.bool_], number: int, size: int
    ) -> Single:
        first = _shifted([each[pieces] for each in self._first[size]], WINDOWS[size])
        here = np.maximum(first + self._weights[f"first{size}_bias"], 0) + self._seen[pieces, _part(number)]
        here *= filled[:, None]
        second = [here @ matrix for matrix in _by_place(self._weights[f"second{size}"], size)]
        said = np.maximum(_shifted(second, WINDOWS[size]) + self._weights[f"second{size}_bias"], 0)
        return np.asarray(said + here)


def _part(number: int) -> slice:
    return slice(number * SEEN, (number + 1) * SEEN)


def _by_place(matrix: Single, size: int) -> list[Single]:
    """A window's weights, for each of its places."""
    return np.split(matrix, size)


def _shifted(rows: Sequence[Single], before: int) -> Single:
    """The sum over a window: its first table is read `before` rows up, the last as far down as the window goes."""
    found = np.zeros_like(rows[0])
    for place, table in enumerate(rows, start=-before):
        here = slice(max(0, -place), len(found) - max(0, place))
        there = slice(max(0, place), len(found) - max(0, -place))
        found[here] += table[there]
    return found


def _evened(rows: Single, gain: Single, shift: Single) -> Single:
    """Each row with mean 0 and variance 1, then as the model stretches and moves it (J. L. Ba, J. R. Kiros,
    G. E. Hinton, "Layer normalization", 2016)."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    rows *= 1 / np.sqrt((rows * rows).mean(axis=1, keepdims=True) + _TINY)
    return np.asarray(rows * gain + shift)


def _whole(sums: Single, weights: dict[str, Single]) -> Single:
    """The network behind: four layers, each second one beside a straight way."""
    one = np.maximum(sums @ weights["deep0"], 0)
    two = np.maximum(sums @ weights["past1"] + one @ weights["deep1"], 0)
    three = np.maximum(two @ weights["deep2"], 0)
    four = np.tanh(two @ weights["past3"] + three @ weights["deep3"])
    return np.asarray(four / np.sqrt((four * four).sum(axis=1, keepdims=True) + _TINY))
