"""From files to typed rows, with every wrong cell named: file, row, column, value, reason. Knows no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from campapp.core.language import gettext as _
from campapp.core.sheet.decoding import Undecided
from campapp.core.sheet.tables import Line
from campapp.core.text.language import Unreadable
from campapp.exchange.camp.columns import Column
from campapp.exchange.camp.headings import table_called
from campapp.exchange.camp.sources import ENDINGS, Remembered, Source, sheets_of


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
    said: frozenset[str] = frozenset()
    """The columns that its sheet has; of the others it says nothing."""

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


@dataclass
class Table:
    """A file's rows."""

    file: str
    rows: list[Row] = field(default_factory=list)


class Reading:
    """Reads the files of a folder (CSV, or XLSX with one or several sheets) and gathers every problem.

    `encodings` says for a file that is not UTF-8 how the person chose to read it; `remembered` how sheets with
    headings of their own are read.
    """

    def __init__(
        self, folder: Path, encodings: Mapping[str, str] | None = None, remembered: Remembered | None = None
    ) -> None:
        self.folder = folder
        self.encodings = encodings or {}
        self.remembered = remembered or {}
        self.problems: list[Problem] = []
        self.undecided: dict[str, Undecided] = {}
        self.sources: list[Source] = []
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
        sources = [source for source in self.sources if source.holds == name]
        for source in sources:
            found.file = source.file
            self._rows(found, source, columns)
        if required and not sources and name not in self.unreadable:
            self.problems.append(Problem(found.file, None, "", "", _("This file is missing.")))
        return found

    def _open(self, path: Path) -> None:
        """Its sheets; where it has none that can be read, why."""
        try:
            found = list(sheets_of(path, self.remembered, self.encodings.get(path.name, "")))
        except Unreadable as problem:
            if isinstance(problem, Undecided):
                self.undecided[path.name] = problem
            self._refuse(path, problem)
            return
        self.sources += found
        for source in found:
            if source.alone and not source.holds and source.mapped is None:
                reason = _("It is not clear what this file holds.")
                self.problems.append(Problem(source.file, None, "", "", reason))
        if not found and table_called(path.stem):
            self._refuse(path, _("No row of headings was found."))

    def _refuse(self, path: Path, reason: Any) -> None:
        line = reason.line if isinstance(reason, Undecided) else None
        self.unreadable.add(table_called(path.stem) or path.stem)
        shown = f"{reason.byte:02x}" if isinstance(reason, Undecided) else ""
        self.problems.append(Problem(path.name, line, "", shown, str(reason)))

    def _rows(self, found: Table, source: Source, columns: tuple[Column, ...]) -> None:
        fitting = source.fitting(columns)
        constants = source.mapped.constants if source.mapped else {}
        said = frozenset({*fitting.fields, *constants})
        for column in columns:
            if column.required and column.name not in said:
                reason = _("The file has no column with this heading.")
                self.problems.append(Problem(source.file, source.table.heading_row, column.name, "", reason))
        for name, several in fitting.doubled.items():
            reason = _("Two columns have this meaning: %(headings)s.", headings=", ".join(several))
            self.problems.append(Problem(source.file, source.table.heading_row, name, "", reason))
        for line in source.table.lines:
            row = Row(source.file, line.row, {}, said=said)
            wrong = _cells(row, line, columns, fitting.fields, constants)
            found.rows.append(self._read(row, columns, wrong))

    def _read(self, row: Row, columns: tuple[Column, ...], wrong: Mapping[str, Any]) -> Row:
        for column in columns:
            typed = row.cells.get(column.name, "")
            row.values[column.name] = column.default
            if column.name in wrong:
                self.blame(row, column.name, wrong[column.name])
            elif not typed:
                if column.needed:
                    self.blame(row, column.name, _("This cell is empty."))
            else:
                try:
                    row.values[column.name] = column.reader(typed)
                except (Unreadable, ValueError) as problem:
                    self.blame(row, column.name, problem)
        return row


def _cells(
    row: Row, line: Line, columns: tuple[Column, ...], fields: Mapping[str, str], constants: Mapping[str, str]
) -> dict[str, Unreadable]:
    """Fill a row's cells from a line, empty ones from what holds for every row; what could not be read."""
    wrong: dict[str, Unreadable] = {}
    for column in columns:
        cell = line.get(fields.get(column.name, ""))
        try:
            row.cells[column.name] = cell.text().strip() or constants.get(column.name, "")
        except Unreadable as problem:
            row.cells[column.name], wrong[column.name] = cell.shown, problem
    return wrong
