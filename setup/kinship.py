"""`campapp/engines/fit/kinship.npz`: made of a local model by `CAMPAPP_FIT_MODEL=FOLDER python -m setup kinship`.

Needed again only where another model shall say which words are of a kind, or the stemming changes. The file that
is kept comes from all-MiniLM-L6-v2 (Apache License 2.0) and the glosses of CC-CEDICT, so it is CC BY-SA 4.0 as these
are. Same model, same file, up to rounding on another processor.
"""

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.vq import kmeans2

from campapp.engines.fit import dictionary, latin
from campapp.engines.fit.embedding import FOLDER, LocalModel, Model
from campapp.engines.fit.kinship import DIMENSIONS
from campapp.engines.fit.stemming import stem
from campapp.engines.fit.tables import Floats, Sparse, unit_rows
from campapp.engines.fit.vocabulary import vocabulary as park
from setup.say import SetupError, say

PARTS = 64
CODES = 256
COMMON = 1
"""Directions that all words have in common, taken out (J. Mu, P. Viswanath, "All-but-the-top", ICLR 2018)."""
FREQUENT = 0.25
"""The power by which a word says less the more frequent it is."""
SHORTEST, LONGEST = 3, 12
"""So many words has a gloss that is read as a whole."""
STAY = 12.0
"""How many phrases it takes to move a word's vector half of the way."""
STEPS, TINY = 25, 1e-12
_FUNCTION_WORDS = 2000
"""Before these entries a model's vocabulary has marks and the commonest function words."""
_DOUBT = 300
_RARE = 30_000


def renew(root: Path) -> None:
    """Make the file of the model in `CAMPAPP_FIT_MODEL`."""
    folder = os.environ.get(FOLDER)
    if not folder:
        raise SetupError(f"{FOLDER} names no folder of a model")
    vocabulary = json.loads((Path(folder) / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    make(LocalModel(Path(folder)), vocabulary, root / "campapp" / "engines" / "fit" / "kinship.npz")


def make(model: Model, vocabulary: dict[str, int], target: Path) -> None:
    """Write the stems of all words of dictionary, park vocabulary and model, with a vector for each."""
    words, wholes = known_words(vocabulary), known_phrases()
    say(f"reading {len(words)} words and {len(wholes)} phrases")
    stems = sorted({stem(word) for word in words})
    place = {each: n for n, each in enumerate(stems)}
    read = np.asarray(model.vectors(sorted(words)))
    sums = np.zeros((len(stems), read.shape[1]))
    for word, row in zip(sorted(words), read, strict=True):
        sums[place[stem(word)]] += words[word] ** 0.5 * row
    axes, spread = _spread(sums)
    whole = np.asarray(model.vectors(wholes))
    start = spread * np.array(_lengths(stems, vocabulary))[:, None]
    found = fitted(start, _table(wholes, place), (whole - whole.mean(axis=0)) @ axes)
    lengths = np.linalg.norm(found, axis=1)
    codes, book = quantised(found / lengths[:, None])
    joined = np.frombuffer("\n".join(stems).encode(), np.uint8)
    kept = {"codes": codes, "book": book.astype(np.float16), "lengths": lengths.astype(np.float16)}
    np.savez_compressed(target, stems=joined, **kept)
    say(f"{target}: {len(stems)} stems, {target.stat().st_size >> 10} KB")


def known_words(vocabulary: dict[str, int]) -> Counter[str]:
    """The words of the model, of the park's vocabulary and, from twice on, of the dictionary's glosses, and how often
    each stands there."""
    found = Counter(word for word in vocabulary if word.isascii() and word.isalpha())
    for terms in park().english:
        found.update(word for term in terms for word in latin.words(term))
    glosses = Counter(
        word
        for entry in dictionary.entries()
        for gloss in dictionary.glosses(entry)
        for word in latin.words(gloss)
    )
    found.update({word: times for word, times in glosses.items() if times > 1})
    return Counter({word: times for word, times in found.items() if len(word) > 1})


def known_phrases() -> list[str]:
    """The glosses of the dictionary that are phrases."""
    every = {
        gloss for entry in dictionary.entries() for gloss in dictionary.glosses(entry) if gloss.isascii()
    }
    return sorted(gloss for gloss in every if SHORTEST <= len(latin.words(gloss)) <= LONGEST)


def _spread(rows: Floats) -> tuple[Floats, Floats]:
    """The directions that tell words apart, turned so that each part tells as much; and the rows along them, of
    length 1."""
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    centred = unit - unit.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, np.argsort(-values)][:, COMMON : COMMON + DIMENSIONS]
    turn, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((DIMENSIONS, DIMENSIONS)))
    return axes @ turn, unit_rows(centred @ axes @ turn)


def _table(phrases: Sequence[str], place: Mapping[str, int]) -> Sparse:
    """Phrases × stems: 1/√n for each of a phrase's n stems."""
    bags = [
        sorted(
            {
                place[stem(word)]
                for word in latin.words(phrase)
                if word not in latin.STOP and stem(word) in place
            }
        )
        for phrase in phrases
    ]
    ends = np.cumsum([0, *map(len, bags)])
    values = np.concatenate([np.full(len(bag), max(len(bag), 1) ** -0.5) for bag in bags])
    return sparse.csr_array((values, np.concatenate(bags).astype(int), ends), shape=(len(bags), len(place)))


def fitted(start: Floats, phrases: Sparse, whole: Floats) -> Floats:
    """Vectors near `start` whose sums over each phrase come near what the model says of the whole (as S. Tulkens,
    T. van Dongen, "Model2Vec", 2024, fit theirs): least squares with a penalty, by conjugate gradients, then scaled
    back to the size of `start`."""
    sums = phrases @ start
    scale = float((sums * whole).sum() / (sums * sums).sum())
    moved = np.zeros_like(start)
    rest = phrases.T @ (whole - scale * sums)
    along, size = rest.copy(), (rest * rest).sum(axis=0)
    for _ in range(STEPS):
        pressed = phrases.T @ (phrases @ along) + STAY * along
        step = size / np.maximum((along * pressed).sum(axis=0), TINY)
        moved += step * along
        rest -= step * pressed
        before, size = size, (rest * rest).sum(axis=0)
        along = rest + size / np.maximum(before, TINY) * along
    return np.asarray(start + moved / scale)


def quantised(rows: Floats, parts: int = PARTS) -> tuple[NDArray[np.uint8], Floats]:
    """Each part of each row as the number of the nearest of 256 patterns, and the patterns of each part."""
    split = np.split(rows, parts, axis=1)
    done = [kmeans2(part, CODES, iter=12, minit="points", rng=n) for n, part in enumerate(split)]
    return np.stack([codes for _, codes in done], axis=1).astype(np.uint8), np.stack(
        [book for book, _ in done]
    )


def _lengths(stems: list[str], vocabulary: dict[str, int]) -> list[float]:
    """How much each stem says: a model's vocabulary has frequent words first."""
    first: dict[str, int] = {}
    for word, place in vocabulary.items():
        if word.isalpha():
            first[stem(word)] = min(place, first.get(stem(word), place))
    places = [max(first.get(each, _RARE) - _FUNCTION_WORDS, 0) for each in stems]
    return [((place + _DOUBT) / _RARE) ** FREQUENT for place in places]
