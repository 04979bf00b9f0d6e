"""The spaces in which texts are compared.

*Meaning*: English stems, the stems that Chinese words translate to, and the concepts of the vocabulary; any
two texts can meet there. *Words*: Chinese words and those that English stems translate to, the way back.
*Script*: pairs of Chinese characters, for two Chinese texts as they stand. *Fields*: what part of the park's
work the words belong to, for two texts that say the same in other words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from campapp.engines.fit import fields
from campapp.engines.fit.reading import Reading
from campapp.engines.fit.tables import (
    Floats,
    Sparse,
    counted,
    moved,
    pivots,
    rarity,
    scaled,
    scaled_rows,
    shares,
    units,
)
from campapp.engines.fit.translation import stems_of
from campapp.engines.fit.vocabulary import fillers

FILLER = 0.5
CONCEPT = 0.5
SLOPE = 0.9


@dataclass(frozen=True)
class Space:
    """Rows of length 1, projects (pivoted by length) and needs apart, and the terms of the columns."""

    projects: Sparse
    needs: Sparse
    terms: list[str]

    def likeness(self, start: int, stop: int) -> Floats:
        """Needs `start` to `stop` × projects."""
        return np.asarray((self.needs[start:stop] @ self.projects.T).toarray())


@dataclass(frozen=True)
class Spaces:
    """All four; `fields` are dense rows of length 1 over the vocabulary's fields."""

    meaning: Space
    words: Space
    script: Space
    fields_projects: Floats
    fields_needs: Floats


def spaces(readings: Sequence[Reading], size: int) -> Spaces:
    """The spaces of a file's texts, of which the first `size` are projects."""
    english, stems = counted([each.stems for each in readings])
    han, words = counted([each.han for each in readings])
    concepts, numbers = counted([each.concepts for each in readings])
    meant = [stems_of(word) for word in words]
    every = sorted({*stems, *chain.from_iterable(meant)})
    place = {stem: n for n, stem in enumerate(every)}
    english = moved(english, [place[stem] for stem in stems], len(every))
    han, there = scaled(han, _dulled(words)), shares(meant, place)
    back = units(there.T.tocsr())
    said = sparse.hstack([english + han @ there, concepts]).tocsr()
    turned = sparse.hstack([han + scaled(english, _dulled(every)) @ back, concepts]).tocsr()
    pairs, spelled = counted([each.pairs for each in readings])
    known = np.full(len(numbers), CONCEPT)
    topics = fields.rows(said, rarity(said), every, numbers)
    return Spaces(
        _space(said, np.concatenate([_dulled(every), known]), [*every, *map("#{}".format, numbers)], size),
        _space(turned, np.concatenate([np.ones(len(words)), known]), [], size),
        _space(pairs, _dulled_pairs(spelled), spelled, size),
        topics[:size],
        topics[size:],
    )


def _space(counts: Sparse, weights: Floats, terms: list[str], size: int) -> Space:
    rows = scaled(counts, rarity(counts) * weights)
    unit = units(rows)
    return Space(scaled_rows(unit[:size], pivots(rows[:size], SLOPE)), unit[size:], terms)


def _dulled(terms: Sequence[str]) -> Floats:
    return np.array([FILLER if term in fillers() else 1.0 for term in terms], np.float64)


def _dulled_pairs(pairs: Sequence[str]) -> Floats:
    dull = {pair for word in fillers() for pair in map(str.__add__, word, word[1:])}
    return np.array([FILLER if pair in dull else 1.0 for pair in pairs], np.float64)
