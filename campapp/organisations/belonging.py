"""What may belong to an organisation: rooms above register teams, companies, organising units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select

from campapp.core.access import Rule
from campapp.core.current import Actor
from campapp.core.db import Base, db


@dataclass(frozen=True)
class Kind:
    """Something that may belong to one, by its column `organisation_id`."""

    name: str
    model: type[Base]
    label: Any
    """What it is, in words (lazy)."""
    may: Rule
    """Who says to which one it belongs, beside the staff who keep organisations."""
    called: Callable[[Any], str]
    """The name of a row."""
    page: Callable[[Any], str]
    """The address of a row's page."""
    staff: bool = True
    """Whether any staff who keep organisations may say it, too, of the rows that they see."""


kinds: dict[str, Kind] = {}
own_ids: list[Callable[[Actor], int | None]] = []
"""From an actor to the organisation that what they speak for belongs to; rooms register."""


def belongs(kind: Kind) -> None:
    """Register a kind."""
    kinds[kind.name] = kind


def kind_of(row: Base) -> Kind:
    """The kind of a row.

    Raises:
        KeyError: nothing of this kind belongs to organisations.
    """
    return next(kind for kind in kinds.values() if isinstance(row, kind.model))


def belonging_number(organisation: Any) -> int:
    """How many teams, companies and units belong to an organisation, whoever sees them."""
    counts: list[Any] = [
        select(func.count()).where(kind.model.organisation_id == organisation.id).scalar_subquery()  # type: ignore[attr-defined]
        for kind in kinds.values()
    ]
    return int(db.session.scalar(select(sum(counts, start=literal(0)))) or 0)
