"""A cell of an uploaded sheet, where it stood, and what it can be read as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from campapp.core.text import codes, dates, money
from campapp.core.text.language import Unreadable, lazy_gettext

Value = TypeVar("Value")
EXACT = 10**15  # a spreadsheet keeps fifteen digits


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, as it is reported: file, row (as the spreadsheet counts), column, value, reason."""

    file: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Cell:
    """`value` is a str, int, float, bool, date, datetime, time or None; `row` counts from 1, as the program does."""

    value: Any
    row: int
    column: str
    heading: str = ""

    def __bool__(self) -> bool:
        """Whether anything stands in it."""
        return self.value is not None and (not isinstance(self.value, str) or bool(self.value.strip()))

    @property
    def shown(self) -> str:
        """The value as it is told in a report."""
        return "" if self.value is None else str(self.value)[:200]

    def problem(self, file: str, reason: object) -> Problem:
        """This cell, reported."""
        return Problem(file, self.row, self.heading or self.column, self.shown, str(reason))

    def read(self, reader: Callable[[str], Value]) -> Value:
        """What a reader of `core.text` makes of its text."""
        return reader(self.text())

    def text(self) -> str:
        """As text: numbers with all their digits, days as 2026-06-30."""
        value = self.value
        if value is None:
            return ""
        if isinstance(value, bool):
            return "1" if value else "0"
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M")
        if isinstance(value, int | float):
            return self._digits()
        return value.isoformat() if isinstance(value, date | time) else str(value)

    def code(self) -> str:
        """A code or number to call, digit for digit; `Unreadable` where the spreadsheet has rounded it."""
        return codes.exact(self.text())

    def day(self) -> date:
        """A day: a date cell, or text that says one; never a bare number."""
        if isinstance(self.value, datetime):
            return self.value.date()
        if isinstance(self.value, date):
            return self.value
        self._no_bare_number()
        return dates.day(self.text())

    def moment(self, zone: ZoneInfo, *, without_time: time | None = None) -> datetime:
        """A moment (UTC), meant in `zone`."""
        if isinstance(self.value, datetime):
            return dates.in_zone(self.value.date(), self.value.time().replace(microsecond=0), zone)
        if not isinstance(self.value, date):
            self._no_bare_number()
        return dates.moment(self.text(), zone, without_time=without_time)

    def time_of_day(self) -> time | None:
        """A time; None for 24:00."""
        if isinstance(self.value, time):
            return self.value.replace(microsecond=0)
        self._no_bare_number()
        return dates.time_of_day(self.text())

    def number(self) -> Decimal:
        """A number, with or without commas; never text that merely begins with one."""
        try:
            number = Decimal(self.text().replace(",", "").replace("，", "").strip())
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) >= EXACT:
            raise Unreadable(lazy_gettext("“%(text)s” is no number.", text=self.shown[:40]))
        return number

    def whole(self) -> int:
        """A whole number."""
        number = self.number()
        if number != int(number):
            raise Unreadable(lazy_gettext("“%(text)s” is no whole number.", text=self.shown[:40]))
        return int(number)

    def amount(self, unit: str = "元") -> Decimal:
        """An amount of money in yuan; a bare number counts in `unit`."""
        return money.amount(self.text(), unit)

    def _no_bare_number(self) -> None:
        if isinstance(self.value, int | float):
            raise Unreadable(
                lazy_gettext(
                    "%(number)s is a number, not a date. Format the cell as a date, or write 2026-06-30.",
                    number=self.shown,
                )
            )

    def _digits(self) -> str:
        number = self.value
        if isinstance(number, float) and number.is_integer() and abs(number) < EXACT:
            number = int(number)
        if abs(number) >= EXACT:
            raise Unreadable(
                lazy_gettext(
                    "“%(text)s” is a rounded number: a spreadsheet keeps fifteen digits. "
                    "Format the column as text and enter the code again.",
                    text=f"{number:.6E}" if isinstance(number, float) else str(number),
                )
            )
        return f"{Decimal(repr(number)):f}"
