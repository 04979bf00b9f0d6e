"""A text as what it is compared by: stems, Chinese words, pairs of Chinese characters, concepts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from campapp.engines.fit import dictionary, latin
from campapp.engines.fit.folding import HAN, folded
from campapp.engines.fit.stemming import stem
from campapp.engines.fit.vocabulary import vocabulary

_LONGEST = 10
"""Longer entries of the dictionary are sayings; terms of the vocabulary may be as long as they like."""
_FUNCTION = frozenset(
    "的了和与或在是有不及其等个这那我你他她它们为以于从到把被让使将对向给就都也还又要能会可并而但如若则之者所上下中内外里前后时每各"
    "很最更太再只才已曾正去来着过地得吗呢吧啊哪谁何此该某另仍却因由按据同跟比至且没未无非别请想说做"
)
"""Characters that say nothing by themselves, unless they are terms of the vocabulary."""


@dataclass(slots=True)
class Reading:
    """A text as it was written and folded; its stems, Chinese words and concepts, each as often as it says them; its
    runs of Chinese characters; and how many words it has in each language."""

    written: str
    plain: str
    tokens: list[str]
    runs: list[str]
    english_words: int
    chinese_words: int

    @property
    def length(self) -> int:
        """The number of words."""
        return self.english_words + self.chinese_words

    @property
    def chinese(self) -> float:
        """How much of the text is Chinese, from 0 to 1, by words."""
        return self.chinese_words / self.length if self.length else 0.0

    @property
    def is_chinese(self) -> bool:
        """Whether most of the text is Chinese."""
        return self.chinese > 0.5


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset().union(dictionary.entries(), vocabulary().han)


@lru_cache(maxsize=1)
def _single() -> frozenset[str]:
    """The characters that are words by themselves."""
    return frozenset(word for word in _known() if len(word) == 1 and word not in _FUNCTION) | {
        word for word in vocabulary().han if len(word) == 1
    }


@lru_cache(maxsize=1)
def _lengths() -> dict[str, tuple[int, ...]]:
    """The lengths, longest first, of the known Chinese words by their first two characters."""
    found: dict[str, int] = {}
    for word in _known():
        size = len(word)
        if 2 <= size <= _LONGEST or (word in vocabulary().han and size > 1):
            head = word[:2]
            found[head] = found.get(head, 0) | 1 << size
    sizes = {bits: _set_bits(bits) for bits in set(found.values())}
    return {head: sizes[bits] for head, bits in found.items()}


def _set_bits(bits: int) -> tuple[int, ...]:
    return tuple(size for size in range(bits.bit_length(), 1, -1) if bits >> size & 1)


def han_words(run: str) -> Iterator[tuple[int, str]]:
    """A run of Chinese characters cut into known words with their places, longest first from the left."""
    known, single, lengths = _known(), _single(), _lengths()
    i, end = 0, len(run)
    while i < end:
        for size in lengths.get(run[i : i + 2], ()):
            word = run[i : i + size]
            if word in known:
                yield i, word
                i += size
                break
        else:
            if run[i] in single:
                yield i, run[i]
            i += 1


def phrases(stems: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(first word, number of words, concept) of the longest of the vocabulary's terms of several words that
    begin at each word."""
    known = vocabulary().phrases
    for i in [i for i, two in enumerate(pairwise(stems)) if two in known]:
        longest = 0
        for parts, concept in known[stems[i], stems[i + 1]]:
            if len(parts) < longest:
                break
            if tuple(stems[i : i + len(parts)]) == parts:
                longest = len(parts)
                yield i, longest, concept


class Stems(dict[str, str]):
    """The stem of each word that was asked for."""

    def __missing__(self, word: str) -> str:
        self[word] = found = stem(word)
        return found


class Cuts(dict[str, list[str]]):
    """The words of each run of Chinese characters that was asked for."""

    def __missing__(self, run: str) -> list[str]:
        self[run] = found = [word for _, word in han_words(run)]
        return found


class Reader:
    """Reads text after text; what it learnt of one word or clause it need not ask again."""

    def __init__(self) -> None:
        self._stems = Stems()
        self._cuts = Cuts()
        self._stems[""] = ""
        self._spoken = Stems(dict.fromkeys([*latin.STOP, ""], ""))

    def read(self, text: str) -> Reading:
        """Reads one text."""
        plain = folded(text)
        runs = HAN.findall(plain)
        words = latin.words_apart(plain) if runs or "\n" in plain else latin.words(plain)
        stems = list(map(self._stems.__getitem__, words))
        han = list(chain.from_iterable(map(self._cuts.__getitem__, runs)))
        known, terms = vocabulary().words, vocabulary().han
        longer = list(phrases(stems))
        begun = {first for first, _, _ in longer}
        found = [concept for _, _, concept in longer]
        for n, each in enumerate(stems):
            if each in known and n not in begun:
                found += known[each]
        for word in han:
            if word in terms:
                found += terms[word]
        spoken = list(filter(None, map(self._spoken.__getitem__, words)))
        return Reading(
            text,
            plain,
            [*spoken, *han, *map(vocabulary().names.__getitem__, found)],
            runs,
            len(spoken),
            len(han),
        )
