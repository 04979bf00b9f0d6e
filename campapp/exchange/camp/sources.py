"""The sheets of a folder: which row holds the headings, and which table of a camp each is. Knows no database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from campapp.core.sheet.grids import Grid, grids
from campapp.core.sheet.tables import (
    HEADINGS_WITHIN,
    Aliases,
    Fitting,
    Table,
    fitted,
    heading_key,
    heading_row,
    table_at,
)
from campapp.exchange.camp.columns import LAYOUTS, Column
from campapp.exchange.camp.headings import HEADINGS, table_called

ENDINGS = (".csv", ".xlsx", ".txt")
_ALIASES: Aliases = {
    name: [word for headings in HEADINGS.values() for word in headings.get(name, ())]
    for name in {name for headings in HEADINGS.values() for name in headings}
}
"""What any column of any table is called: by these a row of headings is known."""
_NAMED = {heading_key(word) for name, words in _ALIASES.items() for word in (name, *words)}


@dataclass(frozen=True)
class Mapped:
    """What somebody said of sheets with one set of headings."""

    holds: str
    fields: Mapping[str, str] = field(default_factory=dict)
    """Column → heading, folded."""
    constants: Mapping[str, str] = field(default_factory=dict)


Remembered = Mapping[str, Mapped]
"""By the key of the headings."""


@dataclass(frozen=True)
class Source:
    """One sheet: the file's name as it is reported, its cells, and what it was taken for."""

    file: str
    grid: Grid
    table: Table
    holds: str
    """The table that it is; empty: none, it is left out."""
    mapped: Mapped | None = None
    alone: bool = True
    """Whether it is the only sheet of its file."""

    def at(self, row: int) -> Table:
        """The sheet with its headings in another row (from 1)."""
        return table_at(self.grid, row - 1)

    @property
    def rows(self) -> int:
        """How many rows the grid has in which headings are looked for."""
        return min(len(self.grid.rows), HEADINGS_WITHIN)

    def fitting(self, columns: Sequence[Column]) -> Fitting:
        """Which heading each column is: as somebody said, else by name."""
        if self.mapped is None:
            names = HEADINGS.get(self.holds, {})
            return fitted(self.table.headings, {c.name: names.get(c.name, ()) for c in columns})
        by_key = {heading_key(heading): heading for heading in reversed(self.table.headings)}
        found = {name: by_key[key] for name, key in self.mapped.fields.items() if key in by_key}
        return Fitting(found, tuple(h for h in self.table.headings if h not in found.values()))


def key_of(headings: Sequence[str]) -> str:
    """What a set of headings is remembered by: width, case, space and order make no difference."""
    folded = sorted({heading_key(heading) for heading in headings if heading.strip()})
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()


def guess(headings: Sequence[str]) -> str:
    """The table whose columns most of these headings name; empty where they name none."""
    most = {
        name: len(fitted(headings, {c.name: HEADINGS[name].get(c.name, ()) for c in layout}).fields)
        for name, layout in LAYOUTS.items()
    }
    best = max(most, key=lambda name: most[name])
    return best if most[best] else ""


def sheets_of(path: Path, remembered: Remembered, encoding: str = "") -> Iterator[Source]:
    """The sheets of a file that have headings.

    Raises:
        Undecided: a CSV file that is not UTF-8.  Unreadable: a file that is none.
    """
    read = [(grid, *_headings_of(grid, remembered)) for grid in grids(path.read_bytes(), encoding)]
    found = [(grid, at, mapped) for grid, at, mapped in read if at is not None]
    by_file = table_called(path.stem)
    for grid, at, mapped in found:
        alone = len(found) == 1
        called = table_called(grid.name) or (by_file if alone else None) or ""
        label = path.name if alone else f"{path.name} [{grid.name}]"
        holds = mapped.holds if mapped else called
        yield Source(label, grid, table_at(grid, at), holds, mapped, alone)


def _headings_of(grid: Grid, remembered: Remembered) -> tuple[int | None, Mapped | None]:
    """The row of the headings: one that somebody mapped, else the one with the most known names, else the first."""
    for at, row in enumerate(grid.rows[:HEADINGS_WITHIN]):
        texts = [str(cell) for cell in row if isinstance(cell, str) and cell.strip()]
        if texts and (mapped := remembered.get(key_of(table_at(grid, at).headings))):
            return at, mapped
    return _likely(grid), None


def _likely(grid: Grid) -> int | None:
    """The row that names most columns; where none names two, the first with the most texts: a title has few."""
    texts = [[str(c) for c in row if isinstance(c, str) and c.strip()] for row in grid.rows[:HEADINGS_WITHIN]]
    at = heading_row(grid.rows, _ALIASES)
    widest = max(range(len(texts)), key=lambda n: len(texts[n]), default=None)
    if widest is None or not texts[widest]:
        return at
    named = 0 if at is None else sum(heading_key(text) in _NAMED for text in texts[at])
    return at if named > 1 or (at is not None and len(texts[at]) == len(texts[widest])) else widest
