"""Repeat a run from its own files and compare: what `campapp verify run` and the page's button do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from campapp.core.db import db
from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes
from campapp.runs.actions import file_of
from campapp.runs.models import Run

VALUES = ("objective", "bound", "values", "theta", "shortfall")


@dataclass(frozen=True)
class Verdict:
    """Whether the files are whole and a repetition gives the same."""

    same: bool
    identical: bool
    """To the byte, apart from `seconds` and the engine's version."""
    reason: str = ""


Controlling = Callable[[float | None, int, int], Control]
"""(time limit, seed, workers) → the control of the repetition."""


def _alone(seconds: float | None, seed: int, workers: int) -> Control:
    """With nobody who watches or stops it."""
    return Control(seconds=seconds, seed=seed, workers=workers)


def verify(run: Run, controlling: Controlling = _alone) -> Verdict:
    """Solve the stored input again with the stored seed and workers, and compare with the stored output."""
    given, kept = file_of(run, "in"), file_of(run, "out")
    if given is None or kept is None:
        return Verdict(False, False, "the run has no result")
    before = json.loads(kept)
    if before["input_sha256"] != hashlib.sha256(given).hexdigest():
        return Verdict(False, False, "the input is not the one that was solved")
    kind, control = run.kind, controlling(run.time_limit, run.seed, run.workers)
    db.session.rollback()  # the repetition may take a while: nothing is held open meanwhile
    again = json.loads(solve_bytes(kind, given, control))
    for answer in (before, again):
        del answer["seconds"], answer["engine"]
    if before == again:
        return Verdict(True, True)
    differs = [name for name in VALUES if before.get(name) != again.get(name)]
    if differs:
        return Verdict(False, False, f"another {', '.join(differs)}")
    return Verdict(True, False, "the same values by other pairs or places")
