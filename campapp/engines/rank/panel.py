"""The reviews as arrays, in an order that depends on what they say and not on where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campapp.engines.rank.contract import Review

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]
_Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Panel:
    """Reviews sorted by application, then judge; both numbered in canonical order.

    `twins` and `judge_twins` number the classes of applications and judges that no renaming can tell
    apart: they have the same scores from judges who are alike in the same way.
    """

    applications: list[str]
    judges: list[str]
    application: Indices
    judge: Indices
    score: Numbers
    twins: Indices
    judge_twins: Indices

    def reviews_of_applications(self) -> Indices:
        return np.bincount(self.application, minlength=len(self.applications))

    def reviews_of_judges(self) -> Indices:
        return np.bincount(self.judge, minlength=len(self.judges))


def panel(reviews: Sequence[Review]) -> Panel:
    """The same panel whatever the order of `reviews`, and but for the names whatever the ids."""
    applications = sorted({review.application for review in reviews})
    judges = sorted({review.judge for review in reviews})
    application = _numbers([review.application for review in reviews], applications)
    judge = _numbers([review.judge for review in reviews], judges)
    score = np.array([review.score for review in reviews], dtype=np.float64) + 0.0
    of_applications, of_judges = _colours(application, judge, score, len(applications), len(judges))
    names, application, twins = _renumbered(applications, application, of_applications)
    judge_names, judge, judge_twins = _renumbered(judges, judge, of_judges)
    order = np.lexsort((judge, application))
    return Panel(names, judge_names, application[order], judge[order], score[order], twins, judge_twins)


def _numbers(names: list[str], known: list[str]) -> Indices:
    number = {name: position for position, name in enumerate(known)}
    return np.array([number[name] for name in names], dtype=np.intp)


def _renumbered(names: list[str], index: Indices, colours: _Hashes) -> tuple[list[str], Indices, Indices]:
    order = np.argsort(colours, kind="stable")
    place = np.empty(len(names), dtype=np.intp)
    place[order] = np.arange(len(names))
    classes = np.unique(colours, return_inverse=True)[1].reshape(-1)
    return [names[position] for position in order], place[index], classes[order]


def _colours(
    application: Indices, judge: Indices, score: Numbers, applications: int, judges: int
) -> tuple[_Hashes, _Hashes]:
    """Colour refinement (Weisfeiler and Leman 1968) of the graph of who gave what to whom."""
    given = score.view(np.uint64)
    of_applications = np.zeros(applications, dtype=np.uint64)
    of_judges = np.zeros(judges, dtype=np.uint64)
    classes = -1
    while True:
        of_applications = _refined(of_applications, application, _mixed(of_judges[judge]) ^ given)
        of_judges = _refined(of_judges, judge, _mixed(of_applications[application]) ^ given)
        found = len(np.unique(of_applications)) + len(np.unique(of_judges))
        if found <= classes:
            return of_applications, of_judges
        classes = found


def _refined(colours: _Hashes, index: Indices, seen: _Hashes) -> _Hashes:
    """Each node's colour with the multiset of what it sees."""
    total: _Hashes = _mixed(colours)
    np.add.at(total, index, _mixed(seen))
    return total


def _mixed(values: _Hashes) -> Any:
    """SplitMix64 (Steele, Lea, Flood 2014): equal values stay equal, others are scattered."""
    with np.errstate(over="ignore"):
        mixed = values + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))
