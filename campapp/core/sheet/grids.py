"""A file's bytes to rows of raw values: CSV with whatever mark parts it, XLSX sheet by sheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from campapp.core.sheet.decoding import decoded
from campapp.core.sheet.escape import unescaped
from campapp.core.text.language import Unreadable, lazy_gettext

MOST_ROWS, MOST_COLUMNS = 200_000, 300
MOST_UNPACKED = 300 << 20
LONGEST_FIELD = 1 << 20

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Grid:
    """One sheet: its name ("" in CSV) and its rows, empty ones too, so that the n-th has number n."""

    name: str
    rows: list[list[Any]]


def grids(data: bytes, encoding: str = "") -> list[Grid]:
    """The sheets of an upload, told apart by content, not by the name's ending.

    Raises:
        Undecided: a CSV file that is not UTF-8 (choose an encoding).  Unreadable: anything else that is wrong.
    """
    if data.startswith(b"PK"):
        return list(_of_xlsx(data))
    if data.startswith(_OLD_OR_LOCKED):
        raise Unreadable(
            lazy_gettext(
                "This is an old .xls file, or one with a password. Open it in WPS or Excel and save it as .xlsx "
                "without a password."
            )
        )
    return [Grid("", _of_csv(decoded(data, encoding)))]


def _of_csv(text: str) -> list[list[Any]]:
    if "\0" in text:
        raise Unreadable(lazy_gettext("This is no text file: there are zero bytes in it."))
    first = text.partition("\n")[0]
    mark = first.strip()[4:] if first.startswith("sep=") else ""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark[:1] or delimiter(text), strict=True)
    rows: list[list[Any]] = []
    try:
        for row in reader:
            rows.append([] if mark and not rows else [unescaped(field) for field in row])
            _bounded(len(rows), len(row))
    except csv.Error:
        raise Unreadable(
            lazy_gettext(
                "Line %(line)d cannot be read: a quotation mark does not close.", line=reader.line_num
            )
        ) from None
    return rows


def delimiter(text: str) -> str:
    """What parts the fields: of comma, semicolon, tab and the full-width comma, the one that its lines share."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    quoted = [part for line in lines for part in [line.split('"')]]
    counts = {mark: [sum(p.count(mark) for p in line[::2]) for line in quoted] for mark in ",;\t，"}
    # Most lines with it, then the most of it: a title row has none, a sentence may have one.
    return max(counts, key=lambda mark: (sum(n > 0 for n in counts[mark]), sum(counts[mark]), mark == ","))


def _of_xlsx(data: bytes) -> Iterator[Grid]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable(lazy_gettext("This file is too large when unpacked."))
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError):
        raise Unreadable(
            lazy_gettext(
                "This file is damaged, or no spreadsheet. Open it in WPS or Excel and save it as .xlsx."
            )
        ) from None
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                yield Grid(sheet.title, _rows_of(sheet))
    finally:
        book.close()


def _rows_of(sheet: Any) -> list[list[Any]]:
    sheet.reset_dimensions()
    rows: list[list[Any]] = []
    for row in sheet.iter_rows():
        values = [_value(cell) for cell in row]
        while values and values[-1] is None:
            values.pop()
        rows.append(values)
        _bounded(len(rows), len(values))
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _value(cell: Any) -> Any:
    """A date only where the cell is formatted as one; a day without a time where the format shows none."""
    value = cell.value
    if (
        isinstance(value, datetime)
        and value.time() == time()
        and "h" not in (cell.number_format or "").lower()
    ):
        return value.date()
    # XLSX writes control characters as _x000D_ and the like, and a literal one with _x005F_ before it.
    return unescape(value).replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def _bounded(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Unreadable(
            lazy_gettext(
                "A sheet has at most %(rows)d rows and %(columns)d columns.",
                rows=MOST_ROWS,
                columns=MOST_COLUMNS,
            )
        )
