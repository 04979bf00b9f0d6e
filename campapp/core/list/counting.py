"""Counts to a bound: exact while small, "5,000+" beyond, so that no list waits for a million rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

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
    few = statement.with_only_columns(model.id).order_by(None).limit(bound + 1).subquery()
    n = db.session.scalar(select(func.count()).select_from(few)) or 0
    return Count(min(n, bound), n > bound)
