"""The fields of the park's work, as the vocabulary groups its terms, and which of them a text speaks of."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from campapp.engines.fit import latin
from campapp.engines.fit.tables import Floats, Sparse, scaled_rows, shares, unit_rows
from campapp.engines.fit.vocabulary import fillers, is_concept, numbered, vocabulary

BROAD = 0.7
"""The weight of a field ("mobility") beside that of its part ("mobility/traffic")."""
WORD = 0.5
"""The weight of a word that stands in a field's terms beside that of a whole term."""
_NO_FIELD = "general"
_DOUBT = 0.5


def both(part: str) -> Iterator[tuple[str, float]]:
    """A part and the field it belongs to, with their weights; nothing for the general terms."""
    if not part.startswith(_NO_FIELD):
        yield part, 1.0
        yield part.partition("/")[0], BROAD


@lru_cache(maxsize=1)
def of_stems() -> dict[str, dict[str, float]]:
    """For each stem of the vocabulary's English terms, the parts it speaks for: shares of all the terms it
    stands in, each term of k words counting 1/√k, with half a term of doubt."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for part, terms in zip(vocabulary().fields, vocabulary().english, strict=True):
        for term in terms:
            stems = latin.phrase(term)
            for stem in stems:
                if stem not in fillers() and stem not in latin.STOP:
                    counts[stem][part] += len(stems) ** -0.5
    return {
        stem: {part: count / (_DOUBT + sum(parts.values())) for part, count in parts.items()}
        for stem, parts in counts.items()
    }


def of_concept(concept: int) -> dict[str, float]:
    """The fields of a concept."""
    return dict(both(vocabulary().fields[concept]))


def of_stem(stem: str) -> dict[str, float]:
    """The fields that a stem speaks for."""
    found: dict[str, float] = defaultdict(float)
    for part, share in of_stems().get(stem, {}).items():
        for name, weight in both(part):
            found[name] += WORD * share * weight
    return dict(sorted(found.items()))


def rows(counts: Sparse, weights: Floats, terms: Sequence[str]) -> Floats:
    """Texts × fields, rows of length 1, of a table over stems and concepts and the weight of each."""
    spoken = [of_concept(numbered(term)) if is_concept(term) else of_stem(term) for term in terms]
    place = {name: n for n, name in enumerate(sorted(set().union(*spoken)))}
    return unit_rows(np.asarray((counts @ scaled_rows(shares(spoken, place), weights)).toarray()))
