"""A text as what it is compared by: stems, Chinese words, pairs of Chinese characters, concepts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

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
    found: dict[str, int] = {}
    for words in (dictionary.entries(), vocabulary().han):
        for word in words:
            size = len(word)
            if 2 <= size <= _LONGEST:
                head = word[:2]
                found[head] = found.get(head, 0) | 1 << size
    sizes = {bits: _set_bits(bits) for bits in set(found.values())}
    return {head: sizes[bits] for head, bits in found.items()}


def _set_bits(bits: int) -> tuple[int, ...]:
    return tuple(size for size in range(_LONGEST, 1, -1) if bits >> size & 1)


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


def phrases(stems: list[str]) -> Iterator[tuple[int, int, int]]:
    """(first word, number of words, concept) of the longest of the vocabulary's terms of several words that
    begin at each word."""
    known = vocabulary().phrases
    for i in [i for i, first in enumerate(stems) if first in known]:
        longest = 0
        for parts, concept in known[stems[i]]:
            if len(parts) < longest:
                break
            if tuple(stems[i : i + len(parts)]) == parts:
                longest = len(parts)
                yield i, longest, concept


def read(text: str) -> Reading:
    """Reads one text."""
    plain = folded(text)
    words = latin.words(plain)
    stems = [stem(word) for word in words]
    runs = HAN.findall(plain)
    han = Counter([word for run in runs for _, word in han_words(run)])
    known, terms = vocabulary().words, vocabulary().han
    longer = list(phrases(stems))
    begun = {first for first, _, _ in longer}
    alone = [each for n, each in enumerate(stems) if each in known and n not in begun]
    found = [concept for each in alone for concept in known[each]]
    found += [concept for _, _, concept in longer]
    found += [concept for word, times in han.items() if word in terms for concept in terms[word] * times]
    return Reading(
        Counter([each for word, each in zip(words, stems, strict=True) if word not in latin.STOP]),
        han,
        Counter([one + other for run in runs for one, other in pairwise(run)]),
        Counter(found),
    )
