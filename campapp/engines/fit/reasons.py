"""Why a project fits a need: the words of both texts that meet, tags, readiness, languages."""

from collections.abc import Iterator

import numpy as np
from msgspec import UNSET
from numpy.typing import NDArray

from campapp.engines.fit import latin
from campapp.engines.fit.contract import FitInstance, Need, Project
from campapp.engines.fit.folding import HAN
from campapp.engines.fit.kinship import vectors
from campapp.engines.fit.readiness import STEP, window
from campapp.engines.fit.surfaces import Surfaces
from campapp.engines.fit.tables import Floats, Sparse
from campapp.engines.fit.tags import shared
from campapp.engines.fit.vocabulary import is_concept, numbered
from campapp.engines.fit.wording import Wording

TERMS = 8
_LOOKED_AT = 24

Reason = dict[str, object]
Link = tuple[float, str, str]


class Explainer:
    """Gives reasons need after need; the texts looked at are kept."""

    def __init__(self, instance: FitInstance, alike: Wording) -> None:
        self._instance = instance
        self._alike = alike
        self._meaning, self._script = alike.spaces.meaning, alike.spaces.script
        self._projects: dict[int, Surfaces] = {}
        self._need = -1

    def reasons(self, project: int, need: int) -> list[Reason]:
        """The reasons of one pair, by numbers; the strongest words first."""
        self._turn_to(need)
        offer, wish = self._instance.projects[project], self._instance.needs[need]
        terms = self._terms(project, need)
        languages = self._languages(project, need) if terms else []
        return [*terms, *_tags(offer, wish), *languages, *_readiness(offer, wish)]

    def _turn_to(self, need: int) -> None:
        if need != self._need:
            self._need = need
            self._asked = Surfaces(self._instance.needs[need].text)
            self._meant = _dense(self._meaning.needs, need, len(self._meaning.terms))
            self._spelled = _dense(self._script.needs, need, len(self._script.terms))

    def _terms(self, project: int, need: int) -> list[Reason]:
        if project not in self._projects:
            self._projects[project] = Surfaces(self._instance.projects[project].text)
        offered = self._projects[project]
        script = self._alike.script_part(need, project)
        links = [*self._met(project, offered, 1 - script), *self._spelled_alike(project, offered, script)]
        terms = [
            {"project": one, "need": other}
            for one, other in _strongest(links)
            or self._of_a_kind(project, offered)
            or self._field(project, offered)
        ]
        return [{"kind": "terms", "terms": terms}] if terms else []

    def _met(self, project: int, offered: Surfaces, part: float) -> Iterator[Link]:
        """Stems and concepts that both texts say, each with its words there."""
        for number, weight in _heaviest(self._meaning.projects, project, self._meant):
            term = self._meaning.terms[number]
            here, there = _span(offered, term), _span(self._asked, term)
            if here and there:
                yield part * weight, offered.written(here), self._asked.written(there)

    def _spelled_alike(self, project: int, offered: Surfaces, part: float) -> Iterator[Link]:
        """Chinese characters in a row that both texts have, as long as they go on."""
        if part <= 0:
            return
        for number, weight in _heaviest(self._script.projects, project, self._spelled):
            here, there = _common(offered.plain, self._asked.plain, self._script.terms[number])
            yield part * weight, offered.written(here), self._asked.written(there)

    def _of_a_kind(self, project: int, offered: Surfaces) -> list[tuple[str, str]]:
        """Where no word meets: the two words, one of each text, that are most of a kind."""
        if not self._alike.of_a_kind(self._need, project):
            return []
        ours, theirs = self._meaning.projects[[project]], self._meaning.needs[[self._need]]
        here, there = ([self._meaning.terms[n] for n in row.indices] for row in (ours, theirs))
        products = vectors(here, ours.data) @ vectors(there, theirs.data).T
        if not products.size or products.max() <= 0:
            return []
        one, other = np.unravel_index(np.argmax(products.round(6)), products.shape)
        ours_at, theirs_at = offered.of_stem(here[one]), self._asked.of_stem(there[other])
        return [(offered.written(ours_at), self._asked.written(theirs_at))] if ours_at and theirs_at else []

    def _field(self, project: int, offered: Surfaces) -> list[tuple[str, str]]:
        """Where not even that is so: the words of each text that speak most for the field they have in common."""
        if not self._alike.same_field(self._need, project):
            return []
        ours, theirs = offered.fields, self._asked.fields
        common = {name: ours[name][0] * theirs[name][0] for name in ours.keys() & theirs.keys()}
        if not common:
            return []
        name = min(common, key=lambda each: (-common[each], each))
        return [(offered.written(ours[name][1]), self._asked.written(theirs[name][1]))]

    def _languages(self, project: int, need: int) -> list[Reason]:
        """That one text is Chinese and the other English; of other languages nothing is said."""
        one, other = self._alike.chinese_projects[project] > 0.5, self._alike.chinese_needs[need] > 0.5
        names = {True: "zh", False: "en"}
        if one == other or not latin.is_english((self._asked if one else self._projects[project]).plain):
            return []
        return [{"kind": "language", "project": names[one], "need": names[other]}]


def _span(surfaces: Surfaces, term: str) -> tuple[int, int] | None:
    return surfaces.concepts.get(numbered(term)) if is_concept(term) else surfaces.of_stem(term)


def _dense(rows: Sparse, row: int, width: int) -> Floats:
    whole = np.zeros(width)
    part = slice(rows.indptr[row], rows.indptr[row + 1])
    whole[rows.indices[part]] = rows.data[part]
    return whole


def _heaviest(rows: Sparse, row: int, other: Floats) -> list[tuple[int, float]]:
    """The columns in which a row and another vector meet, with their products, largest first."""
    part = slice(rows.indptr[row], rows.indptr[row + 1])
    columns: NDArray[np.int32] = rows.indices[part]
    products = rows.data[part] * other[columns]
    order = np.lexsort((columns, -products))[:_LOOKED_AT]
    return [(int(columns[n]), float(products[n])) for n in order if products[n] > 0]


def _common(one: str, other: str, pair: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where two Chinese characters stand in both texts, with all those around them that both have."""
    i, j = one.index(pair), other.index(pair)
    left, right = 0, len(pair)
    while _same(one, i - left - 1, other, j - left - 1):
        left += 1
    while _same(one, i + right, other, j + right):
        right += 1
    return (i - left, i + right), (j - left, j + right)


def _same(one: str, i: int, other: str, j: int) -> bool:
    inside = 0 <= i < len(one) and 0 <= j < len(other)
    return inside and one[i] == other[j] and HAN.match(one, i) is not None


def _strongest(links: list[Link]) -> list[tuple[str, str]]:
    """Links between the same words added up, strongest first; one within another is left out."""
    weights: dict[tuple[str, str], float] = {}
    for weight, one, other in links:
        weights[one, other] = weights.get((one, other), 0.0) + weight
    chosen: list[tuple[str, str]] = []
    for (one, other), _ in sorted(weights.items(), key=lambda entry: (-round(entry[1], 9), entry[0])):
        if any(one in more and other in most for more, most in chosen):
            continue
        inner = [n for n, (less, least) in enumerate(chosen) if less in one and least in other]
        if inner:
            chosen[inner[0]] = (one, other)
            chosen = [each for n, each in enumerate(chosen) if n not in inner[1:]]
        else:
            chosen.append((one, other))
    return chosen[:TERMS]


def _tags(project: Project, need: Need) -> list[Reason]:
    common = [{"project": one, "need": other} for one, other in shared(project, need)]
    return [{"kind": "tags", "tags": common}] if common else []


def _readiness(project: Project, need: Need) -> list[Reason]:
    wanted = window(need)
    if wanted is None or project.trl is UNSET:
        return []
    outside = max(wanted[0] - project.trl, project.trl - wanted[1], 0)
    factor = round(STEP**outside, 6)
    return [{"kind": "trl", "trl": project.trl, "trl_min": wanted[0], "trl_max": wanted[1], "factor": factor}]
