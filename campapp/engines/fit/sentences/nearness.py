"""What a model of sentences says of pairs: of all in a small file, of each need's best in a larger one."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from campapp.engines.fit.reading import Reading
from campapp.engines.fit.sentences.models import Means, Model, Pause
from campapp.engines.fit.sentences.windows import Single
from campapp.engines.fit.tables import Floats

MANY = 1_000_000
"""Of a file with so many pairs no text is read as sentences: there words alone take seconds."""
MOST, FEWEST = 20, 5
"""Of a larger file so many projects of each need are read at most. Where it would be fewer, none are: that would hardly
change their order."""
ORDINARY = 20.0
"""The mean of ordinary texts counts like so many projects."""
_TINY = 1e-12

Numbers = NDArray[np.int64]
Choice = NDArray[np.bool_]


def chosen(
    model: Model, projects: Sequence[Reading], asking: Choice, ranked: Callable[[], Numbers]
) -> Choice:
    """Needs × projects: the pairs that a model is asked about.

    Of the needs those that are `asking`; of the projects all, or, where they have more words than the model can read,
    as many of each need's best as it can. `ranked` gives needs × places the numbers of each need's best projects, best
    first, −1 where there are no more. All follows from the sizes and from the ranking, so the order of a file changes
    nothing.
    """
    found = np.zeros((len(asking), len(projects)), np.bool_)
    words = np.array([project.length for project in projects])
    if not asking.any():
        return found
    if words.sum() <= model.small:
        found[asking] = True
        return found
    best = ranked()
    rows = np.arange(len(asking))[:, None]
    for places in range(1, best.shape[1] + 1):
        there = asking[:, None] & (best[:, :places] >= 0)
        more = np.zeros_like(found)
        more[np.broadcast_to(rows, there.shape)[there], best[:, :places][there]] = True
        if words[more.any(axis=0)].sum() > model.words:
            return found if places > FEWEST else np.zeros_like(found)
        found = more
    return found


class Nearness:
    """Reads all texts of the chosen pairs once."""

    def __init__(
        self,
        projects: Sequence[Reading],
        needs: Sequence[Reading],
        pairs: Choice,
        model: Model,
        pause: Pause,
    ) -> None:
        self._projects, self._needs, self._pairs = projects, needs, pairs
        self._model, self._pause = model, pause

    @cached_property
    def silent(self) -> bool:
        """Whether it says nothing of any pair."""
        return not self._pairs.any()

    def read(self) -> None:
        """Reads what there is to read, now and not when it is first asked for."""
        if not self.silent:
            _ = self._read

    def of_needs(self, start: int, stop: int) -> Floats:
        """Needs `start` to `stop` × projects, from 0 to 1: how near they are in what they say as a whole; 0 where the
        model was not asked."""
        pairs = self._pairs[start:stop]
        found = np.zeros(pairs.shape)
        if not self.silent:
            asked, answers = self._read
            found[:, self._pairs.any(axis=0)] = asked[start:stop] @ answers.T
        return np.where(pairs, np.clip(found, 0.0, 1.0), 0.0)

    @cached_property
    def _read(self) -> tuple[Floats, Floats]:
        """What each need says, the unread ones empty; what the chosen projects say."""
        asking = np.flatnonzero(self._pairs.any(axis=1)).tolist()
        projects = [self._projects[n] for n in np.flatnonzero(self._pairs.any(axis=0)).tolist()]
        needs = [self._needs[n] for n in asking]
        rows = self._model.vectors([*projects, *needs], self._pause)
        answers, wishes = rows[: len(projects)], rows[len(projects) :]
        if self._model.usual:
            shared = _shared(self._model.usual(), projects, answers)
            answers, wishes = _without(shared, answers, projects), _without(shared, wishes, needs)
        asked = np.zeros((len(self._needs), rows.shape[1]))
        asked[asking] = wishes
        return asked, answers.astype(np.float64)  # so exact that no order of adding up shows


def _shared(usual: Means, projects: Sequence[Reading], rows: Single) -> Means:
    """What the texts of a language have in common, Chinese ones under True: the mean of the projects and of ordinary
    texts."""
    found = {}
    for chinese in (True, False):
        here = [n for n, text in enumerate(projects) if text.is_chinese == chinese]
        ours = rows[sorted(here, key=lambda n: projects[n].written)]
        found[chinese] = (ours.sum(axis=0) + ORDINARY * usual[chinese]) / (len(ours) + ORDINARY)
    return found


def _without(shared: Means, rows: Single, texts: Sequence[Reading]) -> Single:
    """The rows of some texts without what their language's texts have in common, with length 1 again."""
    rows = rows - np.stack([shared[text.is_chinese] for text in texts])
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _TINY))
