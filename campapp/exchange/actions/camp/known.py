"""A camp while it is taken in: what stands, what was chosen, what was counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from campapp.exchange.camp.differing import Chosen, Difference
from campapp.exchange.camp.standing import Standing
from campapp.programmes.models import Programme

KINDS = ("teams", "companies", "needs", "preferences", "slots", "sessions")


@dataclass
class Counts:
    """How many rows were created, changed, or the same already, by kind."""

    created: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    unchanged: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    updated: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))

    def note(self, kind: str, what: str) -> None:
        """Count one row."""
        getattr(self, what)[kind] += 1


@dataclass(frozen=True)
class Declared:
    """That the organiser collected the teams' consent outside campapp: when, and who says so."""

    on: date
    by: str


@dataclass
class Known:
    """What the parts of the import share; what they create joins what stands."""

    programme: Programme
    standing: Standing
    chosen: Chosen
    declared: Declared | None = None
    counts: Counts = field(default_factory=Counts)

    def takes(self, difference: Difference | None) -> bool:
        """Whether something is to be changed: it differs, and the sheet's side was chosen."""
        return difference is not None and bool(difference.cells) and self.chosen(difference)
