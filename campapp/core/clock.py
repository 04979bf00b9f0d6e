"""The clock of the house: one moment for everybody, UTC and aware, which a test or a rehearsal can set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


@dataclass
class Hands:
    """A clock that stands where it was put, until it is moved."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, by: timedelta) -> None:
        """Move on (or back, by a negative span)."""
        self.moment += by


def _of_the_machine() -> datetime:
    return datetime.now(UTC)


_here: ContextVar[Callable[[], datetime] | None] = ContextVar("clock", default=None)
_everywhere: list[Callable[[], datetime]] = [_of_the_machine]


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return (_here.get() or _everywhere[-1])().astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[Hands]:
    """In this thread and block the clock stands at `moment` (aware); the hands given can be moved."""
    if moment.tzinfo is None:
        raise ValueError("the clock is set to an aware moment only")
    hands = Hands(moment)
    token = _here.set(hands)
    try:
        yield hands
    finally:
        _here.reset(token)


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """In this thread and block the clock goes on as ever, but `by` ahead of the machine (or behind): for rehearsals."""
    token = _here.set(lambda: _of_the_machine() + by)
    try:
        yield
    finally:
        _here.reset(token)


@contextmanager
def everywhere(clock: Callable[[], datetime]) -> Iterator[None]:
    """In the whole process, all threads, `clock` is asked instead of the machine: for rehearsals."""
    _everywhere.append(clock)
    try:
        yield
    finally:
        _everywhere.remove(clock)


ANYWHERE = "Etc/GMT+12"
"""Where a day ends last: what is over by its clocks is over everywhere."""


def today(zone: str) -> date:
    """The day that the clocks of a zone show now."""
    return now().astimezone(ZoneInfo(zone)).date()


def has_passed(deadline: datetime, moment: datetime) -> bool:
    """Whether a deadline is over: it holds to the end of its second, so 23:59:59 includes 23:59:59.999."""
    return moment >= deadline.replace(microsecond=0) + timedelta(seconds=1)


class UtcDateTime(TypeDecorator[datetime]):
    """Moments: aware in Python always, UTC in the database (timestamptz, or sortable ISO text on SQLite)."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
