"""How alike each project's text is to each need's, from 0 to 1."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campapp.engines.fit.reading import Reading
from campapp.engines.fit.spaces import Floats, Sparse, meaning, script

SCRIPT = 0.5
"""The part that the characters have where both texts are Chinese."""


@dataclass(frozen=True)
class Likeness:
    """Both spaces, projects and needs apart; `chinese` is the part of Chinese in each text."""

    meaning_projects: Sparse
    meaning_needs: Sparse
    terms: list[str]
    script_projects: Sparse
    script_needs: Sparse
    pairs: list[str]
    chinese_projects: Floats
    chinese_needs: Floats

    def of_needs(self, start: int, stop: int) -> Floats:
        """Needs `start` to `stop` × all projects."""
        by_meaning = (self.meaning_needs[start:stop] @ self.meaning_projects.T).toarray()
        by_script = (self.script_needs[start:stop] @ self.script_projects.T).toarray()
        part = self.script_part(slice(start, stop), slice(None))
        return np.asarray(np.clip(by_meaning + part * (by_script - by_meaning), 0.0, 1.0))

    def script_part(self, needs: slice, projects: slice) -> Floats:
        """How much of the likeness is told by the characters: all of `SCRIPT` between two Chinese texts."""
        both = np.outer(self.chinese_needs[needs], self.chinese_projects[projects])
        return np.asarray(SCRIPT * np.sqrt(both))


def likeness(projects: Sequence[Reading], needs: Sequence[Reading]) -> Likeness:
    """Weighs all texts of a file against each other."""
    readings = [*projects, *needs]
    size = len(projects)
    by_meaning, terms = meaning(readings)
    by_script, pairs = script(readings)
    chinese = np.array([each.chinese for each in readings])
    return Likeness(
        by_meaning[:size], by_meaning[size:], terms,
        by_script[:size], by_script[size:], pairs,
        chinese[:size], chinese[size:],
    )  # fmt: skip


def best(fits: Floats, order: NDArray[np.int64], top: int) -> NDArray[np.int64]:
    """The `top` projects of one need by number, best first, ties by their place in `order`, 0 left out."""
    found = np.flatnonzero(fits > 0)
    if len(found) > top:
        least = np.partition(fits[found], len(found) - top)[len(found) - top]
        found = found[fits[found] >= least]
    return found[np.lexsort((order[found], -fits[found]))][:top]
