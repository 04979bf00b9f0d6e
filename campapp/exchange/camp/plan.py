"""What a folder of sheets says of a camp, and what it is read against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from campapp.core.sheet.decoding import Undecided
from campapp.core.text.names import fold
from campapp.core.text.slugs import slug as slug_of
from campapp.exchange.camp import columns
from campapp.exchange.camp.reading import Problem, Row
from campapp.exchange.camp.sources import Remembered, Source
from campapp.programmes.models import Programme

NEEDED = ("title_en", "first_day", "last_day")
"""What a camp cannot be without."""
TABLES = tuple(name for name in columns.LAYOUTS if name != "camp")


@dataclass
class Plan:
    """What a folder says of a camp."""

    camp: dict[str, Any] = field(default_factory=dict)
    agenda: list[Row] = field(default_factory=list)
    companies: list[Row] = field(default_factory=list)
    needs: list[Row] = field(default_factory=list)
    teams: list[Row] = field(default_factory=list)
    preferences: list[Row] = field(default_factory=list)
    matches: list[Row] = field(default_factory=list)
    schedule: list[Row] = field(default_factory=list)
    outcomes: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    undecided: dict[str, Undecided] = field(default_factory=dict)
    """Files that are not UTF-8, with the ways in which they can be read."""
    sources: list[Source] = field(default_factory=list)
    """The sheets as they were found."""
    into: str = ""
    """The slug of the camp that the person chose; empty: the one that the sheets name."""

    @property
    def has_results(self) -> bool:
        """Whether it says what came of the camp, too."""
        return bool(self.matches or self.schedule or self.outcomes)

    @property
    def slug(self) -> str:
        """By which the camp is known."""
        return self.into or slug_of(self.camp.get("title_en", ""))

    @property
    def whole(self) -> bool:
        """Whether it is clear which camp it is, and when."""
        return bool(self.into) or all(key in self.camp for key in NEEDED)

    @property
    def company_names(self) -> set[str]:
        """The companies that it names, folded."""
        rows = (*self.companies, *self.needs)
        return {fold(row["company"]) for row in rows if row.values.get("company")}

    def only_good_rows(self) -> None:
        """Leave out the rows that are wrong; a camp without its own dates cannot be taken in at all."""
        for name in (*TABLES, *columns.RESULTS):
            setattr(self, name, [row for row in getattr(self, name) if not row.wrong])


@dataclass(frozen=True)
class Ground:
    """What a folder is read against: how the person and the park read it, and the camp that it goes into."""

    encodings: Mapping[str, str] = field(default_factory=dict)
    remembered: Remembered = field(default_factory=dict)
    into: Programme | None = None
    slots: frozenset[tuple[date, str]] = frozenset()
    """Names of that camp, so that sheets may speak of what they do not bring."""
    companies: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
