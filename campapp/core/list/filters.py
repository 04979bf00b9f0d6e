"""Filters of a list: each reads its part of a URL, narrows the statement, and says in words what it does.

A value that cannot be read narrows nothing and is told beside the list; it is never an error page.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, and_, not_, or_

from campapp.core.current import Actor
from campapp.core.list.columns import Label, anybody
from campapp.core.text import dates, moments
from campapp.core.text.language import Unreadable, gettext, lazy_gettext


@dataclass(frozen=True)
class Option:
    """One choice: its value in the URL, its label, and its condition where that is more than "equals"."""

    value: str
    label: Label
    condition: ColumnElement[bool] | Callable[[], ColumnElement[bool]] | None = None


Options = Sequence[Option] | Callable[[Any], Iterable[Option]]


@dataclass(frozen=True)
class Filter(ABC):
    """What every filter can do. `args` maps each key of the URL to its values."""

    key: str
    label: Label
    only_for: Callable[[Actor], bool] = field(default=anybody, kw_only=True)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the URL that it reads."""
        return (self.key,)

    @abstractmethod
    def read(self, listing: Any, args: Mapping[str, Sequence[str]]) -> Any:
        """What the URL asks for, None for nothing; `Unreadable` where that is no such thing."""

    @abstractmethod
    def write(self, value: Any) -> dict[str, str]:
        """The same value as it stands in a URL."""

    @abstractmethod
    def condition(self, listing: Any, value: Any) -> ColumnElement[bool]:
        """Which rows remain."""

    @abstractmethod
    def words(self, listing: Any, value: Any) -> str:
        """The value as the reader reads it."""


@dataclass(frozen=True)
class Choice(Filter):
    """One or several of some options; in a URL `state=eligible,submitted` (or the key more than once)."""

    column: Any = None
    options: Options = ()

    def offered(self, listing: Any) -> dict[str, Option]:
        """The options by value."""
        found = self.options(listing) if callable(self.options) else self.options
        return {option.value: option for option in found}

    def read(self, listing: Any, args: Mapping[str, Sequence[str]]) -> tuple[str, ...] | None:
        wanted = {part for text in args.get(self.key, ()) for part in text.split(",") if part}
        if not wanted:
            return None
        offered = self.offered(listing)
        if unknown := sorted(wanted - offered.keys()):
            raise Unreadable(lazy_gettext("There is no “%(value)s” to choose.", value=unknown[0][:40]))
        return tuple(value for value in offered if value in wanted)

    def write(self, value: tuple[str, ...]) -> dict[str, str]:
        return {self.key: ",".join(value)}

    def condition(self, listing: Any, value: tuple[str, ...]) -> ColumnElement[bool]:
        offered = [self.offered(listing)[one] for one in value]
        plain = [self.stored(option.value) for option in offered if option.condition is None]
        special = [_made(option.condition) for option in offered if option.condition is not None]
        return or_(*([self.column.in_(plain)] if plain else []), *special)

    def choices(self, listing: Any) -> list[tuple[str, str]]:
        """Value and label of each option."""
        return [(option.value, str(option.label)) for option in self.offered(listing).values()]

    def stored(self, value: str) -> Any:
        """The value as it stands in the column."""
        return value

    def words(self, listing: Any, value: tuple[str, ...]) -> str:
        offered = self.offered(listing)
        return gettext(", ").join(str(offered[one].label) for one in value)


@dataclass(frozen=True)
class Reference(Choice):
    """Rows that point at one or several others, chosen by id; the options name them."""

    def stored(self, value: str) -> int:
        return int(value)


@dataclass(frozen=True)
class Flag(Filter):
    """A condition that holds (`late=1`) or does not (`late=0`)."""

    holds: ColumnElement[bool] | Callable[[], ColumnElement[bool]]

    def read(self, listing: Any, args: Mapping[str, Sequence[str]]) -> bool | None:
        typed = set(args.get(self.key, ())) - {""}
        if unknown := typed - {"0", "1"}:
            raise Unreadable(lazy_gettext("There is no “%(value)s” to choose.", value=min(unknown)[:40]))
        return typed == {"1"} if len(typed) == 1 else None  # both ticked is no filter

    def choices(self, listing: Any) -> list[tuple[str, str]]:
        """Value and label of both answers."""
        return [("1", gettext("yes")), ("0", gettext("no"))]

    def write(self, value: bool) -> dict[str, str]:
        return {self.key: "1" if value else "0"}

    def condition(self, listing: Any, value: bool) -> ColumnElement[bool]:
        return _made(self.holds) if value else not_(_made(self.holds))

    def words(self, listing: Any, value: bool) -> str:
        return gettext("yes") if value else gettext("no")


@dataclass(frozen=True)
class _Range(Filter):
    column: Any

    def write(self, value: tuple[Any, Any]) -> dict[str, str]:
        return {key: str(end) for key, end in zip(self.keys, value, strict=True) if end is not None}

    def words(self, listing: Any, value: tuple[Any, Any]) -> str:
        low, high = (None if end is None else self.shown(end) for end in value)
        if low is None:
            return gettext("up to %(end)s", end=high)
        return gettext("from %(end)s", end=low) if high is None else f"{low} – {high}"

    def shown(self, end: Any) -> str:
        """One end as the reader reads it."""
        return str(end)

    def _ends(
        self, args: Mapping[str, Sequence[str]], reader: Callable[[str], Any]
    ) -> tuple[Any, Any] | None:
        typed = [next(iter(args.get(key, ())), "").strip() for key in self.keys]
        low, high = (reader(text) if text else None for text in typed)
        if low is not None and high is not None and low > high:
            raise Unreadable(lazy_gettext("The range ends before it begins."))
        return None if low is None and high is None else (low, high)


@dataclass(frozen=True)
class DateRange(_Range):
    """Days from … to …, both included, in the list's zone; the column holds days or moments."""

    @property
    def keys(self) -> tuple[str, ...]:
        return f"{self.key}_from", f"{self.key}_to"

    def read(self, listing: Any, args: Mapping[str, Sequence[str]]) -> tuple[date | None, date | None] | None:
        return self._ends(args, dates.day)

    def condition(self, listing: Any, value: tuple[date | None, date | None]) -> ColumnElement[bool]:
        low, high = value
        if isinstance(self.column.type, Date):
            ends = [self.column >= low] if low else []
            return and_(*ends, *([self.column <= high] if high else []))
        zone = ZoneInfo(listing.zone)
        ends = [self.column >= _begins(low, zone)] if low else []
        return and_(*ends, *([self.column < _begins(high + timedelta(days=1), zone)] if high else []))

    def shown(self, end: date) -> str:
        return moments.day_shown(end)


@dataclass(frozen=True)
class NumberRange(_Range):
    """Numbers from … to …, both included; `reader` for money (`money.amount`)."""

    reader: Callable[[str], Decimal] | None = None
    shown_as: Callable[[Decimal], str] = str

    @property
    def keys(self) -> tuple[str, ...]:
        return f"{self.key}_min", f"{self.key}_max"

    def read(self, listing: Any, args: Mapping[str, Sequence[str]]) -> tuple[Any, Any] | None:
        return self._ends(args, self.reader or _number)

    def condition(self, listing: Any, value: tuple[Any, Any]) -> ColumnElement[bool]:
        low, high = value
        ends = [self.column >= low] if low is not None else []
        return and_(*ends, *([self.column <= high] if high is not None else []))

    def shown(self, end: Decimal) -> str:
        return self.shown_as(end)


def _begins(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), zone)


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= 2**31:
        raise Unreadable(lazy_gettext("“%(text)s” is no number.", text=text[:40]))
    return value


def _made(condition: Any) -> ColumnElement[bool]:
    made: ColumnElement[bool] = condition if isinstance(condition, ColumnElement) else condition()
    return made
