"""Where a text says what it is compared by: the words of the text itself, as its author wrote them."""

from functools import cached_property

from campapp.engines.fit import fields, latin
from campapp.engines.fit.folding import HAN, Places, folded, keeps_places, origins
from campapp.engines.fit.reading import han_words, phrases
from campapp.engines.fit.stemming import stem
from campapp.engines.fit.translation import stems_of
from campapp.engines.fit.vocabulary import vocabulary

Span = tuple[int, int]


class Surfaces:
    """The first place of each stem, Chinese word and concept in a text: places of the folded text `plain`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = folded(text)
        words = list(latin.APART.finditer(self.plain))
        stems = [stem(word[1]) if word[1] else "" for word in words]
        self.stems: dict[str, Span] = {}
        self.concepts: dict[int, Span] = {}
        self.han: dict[str, Span] = {}
        for found, word in zip(stems, words, strict=True):
            if found:
                self.stems.setdefault(found, word.span())
        for first, size, concept in phrases(stems):
            self.concepts.setdefault(concept, (words[first].start(), words[first + size - 1].end()))
        for each, span in self.stems.items():
            for concept in vocabulary().words.get(each, ()):
                self.concepts.setdefault(concept, span)
        for run in HAN.finditer(self.plain):
            for place, chinese in han_words(run.group()):
                span = (run.start() + place, run.start() + place + len(chinese))
                self.han.setdefault(chinese, span)
                for concept in vocabulary().han.get(chinese, ()):
                    self.concepts.setdefault(concept, span)

    @cached_property
    def meant(self) -> dict[str, Span]:
        """The place of the Chinese word that means each stem most."""
        most: dict[str, tuple[float, Span]] = {}
        for word, span in self.han.items():
            for each, share in stems_of(word).items():
                if share > most.get(each, (0.0, span))[0]:
                    most[each] = (share, span)
        return {each: span for each, (_, span) in most.items()}

    @cached_property
    def fields(self) -> dict[str, tuple[float, Span]]:
        """For each field the word or term that speaks for it most: how much, and its place."""
        most: dict[str, tuple[float, Span]] = {}
        spoken = [(fields.of_concept(concept), span) for concept, span in self.concepts.items()]
        spoken += [(fields.of_stem(each), span) for each, span in (self.meant | self.stems).items()]
        for names, span in spoken:
            for name, weight in names.items():
                if weight > most.get(name, (0.0, span))[0]:
                    most[name] = (weight, span)
        return most

    def of_stem(self, each: str) -> Span | None:
        """Where the text says a stem, in English or else in Chinese."""
        return self.stems.get(each) or self.meant.get(each)

    def written(self, span: Span) -> str:
        """What stands in the text at a place of `plain`."""
        if self._kept:
            return self.text[slice(*span)]
        starts, ends = self._origins
        return self.text[starts[span[0]] : ends[span[1] - 1]]

    @cached_property
    def _kept(self) -> bool:
        return keeps_places(self.text)

    @cached_property
    def _origins(self) -> tuple[Places, Places]:
        return origins(self.text)
