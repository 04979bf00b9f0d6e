"""Whom an organiser may act for: rooms above register teams and companies."""

from __future__ import annotations

from collections.abc import Callable

Named = Callable[[int], str | None]
subjects: dict[str, Named] = {}
"""kind → the name of the row with this id where the current actor sees it, else None."""


def acted_for(kind: str) -> Callable[[Named], Named]:
    """Register how a team or company is found under the current actor's sight: its name, or None."""

    def register(find: Named) -> Named:
        subjects[kind] = find
        return find

    return register


def name_of(kind: str, row_id: int) -> str | None:
    """The name of whom one acts for; None where there is nobody of that kind in sight."""
    return subjects[kind](row_id) if kind in subjects else None
