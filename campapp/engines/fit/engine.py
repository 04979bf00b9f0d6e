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
from campapp.engines.fit.tables import Floats
from campapp.engines.fit.tags import SHARE, TagIndex
from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Engine, Result

DECIMALS = 6
_CHUNK = 64
_PER_CHARACTER = 60
_PER_TEXT = 4 * 8 * DIMENSIONS
_ALWAYS = 600 << 20
_WEIGHING = 1.4
"""How long it takes to weigh the texts against each other, times what it took to read them (measured: 0.6 to 1.4)."""


class _TimeOver(Exception):
    """The time limit came while sentences were read."""


def memory(instance: FitInstance) -> int:
    """Bytes that a file needs at most: dictionary, vectors, models of sentences, what the texts become, one chunk of
    likenesses."""
    texts = [row.text for rows in (instance.projects, instance.needs) for row in rows]
    kept = _PER_CHARACTER * sum(map(len, texts)) + _PER_TEXT * len(texts)
    return _ALWAYS + kept + 8 * 8 * _CHUNK * len(instance.projects)


def solve(instance: FitInstance, control: Control, model: Model | None = None) -> Result:
    """For each need the best `top` projects; `feasible` where the time limit came before the last need."""
    size = len(instance.projects)
    began = control.elapsed()
    readings = list(_read_in_time([*instance.projects, *instance.needs], control))
    weighing = _WEIGHING * (control.elapsed() - began)  # in one piece, in which nothing looks at the clock
    if len(readings) < size + len(instance.needs) or control.left() < weighing:
        return {"status": "feasible", "pairs": []}
    alike = likeness(readings[:size], readings[size:], _pause(control), control.workers, control.limit)
    try:
        alike.read()
    except _TimeOver:
        return {"status": "feasible", "pairs": []}
    vectors = _vectors(model, instance, control) if model else None
    explainer, order = Explainer(instance, alike.wording), _order(instance)
    pairs: list[dict[str, object]] = []
    done = 0
    for number, fits in _fits(instance, alike, control, vectors):
        need = instance.needs[number]
        for project in best(fits, order, instance.top):
            named = {"project": instance.projects[project].id, "need": need.id, "fit": float(fits[project])}
            pairs.append({**named, "reasons": explainer.reasons(int(project), number)})
        done += 1
    return {"status": "optimal" if done == len(instance.needs) else "feasible", "pairs": pairs}


def _pause(control: Control) -> Pause:
    """Looks at cancel, time and progress while sentences are read."""
    done = 0

    def pause(texts: int) -> None:
        nonlocal done
        done += texts
        control.check()
        if control.out_of_time():
            raise _TimeOver
        control.report(None, None, sentences=done)

    return pause


def _fits(
    instance: FitInstance, alike: Likeness, control: Control, vectors: tuple[Floats, Floats] | None = None
) -> Iterator[tuple[int, Floats]]:
    """Each need's number with the rounded fit of every project, until the time is over."""
    tags, ready = TagIndex(instance.projects), levels(instance.projects)
    longest = 0.0
    for start in range(0, len(instance.needs), _CHUNK):
        began = control.elapsed()
        if control.left() <= longest:
            return
        texts = alike.of_needs(start, start + _CHUNK)
        if vectors:
            texts = weighed(texts, vectors[1][start : start + _CHUNK], vectors[0])
        longest = max(longest, control.elapsed() - began)
        for number in range(start, start + len(texts)):
            control.check()
            if control.out_of_time():
                return
            need = instance.needs[number]
            said = texts[number - start]
            said += SHARE * tags.shares(need) * (1 - said)
            control.report(None, None, needs=number)
            yield number, _rounded(said * factors(need, ready))


def _vectors(model: Model, instance: FitInstance, control: Control) -> tuple[Floats, Floats] | None:
    """What the model makes of projects and needs; None, so that words alone count, if the time does not last."""
    found: list[Floats] = []
    texts = [project.text for project in instance.projects] + [need.text for need in instance.needs]
    for start in range(0, len(texts), _CHUNK):
        control.check()
        if control.out_of_time():
            return None
        control.report(None, None, vectors=start)
        found.append(model.vectors(texts[start : start + _CHUNK]))
    whole = np.concatenate(found) if found else np.zeros((0, 1))
    return whole[: len(instance.projects)], whole[len(instance.projects) :]


def _rounded(fits: Floats) -> Floats:
    """To `DECIMALS`, but what is above 0 stays above 0."""
    return np.where(fits > 0, np.clip(np.round(fits, DECIMALS), 10.0**-DECIMALS, 1.0), 0.0)


def _read_in_time(rows: Sequence[Project | Need], control: Control) -> Iterator[Reading]:
    reader = Reader()
    for number, row in enumerate(rows):
        if number % _CHUNK == 0:
            control.check()
            if control.out_of_time():
                return
            control.report(None, None, texts=number)
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
