"""From files to typed rows, with every wrong cell named: file, row, column, value, reason. Knows no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from campapp.core.language import gettext as _
from campapp.core.sheet.decoding import Undecided
from campapp.core.sheet.tables import Aliases, fitted, tables
from campapp.core.sheet.tables import Table as SheetTable
from campapp.core.text.language import Unreadable
from campapp.exchange.camp.headings import HEADINGS, table_called

ENDINGS = (".csv", ".xlsx", ".txt")


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


@dataclass(frozen=True)
class Source:
    """A sheet that was found for a table: the file's name as it is reported, and its lines."""

    file: str
    table: SheetTable


class Reading:
    """Reads the files of a folder (CSV, or XLSX with one or several sheets) and gathers every problem.

    `encodings` says for a file that is not UTF-8 how the person chose to read it.
    """

    def __init__(self, folder: Path, encodings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.encodings = encodings or {}
        self.problems: list[Problem] = []
        self.undecided: dict[str, Undecided] = {}
        self._sources: dict[str, list[Source]] = {}
        self.unreadable: set[str] = set()
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.is_file() and path.suffix.casefold() in ENDINGS:
                self._open(path)

    def blame(self, row: Row, column: str, reason: Any) -> None:
        """A cell is wrong; its row cannot be taken in."""
        row.wrong = True
        self.problems.append(Problem(row.file, row.number, column, row.cells.get(column, ""), str(reason)))

    def table(self, name: str, columns: tuple[Column, ...], *, required: bool = True) -> Table:
        """A table's rows with their values read, from every sheet that is one."""
        found = Table(f"{name}.csv")
        for source in self._sources.get(name, ()):
            found.file = source.file
            self._rows(found, source, columns, HEADINGS.get(name, {}))
        if required and name not in self._sources and name not in self.unreadable:
            self.problems.append(Problem(found.file, None, "", "", _("This file is missing.")))
        return found

    def _open(self, path: Path) -> None:
        """Tell which table each sheet of a file is: by the sheet's name, else by the file's."""
        by_file = table_called(path.stem)
        aliases = {k: v for headings in HEADINGS.values() for k, v in headings.items()}
        try:
            sheets = tables(path.read_bytes(), aliases, self.encodings.get(path.name, ""))
        except Undecided as problem:
            self.undecided[path.name] = problem
            self._refuse(path, by_file, problem)
            return
        except Unreadable as problem:
            self._refuse(path, by_file, problem)
            return
        for sheet in sheets:
            name = table_called(sheet.name) or (by_file if len(sheets) == 1 else None)
            label = path.name if len(sheets) == 1 else f"{path.name} [{sheet.name}]"
            if name is not None:
                self._sources.setdefault(name, []).append(Source(label, sheet))
            elif len(sheets) == 1:
                self.problems.append(Problem(label, None, "", "", _("It is not clear what this file holds.")))
        if not sheets and by_file:
            self._refuse(path, by_file, _("No row of headings was found."))

    def _refuse(self, path: Path, name: str | None, reason: Any) -> None:
        line = reason.line if isinstance(reason, Undecided) else None
        self.unreadable.add(name or path.stem)
        shown = f"{reason.byte:02x}" if isinstance(reason, Undecided) else ""
        self.problems.append(Problem(path.name, line, "", shown, str(reason)))

    def _rows(self, found: Table, source: Source, columns: tuple[Column, ...], aliases: Aliases) -> None:
        fitting = fitted(source.table.headings, {c.name: aliases.get(c.name, ()) for c in columns})
        for column in columns:
            if column.name not in fitting.fields and column.required:
                reason = _("The file has no column with this heading.")
                self.problems.append(Problem(source.file, source.table.heading_row, column.name, "", reason))
        for name, several in fitting.doubled.items():
            reason = _("Two columns have this meaning: %(headings)s.", headings=", ".join(several))
            self.problems.append(Problem(source.file, source.table.heading_row, name, "", reason))
        for line in source.table.lines:
            row = Row(source.file, line.row, {})
            wrong: dict[str, Any] = {}
            for column in columns:
                try:
                    row.cells[column.name] = fitting.cell(line, column.name).text().strip()
                except Unreadable as problem:
                    row.cells[column.name], wrong[column.name] = (
                        fitting.cell(line, column.name).shown,
                        problem,
                    )
            found.rows.append(self._read(row, columns, wrong))

    def _read(self, row: Row, columns: tuple[Column, ...], wrong: Mapping[str, Any]) -> Row:
        for column in columns:
            typed = row.cells.get(column.name, "")
            row.values[column.name] = column.default
            if column.name in wrong:
                self.blame(row, column.name, wrong[column.name])
            elif not typed:
                if column.required and column.default is None:
                    self.blame(row, column.name, _("This cell is empty."))
            else:
                try:
                    row.values[column.name] = column.reader(typed)
                except (Unreadable, ValueError) as problem:
                    self.blame(row, column.name, problem)
        return row
