"""Writing CSV and XLSX. Cells are str, int, float, Decimal, bool, date, datetime (aware) or None."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Self
from zoneinfo import ZoneInfo

import xlsxwriter

from campapp.core.sheet.escape import escaped
from campapp.core.text.language import gettext

BOM = "\ufeff"
LONGEST_CELL = 32_767  # of a spreadsheet program

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Row = Sequence[Any]


@dataclass(frozen=True)
class Sheet:
    """One sheet to be written: its name, headings, rows, and notes that stand above the headings."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Row]
    notes: Sequence[str] = ()


def write_csv(
    headings: Sequence[str], rows: Iterable[Row], zone: str = "UTC", *, bom: bool = True
) -> Iterator[bytes]:
    """A CSV file in UTF-8 (with BOM, which spreadsheets need), CRLF, text in quotes, in pieces of some rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC)
    buffer.write(BOM if bom else "")
    writer.writerow([escaped(heading) for heading in headings])
    for row in rows:
        writer.writerow([_in_csv(cell, ZoneInfo(zone)) for cell in row])
        if buffer.tell() > 1 << 16:
            yield _emptied(buffer)
    yield _emptied(buffer)


def write_xlsx(file: IO[bytes], sheets: Iterable[Sheet], zone: str = "UTC") -> None:
    """An XLSX file: text in text cells, dates in date cells, headings frozen; rows are not kept in memory."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(file, options)
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    names: set[str] = set()
    for sheet in sheets:
        _write_sheet(book.add_worksheet(_sheet_name(sheet.name, names)), sheet, styles, ZoneInfo(zone))
    book.close()


def _write_sheet(page: Any, sheet: Sheet, styles: dict[str, Any], zone: ZoneInfo) -> None:
    at = 0
    for note in sheet.notes:
        page.write_string(at, 0, note)
        at += 1
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, min(max(2 * len(heading), 12), 40))
        page.write_string(at, column, heading, styles["head"])
    page.freeze_panes(at + 1, 1)
    for row in sheet.rows:
        at += 1
        for column, cell in enumerate(row):
            _in_xlsx(page, at, column, cell, styles, zone)


def _in_xlsx(page: Any, at: int, column: int, cell: Any, styles: dict[str, Any], zone: ZoneInfo) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_string(at, column, yes_or_no(cell), styles["text"])
    elif isinstance(cell, datetime):
        page.write_datetime(at, column, cell.astimezone(zone).replace(tzinfo=None), styles["moment"])
    elif isinstance(cell, date):
        page.write_datetime(at, column, cell, styles["date"])
    elif isinstance(cell, int | float | Decimal) and _is_exact(cell):
        page.write_number(at, column, cell)
    else:
        page.write_string(at, column, _cut(str(cell)), styles["text"])


def _is_exact(number: float | Decimal) -> bool:
    """Whether a spreadsheet keeps it: it holds fifteen digits."""
    exact = Decimal(str(number))
    return exact.is_finite() and len(exact.normalize().as_tuple().digits) <= 15


def _in_csv(cell: Any, zone: ZoneInfo) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return yes_or_no(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return _Plain(cell)
    return cell if isinstance(cell, int | float) else escaped(str(cell))


class _Plain(float):
    """A Decimal that csv leaves without quotes and writes with its own figures."""

    def __new__(cls, value: Decimal) -> Self:
        made = super().__new__(cls, value)
        made.figures = f"{value:f}"
        return made

    figures: str

    def __repr__(self) -> str:
        return self.figures

    __str__ = __repr__


def yes_or_no(value: bool) -> str:
    """A truth in the reader's language."""
    return gettext("yes") if value else gettext("no")


def _cut(text: str) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    note = gettext("… (cut: a cell holds no more; the CSV file has it all)")
    return text[: LONGEST_CELL - len(note)] + note


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 characters without []:*?/\\ , each once."""
    bare = "".join(" " if c in "[]:*?/\\" else c for c in name).strip("' ")[:28] or "1"
    made, n = bare, 1
    while made.casefold() in taken:
        n += 1
        made = f"{bare} {n}"
    taken.add(made.casefold())
    return made


def _emptied(buffer: io.StringIO) -> bytes:
    made = buffer.getvalue().encode("utf-8", errors="replace")
    buffer.seek(0)
    buffer.truncate()
    return made
