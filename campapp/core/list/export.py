"""A list as a file: all rows that remain, every exported column, labels in the reader's language."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import Response, abort, send_file

from campapp.core import clock
from campapp.core.access import hidden_fields
from campapp.core.current import current
from campapp.core.list.columns import Column
from campapp.core.sheet.writing import CSV, XLSX, Sheet, write_csv, write_xlsx
from campapp.core.text.language import gettext
from campapp.core.text.moments import machine_readable, moment_shown

if TYPE_CHECKING:
    from campapp.core.list.declared import List

KINDS = ("csv", "xlsx", "json")
JSON = "application/json"


@dataclass(frozen=True)
class Export:
    """A file: its name, its type, its bytes in pieces (read from the database as they are asked for)."""

    name: str
    kind: str
    body: Iterable[bytes]

    def answer(self) -> Response:
        """The file as an attachment, complete before its first byte leaves: a failure is an error, not half a file."""
        file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
        file.writelines(self.body)
        file.seek(0)
        return send_file(file, mimetype=self.kind, as_attachment=True, download_name=self.name)


def export(listing: List[Any], kind: str) -> Export:
    """The list as `csv`, `xlsx` or `json`; 404 for another kind."""
    if kind not in KINDS:
        abort(404)
    at, zone = clock.now(), ZoneInfo(listing.zone)
    body = {"csv": _csv, "xlsx": _xlsx, "json": _json}[kind](
        listing, gettext("As of %(moment)s", moment=moment_shown(at, zone))
    )
    name = f"{listing.name}-{at.astimezone(zone):%Y%m%d-%H%M}.{kind}"
    return Export(name, {"csv": CSV, "xlsx": XLSX, "json": JSON}[kind], body)


def _columns(listing: List[Any]) -> list[Column]:
    return [column for column in listing.my_columns if column.exported]


def _rows(listing: List[Any], columns: list[Column]) -> Iterator[list[Any]]:
    actor = current.actor
    for row in listing.stream():
        hidden = hidden_fields(actor, row)
        yield [_cell(column, row, hidden) for column in columns]


def _cell(column: Column, row: Any, hidden: frozenset[str]) -> Any:
    """Numbers, days and moments as such, everything else in the reader's words."""
    value = column.of(row, hidden)
    if value is not None and column.words:
        return column.words(value)
    return value if isinstance(value, int | float | Decimal | date | datetime) else column.text(row, hidden)


def _csv(listing: List[Any], _as_of: str) -> Iterator[bytes]:
    columns = _columns(listing)
    return write_csv([str(column.label) for column in columns], _rows(listing, columns), listing.zone)


def _xlsx(listing: List[Any], as_of: str) -> Iterator[bytes]:
    columns = _columns(listing)
    notes = [f"{label}: {value}" for label, value in listing.filters_in_words()]
    table = Sheet(gettext("List"), [str(c.label) for c in columns], _rows(listing, columns))
    about = Sheet(gettext("About"), [gettext("What this is")], [[line] for line in (as_of, *notes)])
    with tempfile.TemporaryFile() as file:
        write_xlsx(file, [table, about], listing.zone)
        yield from _pieces(file)


def _json(listing: List[Any], _as_of: str) -> Iterator[bytes]:
    columns = _columns(listing)
    yield b"["
    for n, row in enumerate(_rows(listing, columns)):
        made = {column.key: _plain(cell) for column, cell in zip(columns, row, strict=True)}
        yield (",\n" if n else "\n").encode() + json.dumps(made, ensure_ascii=False).encode()
    yield b"\n]\n"


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return machine_readable(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(1 << 16):
        yield piece
