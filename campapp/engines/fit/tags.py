"""Tags: equal when folded, or when the vocabulary knows them as one concept (AI = 人工智能)."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from campapp.engines.fit import latin
from campapp.engines.fit.contract import Need, Project
from campapp.engines.fit.folding import folded
from campapp.engines.fit.tables import Floats
from campapp.engines.fit.vocabulary import vocabulary

SHARE = 0.25
"""The part of what is missing to 1 that tags can make up."""


@lru_cache(maxsize=100_000)
def meanings(tag: str) -> frozenset[str | int]:
    """What a tag says: its folded text, and the concepts that have it as a term; a blank one says nothing."""
    plain = " ".join(folded(tag).split())
    if not plain:
        return frozenset()
    stems = latin.phrase(plain)
    known = vocabulary()
    longer = known.phrases.get((stems[0], stems[1]), ()) if len(stems) > 1 else ()
    concepts = {concept for parts, concept in longer if parts == stems}
    alone = known.words.get(stems[0], ()) if len(stems) == 1 else ()
    return frozenset({plain, *concepts, *alone, *known.han.get(plain, ())})


class TagIndex:
    """Which projects bear what."""

    def __init__(self, projects: Sequence[Project]) -> None:
        self._size = len(projects)
        self._bearers: dict[str | int, list[int]] = defaultdict(list)
        self._found: dict[frozenset[str | int], NDArray[np.int64]] = {}
        for number, project in enumerate(projects):
            for meaning in frozenset[str | int]().union(*map(meanings, project.tags)):
                self._bearers[meaning].append(number)

    def shares(self, need: Need) -> Floats:
        """The part of the need's tags that each project has."""
        found = np.zeros(self._size)
        tags = {meanings(tag) for tag in need.tags} - {frozenset()}
        for tag in tags:
            found[self._having(tag)] += 1 / len(tags)
        return found

    def _having(self, tag: frozenset[str | int]) -> NDArray[np.int64]:
        if tag not in self._found:
            bearers = {n for meaning in tag for n in self._bearers.get(meaning, ())}
            self._found[tag] = np.array(sorted(bearers), np.int64)
        return self._found[tag]


def shared(project: Project, need: Need) -> list[tuple[str, str]]:
    """The tags that the two have in common, each as the project and as the need writes it, and once."""
    offered = dict.fromkeys(project.tags)
    return [
        (one, other)
        for other in dict.fromkeys(need.tags)
        for one in offered
        if meanings(one) & meanings(other)
    ]
