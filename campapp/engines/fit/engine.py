"""The engine `fit`: texts in, for each need the projects that answer it best, with the reasons."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from campapp.engines.fit.contract import FitInstance, Need, Project, check
from campapp.engines.fit.embedding import Model, chosen, weighed
from campapp.engines.fit.kinship import DIMENSIONS
from campapp.engines.fit.likeness import Likeness, best, likeness
from campapp.engines.fit.readiness import factors, levels
from campapp.engines.fit.reading import Reader, Reading
from campapp.engines.fit.reasons import Explainer
from campapp.engines.fit.sentences.models import Pause
from campapp.engines.fit.sentences.nearness import MANY
from campapp.engines.fit.tables import Floats
from campapp.engines.fit.tags import SHARE, TagIndex
from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Engine, Result

DECIMALS = 6
_CHUNK = 64
"""So many texts or needs at a time, between looks at the clock."""
_CHARACTERS, _PAIRS = 200_000, 640_000
"""Fewer where they have more characters, or more pairs with all projects."""
_ASKED = 8
"""So many texts at a time are given to a model that is plugged in: it may be slow."""
_PER_CHARACTER, _PER_OTHER = 60, 200
"""Bytes for a character of an ASCII text and of any other (measured where each is a word), to weigh it; as many again
where its words are looked up for reasons."""
_PER_TEXT = 4 * 8 * DIMENSIONS
_PER_ANSWER = 4_000
"""Bytes for a pair of the answer with its reasons (measured: 2,000 to 3,000)."""
_WORDS, _SENTENCES = 250 << 20, 350 << 20
"""Bytes for dictionary and tables, and for the models of sentences."""
_WEIGHING = 1.4
"""How long it takes to weigh the texts against each other, times what it took to read them (measured: 0.6 to 1.4)."""


class _TimeOver(Exception):
    """The time limit came while sentences were read."""


def memory(instance: FitInstance) -> int:
    """Bytes that a file needs at most: dictionary, vectors, models of sentences, what the texts become, one chunk of
    likenesses, the answer."""
    size, needs = len(instance.projects), len(instance.needs)
    offered, asked = (sum(map(_kept, rows)) for rows in (instance.projects, instance.needs))
    always = _WORDS + (_SENTENCES if size * needs < MANY else 0)
    answers = needs * min(instance.top, size)
    told = _PER_ANSWER * answers + offered * min(answers, size) // max(1, size)
    return always + offered + asked + _PER_TEXT * (size + needs) + 8 * 8 * _step(size) * size + told


def _kept(row: Project | Need) -> int:
    return len(row.text) * (_PER_CHARACTER if row.text.isascii() else _PER_OTHER)


def solve(instance: FitInstance, control: Control, model: Model | None = None) -> Result:
    """For each need the best `top` projects; `feasible` where the time limit came before the last need."""
    size = len(instance.projects)
    began = control.elapsed()
    readings = list(_read_in_time([*instance.projects, *instance.needs], control))
    weighing = _WEIGHING * (control.elapsed() - began)  # in few pieces, in which nothing looks at the clock
    if len(readings) < size + len(instance.needs) or control.left() < weighing:
        return {"status": "feasible", "pairs": []}
    pairs: list[dict[str, object]] = []
    done, whole = 0, False
    try:
        alike = likeness(readings[:size], readings[size:], _pause(control), control.workers, control.limit)
        alike.read()
        vectors = _vectors(model, instance, control) if model else None
        whole = alike.whole
        explainer, order = Explainer(instance, alike.wording), _order(instance)
        for number, fits in _fits(instance, alike, control, vectors):
            chosen_ones = best(fits, order, instance.top)
            pairs += [
                _told(instance, explainer, control, fits, int(project), number) for project in chosen_ones
            ]
            done += 1
    except _TimeOver:
        pass
    return {"status": "optimal" if whole and done == len(instance.needs) else "feasible", "pairs": pairs}


def _told(
    instance: FitInstance, explainer: Explainer, control: Control, fits: Floats, project: int, need: int
) -> dict[str, object]:
    """One pair of the answer."""
    _look(control)
    named = {
        "project": instance.projects[project].id,
        "need": instance.needs[need].id,
        "fit": float(fits[project]),
    }
    return {**named, "reasons": explainer.reasons(project, need)}


def _look(control: Control) -> None:
    """Raises Cancelled, or _TimeOver."""
    control.check()
    if control.out_of_time():
        raise _TimeOver


def _pause(control: Control) -> Pause:
    """Looks at cancel, time and progress while texts are weighed and sentences read."""
    done = 0

    def pause(texts: int) -> None:
        nonlocal done
        done += texts
        _look(control)
        control.report(None, None, sentences=done)

    return pause


def _step(projects: int) -> int:
    """How many needs are compared with so many projects at once."""
    return max(1, min(_CHUNK, _PAIRS // max(1, projects)))


def _fits(
    instance: FitInstance, alike: Likeness, control: Control, vectors: tuple[Floats, Floats] | None = None
) -> Iterator[tuple[int, Floats]]:
    """Each need's number with the rounded fit of every project, until the time is over."""
    tags, ready = TagIndex(instance.projects), levels(instance.projects)
    longest = 0.0
    step = _step(len(instance.projects))
    for start in range(0, len(instance.needs), step):
        began = control.elapsed()
        if control.left() <= longest:
            return
        texts = alike.of_needs(start, start + step)
        if vectors:
            texts = weighed(texts, vectors[1][start : start + step], vectors[0])
        longest = max(longest, control.elapsed() - began)
        for number in range(start, start + len(texts)):
            _look(control)
            need = instance.needs[number]
            said = texts[number - start]
            said += SHARE * tags.shares(need) * (1 - said)
            control.report(None, None, needs=number)
            yield number, _rounded(said * factors(need, ready))


def _vectors(model: Model, instance: FitInstance, control: Control) -> tuple[Floats, Floats]:
    """What the model makes of projects and needs."""
    found: list[Floats] = []
    texts = [project.text for project in instance.projects] + [need.text for need in instance.needs]
    for start in range(0, len(texts), _ASKED):
        _look(control)
        control.report(None, None, vectors=start)
        found.append(model.vectors(texts[start : start + _ASKED]))
    whole = np.concatenate(found) if found else np.zeros((0, 1))
    return whole[: len(instance.projects)], whole[len(instance.projects) :]


def _rounded(fits: Floats) -> Floats:
    """To `DECIMALS`, but what is above 0 stays above 0."""
    return np.where(fits > 0, np.clip(np.round(fits, DECIMALS), 10.0**-DECIMALS, 1.0), 0.0)


def _read_in_time(rows: Sequence[Project | Need], control: Control) -> Iterator[Reading]:
    reader = Reader()
    unlooked = 0
    for number, row in enumerate(rows):
        if number % _CHUNK == 0 or unlooked >= _CHARACTERS:
            unlooked = 0
            control.check()
            if control.out_of_time():
                return
            control.report(None, None, texts=number)
        unlooked += len(row.text)
        yield reader.read(row.text)


def _order(instance: FitInstance) -> NDArray[np.int64]:
    """Each project's place when ids are sorted by code points."""
    numbers = sorted(range(len(instance.projects)), key=lambda number: instance.projects[number].id)
    order = np.empty(len(numbers), np.int64)
    order[numbers] = np.arange(len(numbers))
    return order


def _solve(instance: FitInstance, control: Control) -> Result:
    return solve(instance, control, chosen())


ENGINE = Engine("fit", FitInstance, check, memory, _solve)
