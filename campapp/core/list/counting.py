"""Counts to a bound: exact while small, "5,000+" beyond, so that no list waits for a million rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select

from campapp.core.db import db

BOUND = 5_000


@dataclass(frozen=True)
class Count:
    """A number of rows, counted to a bound: "486", "5,000+"."""

    n: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.n:,}+" if self.more else f"{self.n:,}"


def counted(statement: Select[Any], model: type[Any], bound: int = BOUND) -> Count:
    """The number of rows of a statement over `model`, counted to a bound."""
    return counted_together([(statement, model)], bound)[0]


def counted_together(statements: Sequence[tuple[Select[Any], type[Any]]], bound: int = BOUND) -> list[Count]:
    """The numbers of rows of several, each with its model, counted to a bound in one statement."""
    if not statements:
        return []
    numbers = db.session.execute(select(*(_number(*one, bound) for one in statements))).one()
    return [Count(min(n, bound), n > bound) for n in numbers]


def _number(statement: Select[Any], model: type[Any], bound: int) -> ScalarSelect[int]:
    few = statement.with_only_columns(model.id).order_by(None).limit(bound + 1).subquery()
    return select(func.count()).select_from(few).scalar_subquery()
