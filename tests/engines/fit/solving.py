"""Asking the engine, every answer held against the checker."""

import json
from collections.abc import Sequence
from typing import Any

from campapp.engines.frame.control import Control
from campapp.engines.solving import solve_bytes
from tests.engines.checkers import fit

Json = dict[str, Any]


def instance(projects: list[Json], needs: list[Json], top: int = 20) -> Json:
    return {"format": "campapp.fit/1", "projects": projects, "needs": needs, "top": top}


def answered(given: Json, control: Control | None = None) -> Json:
    answer: Json = json.loads(solve_bytes("fit", json.dumps(given).encode(), control or Control()))
    fit.check(given, answer)
    return answer


def pairs(projects: Sequence[Json | str], needs: Sequence[Json | str], top: int = 20) -> list[Json]:
    """The pairs for projects and needs, given as rows or as texts alone."""
    given = instance(_rows("p", projects), _rows("n", needs), top)
    found: list[Json] = answered(given)["pairs"]
    return found


def _rows(letter: str, side: Sequence[Json | str]) -> list[Json]:
    return [
        {"id": f"{letter}{n}", **(row if isinstance(row, dict) else {"text": row})}
        for n, row in enumerate(side)
    ]


def reason(pair: Json, kind: str) -> Json:
    [found] = [reason for reason in pair["reasons"] if reason["kind"] == kind]
    return dict(found)
