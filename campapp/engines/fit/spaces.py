"""The spaces in which texts are compared.

*Meaning*: English stems, the stems that Chinese words translate to, and the concepts of the vocabulary; any
two texts can meet there. *Words*: Chinese words, those that English stems translate to, and concepts, the way back.
*Script*: pairs of Chinese characters, for two Chinese texts as they stand. *Kinship*: the
vectors of the stems, for two texts that say the same in other words. *Fields*: what part of the park's work the
words belong to.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from campapp.engines.fit import fields, kinship
from campapp.engines.fit.folding import HAN
from campapp.engines.fit.reading import Reading
from campapp.engines.fit.tables import (
    Floats,
    Sparse,
    Twos,
    counted,
    pairs_counted,
    pivots,
    rarity,
    scaled,
    scaled_rows,
    shares,
    units,
)
from campapp.engines.fit.translation import stems_of
from campapp.engines.fit.vocabulary import fillers, is_concept, vocabulary

FILLER = 0.5
CONCEPT = 0.5
SINGLE = 0.35
"""What a Chinese character says that stands between the words, unless the vocabulary has it: it may mean much."""
SLOPE = 0.9

Look = Callable[[], None]
"""Called now and then; it may raise, to end the work."""


@dataclass(frozen=True)
class Space:
    """Rows of length 1, projects (pivoted by length) and needs apart, and the terms of the columns."""

    projects: Sparse
    needs: Sparse
    terms: Sequence[str] | Twos

    @cached_property
    def _across(self) -> Sparse:
        return self.projects.T.tocsr()

    def likeness(self, start: int, stop: int) -> Floats:
        """Needs `start` to `stop` × projects."""
        return np.asarray((self.needs[start:stop] @ self._across).toarray())


@dataclass(frozen=True)
class Rows:
    """Dense rows of length 1, projects and needs apart."""

    projects: Floats
    needs: Floats

    def likeness(self, start: int, stop: int) -> Floats:
        """Needs `start` to `stop` × projects."""
        return np.asarray(self.needs[start:stop] @ self.projects.T)

    def of_pair(self, need: int, project: int) -> float:
        """The likeness of one pair."""
        return float(self.needs[need] @ self.projects[project])


@dataclass(frozen=True)
class Spaces:
    """All five."""

    meaning: Space
    words: Space
    script: Space
    kinship: Rows
    fields: Rows


def spaces(readings: Sequence[Reading], size: int, look: Look) -> Spaces:
    """The spaces of a file's texts, of which the first `size` are projects; calls `look` between the steps."""
    tokens, names = counted([each.tokens for each in readings])
    meant = [_meant(name) if HAN.match(name) else {name: 1.0} for name in names]
    terms = sorted({term for each in meant for term in each})
    look()
    said, turned = _image(tokens, meant, terms), _image(tokens, _back(names, meant), names)
    look()
    pairs, spelled = pairs_counted([each.runs for each in readings])
    look()
    rare = rarity(said)
    weights = rare * _of_concepts(terms) * _of_fillers(terms)
    kin = kinship.rows(said, weights, terms)
    look()
    topics = fields.rows(said, rare, terms)
    look()
    return Spaces(
        _space(scaled(said, weights), terms, size),
        _space(scaled(turned, rarity(turned) * _of_concepts(names)), names, size),
        _space(scaled(pairs, rarity(pairs) * _dulled_pairs(spelled)), spelled, size),
        Rows(kin[:size], kin[size:]),
        Rows(topics[:size], topics[size:]),
    )


def _meant(word: str) -> dict[str, float]:
    """The stems of a Chinese word."""
    says = SINGLE if len(word) == 1 and word not in vocabulary().han else _dulled(word)
    return {each: says * share for each, share in stems_of(word).items()}


def _back(names: Sequence[str], meant: Sequence[Mapping[str, float]]) -> list[Mapping[str, float]]:
    """A stem as the Chinese words of the file that mean it; all else as it is."""
    meaning: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for name, shares_ in zip(names, meant, strict=True):
        if HAN.match(name):
            for each, share in shares_.items():
                meaning[each].append((-share, name))
    found: list[Mapping[str, float]] = []
    for name in names:
        if HAN.match(name) or is_concept(name):
            found.append({name: 1.0})
        else:
            best = sorted(meaning.get(name, []))
            size = math.hypot(*(share for share, _ in best))
            found.append({word: -share / size * _dulled(name) for share, word in best})
    return found


def _image(tokens: Sparse, images: Sequence[Mapping[str, float]], terms: Sequence[str]) -> Sparse:
    """The table over tokens as one over terms."""
    found = tokens @ shares(images, {term: n for n, term in enumerate(terms)})
    found.sort_indices()
    return found


def _space(rows: Sparse, terms: Sequence[str] | Twos, size: int) -> Space:
    unit, lengths = units(rows)
    return Space(scaled_rows(unit[:size], pivots(lengths[:size], SLOPE)), unit[size:], terms)


def _of_concepts(terms: Sequence[str]) -> Floats:
    return np.array([CONCEPT if is_concept(term) else 1.0 for term in terms], np.float64)


def _of_fillers(terms: Sequence[str]) -> Floats:
    return np.array([_dulled(term) for term in terms], np.float64)


def _dulled(term: str) -> float:
    return FILLER if term in fillers() else 1.0


def _dulled_pairs(pairs: Twos) -> Floats:
    dull = {pair for word in fillers() for pair in map(str.__add__, word, word[1:])}
    return np.where(pairs.among(dull), FILLER, 1.0)
