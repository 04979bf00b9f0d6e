"""An assign file indexed: every application with every judge, in an order that the file's does not change."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from campapp.engines.assign.contract import Affinity, Couple, Instance, check_numbers, shares
from campapp.engines.frame.checks import positions
from campapp.engines.frame.errors import BadInput
from campapp.engines.frame.lookup import first_repeat, numbered
from campapp.engines.frame.memory import refuse

Ints = NDArray[np.int64]
Index = NDArray[np.int32]
Mask = NDArray[np.bool_]

NONE = -1


@dataclass(frozen=True)
class Panel:
    """Applications and judges by id; pair k is application k // judges with judge k % judges.

    `asked` holds, for applications with a composition, (application, category, number) with categories by
    number; `category` is a judge's, NONE where it has none. The arrays go no further than can matter; `said` are
    the numbers as they are written.
    """

    objective: str
    applications: list[str]
    judges: list[str]
    categories: list[str]
    application_order: Index
    reviews: Ints
    asked: list[tuple[int, int, int]]
    least: Ints
    most: Ints
    category: Index
    score: NDArray[np.float64]
    closed: Mask
    pinned: Mask
    said: "Said"

    def application(self, pairs: Ints) -> Index:
        return (pairs // max(1, len(self.judges))).astype(np.int32)

    def judge(self, pairs: Ints) -> Index:
        return (pairs % max(1, len(self.judges))).astype(np.int32)

    def __len__(self) -> int:
        return len(self.score)


@dataclass(frozen=True)
class Said:
    """What a file asks for, however much it is: of `reviews` each application, `least` each judge, `asked` as above."""

    reviews: list[int]
    least: list[int]
    asked: list[int]


A_PAIR = 300
"""Bytes that indexing and flows take for each application with each judge, at most."""


def panel(instance: Instance) -> Panel:
    """The panel of a file. Raises BadInput for what its types cannot say, and where memory is short."""
    applications, judges = instance.applications, instance.judges
    positions((application.id for application in applications), "$.applications")
    positions((judge.id for judge in judges), "$.judges")
    check_numbers(instance)
    refuse(A_PAIR * len(applications) * len(judges))
    pairs = _Pairs([row.id for row in applications], [row.id for row in judges])
    score = np.zeros(pairs.count)
    listed = pairs.numbers(instance.affinity, "$.affinity")
    score[listed] = np.fromiter(map(attrgetter("score"), instance.affinity), np.float64, len(listed))
    categories = sorted({judge.category for judge in judges if isinstance(judge.category, str)})
    asked, named = _asked(instance, pairs.application_index, categories)
    by_judge = sorted(judges, key=attrgetter("id"))
    by_application = sorted(applications, key=attrgetter("id"))
    number = {name: at for at, name in enumerate(named)}
    return Panel(
        instance.objective,
        [row.id for row in by_application],
        [row.id for row in by_judge],
        named,
        np.fromiter((pairs.application_index[row.id] for row in applications), np.int32, len(applications)),
        np.array([min(row.reviews, len(judges) + 1) for row in by_application], np.int64),
        [(row, category, min(asked_for, len(judges) + 1)) for row, category, asked_for in asked],
        np.array([min(row.min, len(applications) + 1) for row in by_judge], np.int64),
        np.array([min(row.max, len(applications) + 1) for row in by_judge], np.int64),
        np.array(
            [number[row.category] if isinstance(row.category, str) else NONE for row in by_judge], np.int32
        ),
        score,
        pairs.mask(instance.conflicts, "$.conflicts"),
        pairs.mask(instance.pinned, "$.pinned"),
        Said(
            [row.reviews for row in by_application],
            [row.min for row in by_judge],
            [asked_for for _, _, asked_for in asked],
        ),
    )


def _asked(
    instance: Instance, index: dict[str, int], categories: list[str]
) -> tuple[list[tuple[int, int, int]], list[str]]:
    """What compositions ask for, by application and category, and all categories there are."""
    wanted = [
        (index[row.id], category, number)
        for place, row in enumerate(instance.applications)
        for category, number in shares(row, f"$.applications[{place}].composition").items()
        if number > 0
    ]
    named = sorted({*categories, *(category for _, category, _ in wanted)})
    number_of = {name: at for at, name in enumerate(named)}
    return sorted((row, number_of[category], number) for row, category, number in wanted), named


class _Pairs:
    """From ids to the numbers of pairs."""

    def __init__(self, applications: Sequence[str], judges: Sequence[str]) -> None:
        self.application_index = {name: number for number, name in enumerate(sorted(applications))}
        self.judge_index = {name: number for number, name in enumerate(sorted(judges))}
        self.count = len(applications) * len(judges)

    def numbers(self, rows: Sequence[Affinity] | Sequence[Couple], place: str) -> Ints:
        application = numbered(
            [row.application for row in rows],
            self.application_index,
            place + "[{}].application",
            "application",
        )
        judge = numbered([row.judge for row in rows], self.judge_index, place + "[{}].judge", "judge")
        found: Ints = application.astype(np.int64) * len(self.judge_index) + judge
        twice = first_repeat(found, self.count)
        if twice is not None:
            raise BadInput(f"{place}[{twice}]", "the pair stands twice")
        return found

    def mask(self, rows: Sequence[Couple], place: str) -> Mask:
        mask = np.zeros(self.count, np.bool_)
        mask[self.numbers(rows, place)] = True
        return mask
