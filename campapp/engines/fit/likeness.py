"""How alike each project's text is to each need's, from 0 to 1."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campapp.engines.fit.nearness import Nearness
from campapp.engines.fit.reading import Reading
from campapp.engines.fit.spaces import Spaces, spaces
from campapp.engines.fit.tables import Floats

SCRIPT = 0.3
"""The part that the characters have where both texts are Chinese."""
BACK = 0.3
"""The part of the way back, English to Chinese, where the languages differ."""
KIN = 1.3
"""What words of a kind add to short needs, next to 1 for the same words."""
NEAR = 1.3
"""What the model of sentences adds to short needs, next to 1 for all that single words tell."""
LEAST_NEAR = 0.02
"""Where it would add less, the need is not read as sentences."""
STRANGERS, ALONE = 0.15, 0.3
"""Texts whose words are no more of a kind than this are strangers; where not even one word meets, they are so up to
the second."""
FIELD = 0.2
"""What the same field adds to short needs, next to 1 for the same words."""
STRANGE = 0.3
"""What the same words lose to short needs where the fields are wholly others."""
CHANCE = 0.15
"""Fields that are no more alike than this are so by chance."""
SHORT_FOR_KIN, SHORT_FOR_FIELDS = (16, 4), (10, 2)
"""Up to so many words a need is short; beyond, what kinship, sentences and fields say falls with this power of its
length. (Of the need alone: else a short project would be preferred to a long one that is closer in all.)"""


@dataclass(frozen=True)
class Likeness:
    """The spaces of a file, and the language and length of its texts."""

    spaces: Spaces
    nearness: Nearness
    chinese_projects: Floats
    chinese_needs: Floats
    length_needs: Floats

    def _parts(self, needs: slice) -> tuple[Floats, Floats]:
        """What the characters tell of each pair, and what the way back tells: two Chinese texts are told by their
        characters too, and the languages meet in both directions."""
        need, project = self.chinese_needs[needs], self.chinese_projects
        chinese = np.sqrt(np.outer(need, project))
        crossed = np.maximum(1 - chinese - np.sqrt(np.outer(1 - need, 1 - project)), 0.0)
        return SCRIPT * chinese, BACK * crossed

    def _brevity(self, needs: slice, short: tuple[int, int]) -> Floats:
        """1 for short needs, and less the longer they are, as a column."""
        words, power = short
        return np.asarray(np.minimum(1.0, (words / np.maximum(self.length_needs[needs, None], 1.0)) ** power))

    def script_part(self, need: int, project: int) -> float:
        """The part of one pair's likeness that its characters tell."""
        return SCRIPT * math.sqrt(self.chinese_needs[need] * self.chinese_projects[project])

    def of_a_kind(self, need: int, project: int) -> bool:
        """Whether the words of one pair are so much of a kind that none of them need meet."""
        return self.spaces.kinship.of_pair(need, project) > ALONE

    def same_field(self, need: int, project: int) -> bool:
        """Whether one pair's fields are alike by more than chance."""
        return self.spaces.fields.of_pair(need, project) > CHANCE

    def of_needs(self, start: int, stop: int) -> Floats:
        """Needs `start` to `stop` × all projects."""
        words = self.by_words(start, stop)
        near = NEAR * self._brevity(slice(start, stop), SHORT_FOR_KIN)
        near[near < LEAST_NEAR] = 0.0
        told = self.nearness.of_needs(start, stop, np.where(near > 0, words, 0.0))
        return np.asarray((words + near * told) / (1 + near))

    def by_words(self, start: int, stop: int) -> Floats:
        """What single words tell of needs `start` to `stop` × all projects."""
        here, needs = self.spaces, slice(start, stop)
        script, back = self._parts(needs)
        meant = here.meaning.likeness(start, stop)
        # two English words that one Chinese word of another text means have not met
        said = (1 - script - back) * meant + back * here.words.likeness(start, stop) * (meant > 0)
        said += script * here.script.likeness(start, stop)
        kin = here.kinship.likeness(start, stop)
        for_kin, for_fields = (self._brevity(needs, short) for short in (SHORT_FOR_KIN, SHORT_FOR_FIELDS))
        said += KIN * for_kin * np.where((meant > 0) | (kin > ALONE), _beyond(kin, STRANGERS), 0.0)
        field = _beyond(here.fields.likeness(start, stop), CHANCE)
        said *= 1 - STRANGE * for_fields * (1 - field)
        said += FIELD * for_fields * field
        return np.asarray(np.clip(said / (1 + KIN * for_kin + FIELD * for_fields), 0.0, 1.0))


def _beyond(values: Floats, chance: float) -> Floats:
    """What is above chance, from 0 to 1."""
    return np.maximum(0.0, (values - chance) / (1 - chance))


def likeness(projects: Sequence[Reading], needs: Sequence[Reading]) -> Likeness:
    """Weighs all texts of a file against each other."""
    readings = [*projects, *needs]
    size = len(projects)
    chinese = np.array([each.chinese for each in readings], np.float64)
    lengths = np.array([each.length for each in needs], np.float64)
    return Likeness(
        spaces(readings, size), Nearness(projects, needs), chinese[:size], chinese[size:], lengths
    )


def best(fits: Floats, order: NDArray[np.int64], top: int) -> NDArray[np.int64]:
    """The `top` projects of one need by number, best first, ties by their place in `order`, 0 left out."""
    found = np.flatnonzero(fits > 0)
    if len(found) > top:
        least = np.partition(fits[found], len(found) - top)[len(found) - top]
        found = found[fits[found] >= least]
    return found[np.lexsort((order[found], -fits[found]))][:top]
