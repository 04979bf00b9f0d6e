"""Tags: equal when folded, or when the vocabulary knows them as one concept (AI = 人工智能)."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from campapp.engines.fit import latin
from campapp.engines.fit.contract import Need, Project
from campapp.engines.fit.folding import folded
from campapp.engines.fit.tables import Floats
from campapp.engines.fit.vocabulary import vocabulary

SHARE = 0.25
"""The part of what is missing to 1 that tags can make up."""


@lru_cache(maxsize=100_000)
def meanings(tag: str) -> frozenset[str | int]:
    """What a tag says: its folded text, and the concepts that have it as a term."""
    plain = " ".join(folded(tag).split())
    stems = latin.phrase(plain)
    concepts = {concept for parts, concept in vocabulary().latin.get(stems[0], ()) if parts == stems}
    return frozenset({plain, *concepts, *vocabulary().han.get(plain, ())})


class TagIndex:
    """Which projects bear what."""

    def __init__(self, projects: Sequence[Project]) -> None:
        self._size = len(projects)
        self._bearers: dict[str | int, list[int]] = defaultdict(list)
        for number, project in enumerate(projects):
            for meaning in frozenset[str | int]().union(*map(meanings, project.tags)):
                self._bearers[meaning].append(number)

    def shares(self, need: Need) -> Floats:
        """The part of the need's tags that each project has."""
        found = np.zeros(self._size)
        tags = {meanings(tag) for tag in need.tags}
        for tag in tags:
            found[sorted({n for meaning in tag for n in self._bearers.get(meaning, ())})] += 1 / len(tags)
        return found


def shared(project: Project, need: Need) -> list[tuple[str, str]]:
    """The tags that the two have in common, each as the project and as the need writes it."""
    return [(one, other) for other in need.tags for one in project.tags if meanings(one) & meanings(other)]
