"""A report as a document: figures and tables with their words, the same for the page, the files and the issued copy."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from campapp.core.text.language import locale
from campapp.core.text.moments import day_shown


@dataclass
class Figure:
    """A number, what it is, how it is defined, and the address of the rows behind it."""

    label: str
    value: int
    definition: str
    url: str = ""


@dataclass
class Table:
    """A table; `kinds` says of each column whether it holds text, a number, an amount of money or a day."""

    title: str
    headings: list[str]
    kinds: list[str]
    rows: list[list[Any]] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    """The address of the rows behind each row."""


@dataclass
class Document:
    """What a report says, in one language, at one moment."""

    title: str
    lead: str
    scope: str
    as_of: str
    year: int
    figures: list[Figure]
    tables: list[Table]
    definitions: list[str]

    def kept(self) -> dict[str, Any]:
        """The same as JSON."""
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Document:
        """From JSON again."""
        figures = [Figure(**one) for one in kept["figures"]]
        return cls(**{**kept, "figures": figures, "tables": [Table(**one) for one in kept["tables"]]})


def shown(kind: str, cell: Any) -> str:
    """A cell as it is read."""
    if cell is None or cell == "":
        return "—" if kind == "money" else ""
    if kind == "date":
        return day_shown(date.fromisoformat(cell))
    if kind == "money":
        return _grouped(Decimal(cell))
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def exact(kind: str, cell: Any) -> Any:
    """A cell as a spreadsheet holds it."""
    if cell is None or cell == "":
        return None
    if kind == "date":
        return date.fromisoformat(cell)
    return Decimal(cell) if kind == "money" else cell


def _grouped(value: Decimal) -> str:
    return f"{value:,.2f}".removesuffix(".00")


def lang() -> str:
    """The reader's language as documents are kept by."""
    return "zh_CN" if locale().language == "zh" else "en"
