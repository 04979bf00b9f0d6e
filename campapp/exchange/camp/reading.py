"""From files to typed rows, with every wrong cell named: file, row, column, value, reason. Knows no database."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from campapp.core.language import gettext as _
from campapp.core.sheet.escape import unescaped
from campapp.core.text.language import Unreadable


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where."""

    file: str
    row: int | None
    column: str
    value: str
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """As `--json` gives it."""
        return asdict(self)


@dataclass
class Row:
    """One row of a file: its number as a spreadsheet counts, its cells by heading, its values once read."""

    file: str
    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    wrong: bool = False

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


@dataclass
class Table:
    """A file's rows."""

    file: str
    rows: list[Row] = field(default_factory=list)


Reader = Callable[[str], Any]


@dataclass(frozen=True)
class Column:
    """A column: its heading, how its cells are read, whether it may be empty or missing."""

    name: str
    reader: Reader
    required: bool = True
    default: Any = None


class Reading:
    """Reads the files of a folder and gathers every problem."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def blame(self, row: Row, column: str, reason: Any) -> None:
        """A cell is wrong; its row cannot be taken in."""
        row.wrong = True
        self.problems.append(Problem(row.file, row.number, column, row.cells.get(column, ""), str(reason)))

    def table(self, name: str, columns: tuple[Column, ...], *, required: bool = True) -> Table:
        """A file's rows with their values read."""
        table = Table(name)
        path = self.folder / name
        if not path.exists():
            if required:
                self.problems.append(Problem(name, None, "", "", _("This file is missing.")))
            return table
        text = self._text(name, path)
        if text is None:
            return table
        lines = csv.reader(io.StringIO(text, newline=""))
        headings = [heading.strip() for heading in next(lines, [])]
        for column in columns:
            if column.name not in headings and column.required:
                reason = _("The file has no column with this heading.")
                self.problems.append(Problem(name, 1, column.name, "", reason))
        for cells in lines:
            if any(cell.strip() for cell in cells):
                named = {h: unescaped(c).strip() for h, c in zip(headings, cells, strict=False)}
                table.rows.append(self._read(Row(name, lines.line_num, named), columns))
        return table

    def _text(self, name: str, path: Path) -> str | None:
        data = path.read_bytes()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            line = data.count(b"\n", 0, problem.start) + 1
            shown = data[problem.start : problem.start + 1].hex()
            reason = _(
                "Byte %(byte)s in line %(line)s is not UTF-8; save the file as CSV UTF-8.",
                byte=shown,
                line=line,
            )
            self.problems.append(Problem(name, line, "", shown, reason))
            return None

    def _read(self, row: Row, columns: tuple[Column, ...]) -> Row:
        for column in columns:
            typed = row.cells.get(column.name, "")
            if not typed:
                row.values[column.name] = column.default
                if column.required and column.default is None:
                    self.blame(row, column.name, _("This cell is empty."))
                continue
            try:
                row.values[column.name] = column.reader(typed)
            except (Unreadable, ValueError) as problem:
                row.values[column.name] = column.default
                self.blame(row, column.name, problem)
        return row
