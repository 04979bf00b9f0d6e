"""How alike each project's text is to each need's, from 0 to 1."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campapp.engines.fit.reading import Reading
from campapp.engines.fit.spaces import Spaces, spaces
from campapp.engines.fit.tables import Floats

SCRIPT = 0.5
"""The part that the characters have where both texts are Chinese."""
BACK = 0.3
"""The part of the way back, English to Chinese, where the languages differ."""
FIELD = 0.15
"""What the same field adds to short texts, next to 1 for the same words."""
STRANGE = 0.5
"""What the same words lose in short texts where the fields are wholly others."""
CHANCE = 0.15
"""Fields that are no more alike than this are so by chance."""
SHORT = 10
"""Up to so many words a text is short; beyond, the fields' say falls with the square of the length."""


@dataclass(frozen=True)
class Weights:
    """How much each space says of each pair: needs × projects."""

    meaning: Floats
    words: Floats
    script: Floats
    fields: Floats


@dataclass(frozen=True)
class Likeness:
    """The spaces of a file, and the language and length of its texts."""

    spaces: Spaces
    chinese_projects: Floats
    chinese_needs: Floats
    length_projects: Floats
    length_needs: Floats

    def weights(self, needs: slice, projects: slice) -> Weights:
        """Two Chinese texts are half told by their characters; the languages meet in both directions."""
        need, project = self.chinese_needs[needs], self.chinese_projects[projects]
        chinese = np.sqrt(np.outer(need, project))
        crossed = np.maximum(1 - chinese - np.sqrt(np.outer(1 - need, 1 - project)), 0.0)
        shorter = np.minimum.outer(self.length_needs[needs], self.length_projects[projects])
        words, script = BACK * crossed, SCRIPT * chinese
        fields = np.minimum(1.0, (SHORT / np.maximum(shorter, 1.0)) ** 2)
        return Weights(1 - words - script, words, script, fields)

    def script_part(self, need: int, project: int) -> float:
        """The part of one pair's likeness that its characters tell."""
        return SCRIPT * math.sqrt(self.chinese_needs[need] * self.chinese_projects[project])

    def kin(self, need: int, project: int) -> bool:
        """Whether one pair's fields are alike by more than chance."""
        return bool(self.spaces.fields_needs[need] @ self.spaces.fields_projects[project] > CHANCE)

    def of_needs(self, start: int, stop: int) -> Floats:
        """Needs `start` to `stop` × all projects."""
        weigh, here = self.weights(slice(start, stop), slice(None)), self.spaces
        meant = here.meaning.likeness(start, stop)
        # two English words that one Chinese word of another text means have not met
        said = weigh.meaning * meant + weigh.words * here.words.likeness(start, stop) * (meant > 0)
        said += weigh.script * here.script.likeness(start, stop)
        field = here.fields_needs[start:stop] @ here.fields_projects.T
        field = np.maximum(0.0, (field - CHANCE) / (1 - CHANCE))
        said *= 1 - STRANGE * weigh.fields * (1 - field)
        said += FIELD * weigh.fields * field
        return np.asarray(np.clip(said / (1 + FIELD), 0.0, 1.0))


def likeness(projects: Sequence[Reading], needs: Sequence[Reading]) -> Likeness:
    """Weighs all texts of a file against each other."""
    readings = [*projects, *needs]
    size = len(projects)
    chinese = np.array([each.chinese for each in readings], np.float64)
    lengths = np.array([each.length for each in readings], np.float64)
    return Likeness(spaces(readings, size), chinese[:size], chinese[size:], lengths[:size], lengths[size:])


def best(fits: Floats, order: NDArray[np.int64], top: int) -> NDArray[np.int64]:
    """The `top` projects of one need by number, best first, ties by their place in `order`, 0 left out."""
    found = np.flatnonzero(fits > 0)
    if len(found) > top:
        least = np.partition(fits[found], len(found) - top)[len(found) - top]
        found = found[fits[found] >= least]
    return found[np.lexsort((order[found], -fits[found]))][:top]
