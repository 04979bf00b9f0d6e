"""Sheets as people keep them to lines by heading: titles above, headings in either language and any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from campapp.core.sheet.cells import Cell
from campapp.core.sheet.grids import Grid, grids
from campapp.core.text.names import fold

HEADINGS_WITHIN = 20  # rows from the top
Aliases = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Line:
    """One row: its number as the spreadsheet counts, its cells by heading, and what stands beyond the headings."""

    row: int
    cells: dict[str, Cell]
    surplus: tuple[Cell, ...] = ()

    def __getitem__(self, heading: str) -> Cell:
        return self.cells[heading]

    def get(self, heading: str) -> Cell:
        """The cell under a heading, an empty one where there is none."""
        return self.cells.get(heading) or Cell(None, self.row, "", heading)


@dataclass(frozen=True)
class Table:
    """One sheet with its headings as written, the row in which they stand, and the lines below."""

    name: str
    headings: tuple[str, ...]
    heading_row: int
    lines: list[Line]


@dataclass(frozen=True)
class Fitting:
    """Which field each heading is: `fields` maps a field to its heading; the rest is told, never dropped silently."""

    fields: dict[str, str]
    unknown: tuple[str, ...] = ()
    doubled: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def missing(self, needed: Iterable[str]) -> list[str]:
        """Needed fields that no heading gives."""
        return [name for name in needed if name not in self.fields]

    def cell(self, line: Line, name: str) -> Cell:
        """The cell of a field, an empty one where the sheet has no such column."""
        return line.get(self.fields.get(name, name))


def tables(data: bytes, aliases: Aliases | None = None, encoding: str = "") -> list[Table]:
    """The sheets of an upload that have headings; with `aliases` (field → names), only those with a known one.

    Raises:
        Undecided: a CSV file that is not UTF-8.  Unreadable: a file that is none.
    """
    found = (_table(grid, aliases) for grid in grids(data, encoding))
    return [table for table in found if table is not None]


def fitted(headings: Sequence[str], aliases: Aliases, remembered: Mapping[str, str] | None = None) -> Fitting:
    """Headings to fields, by what was mapped by hand before (heading → field), else by name in either language."""
    names = _names(aliases)
    chosen = {heading_key(heading): name for heading, name in (remembered or {}).items()}
    found: dict[str, list[str]] = {}
    unknown = []
    for heading in headings:
        name = chosen.get(heading_key(heading)) or names.get(heading_key(heading))
        if name is None:
            unknown.append(heading)
        else:
            found.setdefault(name, []).append(heading)
    doubled = {name: tuple(several) for name, several in found.items() if len(several) > 1}
    return Fitting({name: several[0] for name, several in found.items()}, tuple(unknown), doubled)


def heading_key(text: str) -> str:
    """A heading as it is compared: width, case, space, stars, colons and remarks in brackets make no difference."""
    bare = re.sub(r"\(.*?\)|\[.*?\]|【.*?】|〔.*?〕", "", fold(text))
    return re.sub(r"[\s_\-*:：.。/]+", "", bare) or fold(text)


def _table(grid: Grid, aliases: Aliases | None) -> Table | None:
    at = heading_row(grid.rows, aliases)
    return None if at is None else table_at(grid, at)


def table_at(grid: Grid, at: int) -> Table:
    """A sheet whose headings stand in this row, counted from 0."""
    headings = _distinct(grid.rows[at])
    lines = [
        line
        for number, row in enumerate(grid.rows[at + 1 :], start=at + 2)
        if (line := _line(headings, number, row)) is not None
    ]
    return Table(grid.name, tuple(h for h in headings if h), at + 1, lines)


def _line(headings: list[str], number: int, row: list[Any]) -> Line | None:
    cells = [Cell(value, number, column_letter(i), h) for i, (value, h) in enumerate(_padded(row, headings))]
    if not any(cells):
        return None
    return Line(
        number, {c.heading: c for c in cells if c.heading}, tuple(c for c in cells if c and not c.heading)
    )


def _padded(row: list[Any], headings: list[str]) -> Iterable[tuple[Any, str]]:
    width = max(len(row), len(headings))
    return zip(row + [None] * (width - len(row)), headings + [""] * (width - len(headings)), strict=True)


def heading_row(rows: list[list[Any]], aliases: Aliases | None) -> int | None:
    """The row with the most known headings, counted from 0; without names, the first with two texts, else with one."""
    names = _names(aliases) if aliases else None
    best, most = None, 0
    for at, row in enumerate(rows[:HEADINGS_WITHIN]):
        texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        keys = {heading_key(text) for text in texts}
        known = len({names[key] for key in keys if key in names}) if names else min(len(texts), 2)
        if known > most:
            best, most = at, known
    return best


def _names(aliases: Aliases) -> dict[str, str]:
    return {heading_key(text): name for name, texts in aliases.items() for text in (name, *texts)}


def _distinct(row: list[Any]) -> list[str]:
    """Headings as written; a second one of the same name gets its number."""
    found: list[str] = []
    for cell in row:
        text = " ".join(str(cell).split()) if cell is not None else ""
        again = sum(1 for other in found if other == text or other.startswith(f"{text} ("))
        found.append(f"{text} ({again + 1})" if text and text in found else text)
    return found


def column_letter(index: int) -> str:
    """A, B … Z, AA: as a spreadsheet names its columns, from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
