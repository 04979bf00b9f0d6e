"""How alike each project's text is to each need's by their single words, from 0 to 1."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from campapp.engines.fit.reading import Reading
from campapp.engines.fit.spaces import Look, Spaces, spaces
from campapp.engines.fit.tables import Floats

SCRIPT = 0.3
"""The part that the characters have where both texts are Chinese."""
BACK = 0.3
"""The part of the way back, English to Chinese, where the languages differ."""
KIN = 1.3
"""What words of a kind add to short needs, next to 1 for the same words."""
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
"""Up to so many words a need is short; beyond, what kinship and fields say falls with this power of its length. (Of the
need alone: else a short project would be preferred to a long one that is closer in all.)"""


@dataclass(frozen=True)
class Wording:
    """The spaces of a file, and the language and length of its texts."""

    spaces: Spaces
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
        """What single words tell of needs `start` to `stop` × all projects."""
        here, needs = self.spaces, slice(start, stop)
        script, back = self._parts(needs)
        meant = here.meaning.likeness(start, stop)
        # two English words that one Chinese word of another text means have not met
        said = (1 - script - back) * meant + back * here.words.likeness(start, stop) * (meant > 0)
        said += script * here.script.likeness(start, stop)
        kin = here.kinship.likeness(start, stop)
        for_kin, for_fields = (
            brevity(self.length_needs[needs], short) for short in (SHORT_FOR_KIN, SHORT_FOR_FIELDS)
        )
        said += KIN * for_kin * np.where((meant > 0) | (kin > ALONE), _beyond(kin, STRANGERS), 0.0)
        field = _beyond(here.fields.likeness(start, stop), CHANCE)
        said *= 1 - STRANGE * for_fields * (1 - field)
        said += FIELD * for_fields * field
        return np.asarray(np.clip(said / (1 + KIN * for_kin + FIELD * for_fields), 0.0, 1.0))


def _beyond(values: Floats, chance: float) -> Floats:
    """What is above chance, from 0 to 1."""
    return np.maximum(0.0, (values - chance) / (1 - chance))


def brevity(lengths: Floats, short: tuple[int, int]) -> Floats:
    """1 for short needs, and less the longer they are, as a column: up to so many words, falling with such a power."""
    words, power = short
    return np.asarray(np.minimum(1.0, (words / np.maximum(lengths[:, None], 1.0)) ** power))


def wording(projects: Sequence[Reading], needs: Sequence[Reading], look: Look) -> Wording:
    """Weighs the words of all texts of a file against each other; calls `look` between the steps."""
    readings = [*projects, *needs]
    size = len(projects)
    chinese = np.array([each.chinese for each in readings], np.float64)
    lengths = np.array([each.length for each in needs], np.float64)
    return Wording(spaces(readings, size, look), chinese[:size], chinese[size:], lengths)
