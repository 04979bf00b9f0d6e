"""How alike each project's text is to each need's, from 0 to 1: by words, and by the models of sentences."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from campapp.engines.fit.reading import Reading
from campapp.engines.fit.sentences.models import Pause, models
from campapp.engines.fit.sentences.nearness import MANY, MOST, Nearness, chosen
from campapp.engines.fit.tables import Floats
from campapp.engines.fit.wording import Wording, brevity, wording

NEAR = 0.6
"""What the quick model of sentences adds to short needs, next to 1 for all that single words tell."""
UNDERSTOOD = 1.0
"""What the slow one adds to them."""
SHORT = (30, 4)
"""Up to so many words a need is short for both; beyond, what they say falls with this power of its length."""
LEAST = 0.02
"""Where no more than this part of it would be left, a need is not read as sentences."""
_CHUNK = 64


@dataclass(frozen=True)
class Likeness:
    """What words say, and what the models say with the part that each adds; `whole`: they read as much as without a
    time limit."""

    wording: Wording
    models: Sequence[tuple[float, Nearness]]
    whole: bool

    def read(self) -> None:
        """Has the models read, which takes longer than all that follows."""
        for _, model in self.models:
            model.read()

    def of_needs(self, start: int, stop: int) -> Floats:
        """Needs `start` to `stop` × all projects. A model never makes a pair: where no word joins two texts, there
        would be no reason to give."""
        said = self.wording.of_needs(start, stop)
        joined = said > 0
        most = np.ones((len(said), 1))
        brief = brevity(self.wording.length_needs[start:stop], SHORT)
        for part, model in self.models:
            if not model.silent:
                said += part * brief * np.where(joined, model.of_needs(start, stop), 0.0)
                most += part * brief
        return np.asarray(said / most)


def likeness(
    projects: Sequence[Reading],
    needs: Sequence[Reading],
    pause: Pause,
    workers: int = 1,
    limit: float = math.inf,
) -> Likeness:
    """Weighs all texts of a file against each other. `pause` is called between the steps and while sentences are read,
    and may end it; `limit` is the time limit in seconds."""
    words = wording(projects, needs, lambda: pause(0))
    asking = brevity(words.length_needs, SHORT)[:, 0] > LEAST

    @cache
    def ranked() -> NDArray[np.int64]:
        return _ranked(words, projects, len(needs), pause)

    told, whole = [], True
    for part, model in zip((NEAR, UNDERSTOOD), models(workers), strict=True):
        if model is not None and len(projects) * len(needs) < MANY:
            hurried = model.within(limit)
            pairs = chosen(hurried, projects, asking, ranked)
            told.append((part, Nearness(projects, needs, pairs, model, pause)))
            whole &= hurried is model or np.array_equal(pairs, chosen(model, projects, asking, ranked))
    return Likeness(words, told, whole)


def _ranked(words: Wording, projects: Sequence[Reading], needs: int, pause: Pause) -> NDArray[np.int64]:
    """Needs × places: the numbers of the projects whose words say most, best first, equal ones by their texts; −1 where
    no word joins any more."""
    texts = sorted(range(len(projects)), key=lambda number: projects[number].written)
    order = np.empty(len(texts), np.int64)
    order[texts] = np.arange(len(texts))
    found = np.full((needs, MOST), -1)
    for start in range(0, needs, _CHUNK):
        pause(0)
        for number, said in enumerate(words.of_needs(start, start + _CHUNK), start):
            some = best(said, order, MOST)
            found[number, : len(some)] = some
    return found


def best(fits: Floats, order: NDArray[np.int64], top: int) -> NDArray[np.int64]:
    """The `top` projects of one need by number, best first, ties by their place in `order`, 0 left out."""
    found = np.flatnonzero(fits > 0)
    if len(found) > top:
        least = np.partition(fits[found], len(found) - top)[len(found) - top]
        found = found[fits[found] >= least]
    return found[np.lexsort((order[found], -fits[found]))][:top]
