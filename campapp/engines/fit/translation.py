"""A Chinese word as English stems: the vocabulary's own terms first, then the dictionary's glosses."""

import math
from functools import lru_cache

from campapp.engines.fit import dictionary, latin
from campapp.engines.fit.stemming import stem
from campapp.engines.fit.vocabulary import vocabulary

_GLOSSES = 4
_DECAY = 0.8


@lru_cache(maxsize=200_000)
def meant(word: str) -> str:
    """A Chinese word in English by its first meaning; nothing if it has none."""
    meanings = [term for concept in vocabulary().han.get(word, ()) for term in vocabulary().english[concept]]
    return next(iter([*meanings, *dictionary.glosses(word)]), "")


@lru_cache(maxsize=200_000)
def stems_of(word: str) -> dict[str, float]:
    """The stems that a Chinese word may mean, each with its share; the squares of the shares sum to 1.

    The n-th meaning counts 0.8ⁿ, and a meaning of k words gives each 1/√k of that: a phrase of many words is
    a paraphrase, of which each word alone says less.
    """
    concepts = vocabulary().han.get(word, ())
    meanings = [term for concept in concepts for term in vocabulary().english[concept]]
    meanings += dictionary.glosses(word)[:_GLOSSES]
    shares: dict[str, float] = {}
    place = 0
    for meaning in meanings:
        stems = [stem(each) for each in latin.words(meaning) if each not in latin.STOP]
        share = _DECAY**place / math.sqrt(max(1, len(stems)))
        for each in stems:
            shares[each] = max(share, shares.get(each, 0.0))
        place += bool(stems)
    size = math.sqrt(sum(share * share for share in shares.values()))
    return {each: share / size for each, share in sorted(shares.items())}
