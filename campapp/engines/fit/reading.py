"""A text as what it is compared by: stems, Chinese words, pairs of Chinese characters, concepts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from campapp.engines.fit import dictionary, latin
from campapp.engines.fit.folding import HAN, folded
from campapp.engines.fit.stemming import stem
from campapp.engines.fit.vocabulary import vocabulary

_LONGEST = 10


@dataclass(slots=True)
class Reading:
    """How often each stem, Chinese word, pair of characters and concept stands in a text."""

    stems: Counter[str]
    han: Counter[str]
    pairs: Counter[str]
    concepts: Counter[int]

    @property
    def length(self) -> int:
        """The number of words."""
        return self.han.total() + self.stems.total()

    @property
    def chinese(self) -> float:
        """How much of the text is Chinese, from 0 to 1, by words."""
        return self.han.total() / self.length if self.length else 0.0


@lru_cache(maxsize=1)
def _lengths() -> dict[str, tuple[int, ...]]:
    """The lengths, longest first, of the known Chinese words by their first two characters."""
    found: dict[str, set[int]] = {}
    for words in (dictionary.entries(), vocabulary().han):
        for word in words:
            if 2 <= len(word) <= _LONGEST:
                found.setdefault(word[:2], set()).add(len(word))
    return {head: tuple(sorted(sizes, reverse=True)) for head, sizes in found.items()}


def han_words(run: str) -> Iterator[tuple[int, str]]:
    """A run of Chinese characters cut into known words with their places, longest first from the left; single
    characters only where the vocabulary has them."""
    known, terms, lengths = dictionary.entries(), vocabulary().han, _lengths()
    i = 0
    while i < len(run):
        for size in lengths.get(run[i : i + 2], ()):
            word = run[i : i + size]
            if word in known or word in terms:
                yield i, word
                i += size
                break
        else:
            if run[i] in terms:
                yield i, run[i]
            i += 1


def latin_concepts(stems: list[str]) -> Iterator[tuple[int, int, int]]:
    """(first word, number of words, concept) of the longest phrases of the vocabulary from each word on."""
    phrases = vocabulary().latin
    for i, first in enumerate(stems):
        if first in phrases:
            longest = 0
            for parts, concept in phrases[first]:
                if len(parts) < longest:
                    break
                if len(parts) == 1 or tuple(stems[i : i + len(parts)]) == parts:
                    longest = len(parts)
                    yield i, longest, concept


def read(text: str) -> Reading:
    """Reads one text."""
    plain = folded(text)
    stems = [stem(word) for word in latin.words(plain)]
    concepts = Counter(concept for _, _, concept in latin_concepts(stems))
    han: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for run in HAN.findall(plain):
        han.update(word for _, word in han_words(run))
        pairs.update(map(str.__add__, run, run[1:]))
    for word, times in han.items():
        for concept in vocabulary().han.get(word, ()):
            concepts[concept] += times
    return Reading(Counter(word for word in stems if word not in latin.STOP), han, pairs, concepts)
