"""A column of a list: its label, its value, how it sorts, what becomes of it on a phone, how it is exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal

from campapp.core.current import Actor, current
from campapp.core.text import moments
from campapp.core.text.language import LazyString, gettext, locale

Label = str | LazyString


def anybody(_: Actor) -> bool:
    """Every reader."""
    return True


@dataclass(frozen=True)
class Column:
    """One column. `value` gives a row's value (str, number, day, moment, bool, several of them, or None).

    sort: the SQL expression (or several) that it sorts by; never null sorts fastest. filled: of the rows that this
    list shows none has a null there, although the table allows it.
    fold: on a phone: "full" for the name, "label" beside its label, "state" in the corner, "hide".
    field: the row's attribute that it tells, so that `hidden_fields` can hide it; the key by default.
    exported / shown: whether it stands in files / on the page. only_for: readers who have the column at all.
    """

    key: str
    label: Label
    value: Callable[[Any], Any] | None = None
    sort: Any = None
    fold: str = "label"
    align: str = ""
    field: str = ""
    shown: bool = True
    exported: bool = True
    only_for: Callable[[Actor], bool] = anybody
    words: Callable[[Any], str] | None = None
    filled: bool = False

    @property
    def sorts(self) -> Sequence[Any]:
        """The expressions that it sorts by; none where it does not sort."""
        if self.sort is None:
            return ()
        return tuple(self.sort) if isinstance(self.sort, list | tuple) else (self.sort,)

    def of(self, row: Any, hidden: frozenset[str] = frozenset()) -> Any:
        """The row's value; None where the reader must not see it."""
        if (self.field or self.key) in hidden:
            return None
        return self.value(row) if self.value else getattr(row, self.key)

    def text(self, row: Any, hidden: frozenset[str] = frozenset()) -> str:
        """The row's value as the reader reads it."""
        value = self.of(row, hidden)
        if self.words and value is not None:
            return self.words(value)
        return in_words(value)


@dataclass(frozen=True)
class Heading:
    """A column as the page's head shows it (`docs/interface.md`, Lists)."""

    key: str
    label: str
    align: str
    fold: str
    sort: str
    sorted: str
    column: Column


def heading(column: Column, sort: str, direction: str) -> Heading:
    """The head of a column; `sort` is the address that sorts by it, `direction` how it is sorted now."""
    return Heading(column.key, str(column.label), column.align, column.fold, sort, direction, column)


def in_words(value: Any, zone: str = "") -> str:
    """A value as the reader reads it: days, moments and numbers by language, yes and no, several by commas."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return moments.moment_shown(value, ZoneInfo(zone or current.zone))
    if isinstance(value, date):
        return moments.day_shown(value)
    if isinstance(value, int | float | Decimal):
        return format_decimal(value, locale=locale())
    if isinstance(value, list | tuple | set | frozenset):
        return gettext(", ").join(in_words(one, zone) for one in value)
    return str(value)
