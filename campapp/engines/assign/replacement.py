"""Judges drop out: their reviews go to others, and as few of the other reviews as can be change hands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from campapp.engines.assign.best import best_total
from campapp.engines.assign.contract import Couple, Instance
from campapp.engines.assign.engine import solve
from campapp.engines.assign.panel import Panel, panel
from campapp.engines.flow.solver import Solver
from campapp.engines.frame.control import Control
from campapp.engines.frame.engine import Result


@dataclass(frozen=True)
class Replacement:
    """The new answer, as the engine gives it, and what changes, each as (application, judge).

    `lost` are the reviews of those who left, `released` others that had to change hands all the same.
    """

    result: Result
    kept: list[tuple[str, str]]
    lost: list[tuple[str, str]]
    released: list[tuple[str, str]]
    added: list[tuple[str, str]]


def replacement(
    instance: Instance,
    assigned: Sequence[tuple[str, str]],
    gone: Collection[str],
    control: Control,
) -> Replacement:
    """The best assignment without the judges `gone` that keeps as many of the reviews `assigned` as can be.

    What stays is pinned, then the instance's own objective decides. Where not everything can stay, the most
    that can is kept, and of such choices one with the largest sum.
    """
    left = without(instance, gone)
    staying = [review for review in assigned if review[1] not in set(gone)]
    there = panel(left)
    kept = _most_kept(there, staying, control)
    pins = {(pin.application, pin.judge): pin for pin in left.pinned}
    pins |= {review: Couple(*review) for review in kept}
    result = solve(panel(msgspec.structs.replace(left, pinned=list(pins.values()))), control)
    now = {(row["application"], row["judge"]) for row in result["assignments"]}
    return Replacement(
        result,
        [review for review in staying if review in now],
        [review for review in assigned if review[1] in set(gone)],
        [review for review in staying if review not in now],
        sorted(now.difference(assigned)),
    )


def without(instance: Instance, gone: Collection[str]) -> Instance:
    """The instance without these judges and all that names them."""
    left = set(gone)
    return msgspec.structs.replace(
        instance,
        judges=[judge for judge in instance.judges if judge.id not in left],
        affinity=[row for row in instance.affinity if row.judge not in left],
        conflicts=[row for row in instance.conflicts if row.judge not in left],
        pinned=[row for row in instance.pinned if row.judge not in left],
    )


def _most_kept(there: Panel, staying: Sequence[tuple[str, str]], control: Control) -> list[tuple[str, str]]:
    """The reviews that stay where as many as can be do; none where there is no assignment."""
    row = {name: number for number, name in enumerate(there.applications)}
    column = {name: number for number, name in enumerate(there.judges)}
    numbers = [row[application] * len(column) + column[judge] for application, judge in staying]
    wanted = np.zeros(len(there), np.bool_)
    wanted[numbers] = True
    if (there.pinned & there.closed).any():
        return []
    with Solver(control.patient(), 0) as solver:
        found = best_total(there, solver, wanted=wanted)
    chosen = set() if found.pairs is None else set(found.pairs.tolist())
    return [review for review, number in zip(staying, numbers, strict=True) if number in chosen]
