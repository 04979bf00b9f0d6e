"""A report as a file: a spreadsheet, or text for a word processor (RTF, which all of them open)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from flask import Response, send_file

from campapp.core.language import gettext as _
from campapp.core.sheet.writing import XLSX, Sheet, write_xlsx
from campapp.reports.document import Document, Table, exact, shown

RTF = "application/rtf"
KINDS = ("xlsx", "rtf")
WIDTH = 9600
"""Of a page's text, in twentieths of a point."""


def answer(document: Document, kind: str) -> Response:
    """The report as an attachment; another kind is a KeyError."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    if {"xlsx": True, "rtf": False}[kind]:
        write_xlsx(file, _sheets(document), "UTC")
    else:
        file.write("".join(_rtf(document)).encode("ascii"))
    file.seek(0)
    name = f"impact-{document.year}.{kind}"
    return send_file(file, mimetype=XLSX if kind == "xlsx" else RTF, as_attachment=True, download_name=name)


def _sheets(document: Document) -> Iterator[Sheet]:
    figures = [[one.label, one.value, one.definition] for one in document.figures]
    yield Sheet(_("Figures"), [_("Figure"), _("Number"), _("Definition")], figures)
    for table in document.tables:
        rows = [
            [exact(kind, cell) for kind, cell in zip(table.kinds, row, strict=True)] for row in table.rows
        ]
        yield Sheet(table.title, table.headings, rows)
    about = [
        document.title,
        document.scope,
        _("As of %(moment)s", moment=document.as_of),
        *document.definitions,
    ]
    yield Sheet(_("About"), [_("What this is")], [[line] for line in about])


def _rtf(document: Document) -> Iterator[str]:
    yield r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    yield r"\paperw11906\paperh16838\margl1134\margr1134"
    yield f"\\fs22 {_said(document.scope)}\\par\n"
    yield f"{{\\b\\fs36 {_said(document.title)}}}\\par\n{_said(document.lead)}\\par\n"
    yield f"{_said(_('As of %(moment)s', moment=document.as_of))}\\par\\par\n"
    for one in document.figures:
        yield f"{{\\b {one.value}}} {_said(one.label)}\\par\n{{\\fs18 {_said(one.definition)}}}\\par\n"
    for table in document.tables:
        if table.rows:
            yield f"\\par{{\\b\\fs26 {_said(table.title)}}}\\par\n"
            yield from _table(table)
    yield f"\\par{{\\b\\fs26 {_said(_('Definitions'))}}}\\par\n"
    for line in document.definitions:
        yield f"{_said(line)}\\par\n"
    yield "}"


def _table(table: Table) -> Iterator[str]:
    step = WIDTH // len(table.headings)
    edges = "".join(f"\\cellx{step * n}" for n in range(1, len(table.headings) + 1))
    lines = [[f"{{\\b {_said(heading)}}}" for heading in table.headings]]
    lines += [
        [_said(shown(kind, cell)) for kind, cell in zip(table.kinds, row, strict=True)] for row in table.rows
    ]
    for line in lines:
        yield f"\\trowd\\trgaph80{edges}\\pard\\intbl\\fs18 " + "\\cell ".join(line) + "\\cell\\row\n"
    yield "\\pard\\fs22\n"


def _said(text: str) -> str:
    """Text as RTF holds it: everything beyond ASCII by its UTF-16 units."""
    units = text.encode("utf-16-le")
    numbers = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    return "".join(_unit(number) for number in numbers)


def _unit(number: int) -> str:
    if number == 10:
        return "\\line "
    if number < 128:
        return f"\\{chr(number)}" if chr(number) in "\\{}" else chr(number)
    return f"\\u{number - 65536 if number > 32767 else number}?"
