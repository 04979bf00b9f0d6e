"""What the model of sentences says of pairs: of all in a small file, of each need's best in a larger one."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from campapp.engines.fit import latin, package, sentences
from campapp.engines.fit.folding import HAN
from campapp.engines.fit.reading import Reading, han_words
from campapp.engines.fit.tables import Floats
from campapp.engines.fit.translation import meant

SMALL = 10_000
"""Up to so many words of projects a file is small: all are read as sentences."""
WORDS = 6_000
"""Of a larger file so many words of projects are read, or little more: some tenths of a second's work."""
FEWEST = 5
"""Where fewer projects of each need could be read, none are: it would hardly change their order."""
_TINY = 1e-12


class Nearness:
    """Reads each text once, when it is first asked for.

    How many projects a need may have read depends on the sizes of the file alone, and which on the need alone; so the
    order of a file changes nothing.
    """

    def __init__(self, projects: Sequence[Reading], needs: Sequence[Reading]) -> None:
        self._projects, self._needs = projects, needs
        self._places = np.full(len(projects), -1)
        self._read = np.zeros((0, sentences.DIMENSIONS), np.float32)

    @cached_property
    def candidates(self) -> int:
        """How many projects of each need are read: all of a small file's, none of a very large one's."""
        words = sum(project.length for project in self._projects)
        if words <= SMALL:
            return len(self._projects)
        some = WORDS * len(self._projects) // (words * max(1, len(self._needs)))
        return some if some >= FEWEST else 0

    def of_needs(self, start: int, stop: int, said: Floats) -> Floats:
        """Needs `start` to `stop` × projects, from 0 to 1: how near they are in what they say as a whole, of those
        that are `said` to be most alike, and 0 of all others."""
        if not self.candidates:
            return np.zeros_like(said)
        chosen = said > 0
        if self.candidates < said.shape[1]:
            least = np.partition(said, -self.candidates, axis=1)[:, [-self.candidates]]
            chosen &= said >= least
        numbers = np.flatnonzero(chosen.any(axis=0))
        asking = np.flatnonzero(chosen.any(axis=1))
        asked = self._vectors([self._needs[start + int(n)].plain for n in asking], numbers)
        near = np.zeros_like(said)
        near[np.ix_(asking, numbers)] = asked @ self._read[self._places[numbers]].T
        return np.where(chosen, np.clip(near, 0.0, 1.0), 0.0)

    def _vectors(self, needs: list[str], projects: NDArray[np.int64]) -> sentences.Single:
        """What these needs say; what those of the projects say that were not read before is kept."""
        new = projects[self._places[projects] < 0]
        self._places[new] = len(self._read) + np.arange(len(new))
        found = _read([*(self._projects[number].plain for number in new.tolist()), *needs])
        self._read = np.concatenate([self._read, found[: len(new)]])
        return np.asarray(found[len(new) :])


def _read(texts: list[str]) -> sentences.Single:
    """A row of length 1 for each folded text: what it says as it stands, and what its bare words say in English."""
    pieces, network = package.model()
    both = sentences.vectors([pieces.of_text(text) for text in [*texts, *map(in_english, texts)]], network)
    whole = both[: len(texts)] + both[len(texts) :]
    return np.asarray(whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), _TINY))


def in_english(plain: str) -> str:
    """The words of a folded text that say something, Chinese ones by their first meaning; the text itself if there
    are none."""
    turned = HAN.sub(lambda run: f" {' '.join(meant(word) for _, word in han_words(run.group()))} ", plain)
    return " ".join(word for word in latin.words(turned) if word not in latin.STOP) or plain
