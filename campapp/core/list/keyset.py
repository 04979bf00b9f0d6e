"""Pages by key instead of by number: each row once, whatever ties or is inserted meanwhile.

A place in the list is the sort values of a row, its id last. It travels in the URL as base64url of JSON, is read
strictly, and where it does not fit the order (or was tampered with) the list begins at its first page.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, TypeDecorator, and_, false, or_, true, tuple_


@dataclass(frozen=True)
class Key:
    """One sort key: an SQL expression and its direction. Nulls come last in both directions."""

    expression: Any
    descending: bool
    filled: bool = False

    @property
    def nullable(self) -> bool:
        """Whether it can be null, as far as the list and the column say."""
        return not self.filled and bool(getattr(self.expression, "nullable", True))

    def ordered(self, reverse: bool) -> ColumnElement[Any]:
        """Its part of ORDER BY; `reverse` walks backwards."""
        down = self.descending != reverse
        ordered = self.expression.desc() if down else self.expression.asc()
        if not self.nullable:
            return ordered  # type: ignore[no-any-return]
        return ordered.nulls_first() if reverse else ordered.nulls_last()  # type: ignore[no-any-return]

    def beyond(self, value: Any, reverse: bool) -> ColumnElement[bool]:
        """Rows after (`reverse`: before) this value."""
        if value is None:
            return self.expression.is_not(None) if reverse else false()
        down = self.descending != reverse
        further = self.expression < value if down else self.expression > value
        if self.nullable and not reverse:
            return or_(further, self.expression.is_(None))
        return further  # type: ignore[no-any-return]

    def same(self, value: Any) -> ColumnElement[bool]:
        """Rows with exactly this value."""
        return self.expression.is_(None) if value is None else self.expression == value  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Place:
    """A row's place: how many rows stand before it (as last seen), and its sort values."""

    before: int
    values: tuple[Any, ...]

    def text(self) -> str:
        """The place as it stands in a URL."""
        made = json.dumps(
            [self.before, *map(_packed, self.values)], separators=(",", ":"), ensure_ascii=False
        )
        return base64.urlsafe_b64encode(made.encode()).decode().rstrip("=")


def place(text: str, keys: Sequence[Key]) -> Place | None:
    """The place that a URL names; None where it does not fit these keys."""
    try:
        read = json.loads(base64.urlsafe_b64decode(text[:4000] + "=" * (-len(text) % 4)))
        before, values = read[0], tuple(map(_unpacked, read[1:]))
    except (ValueError, TypeError, LookupError, binascii.Error, InvalidOperation, RecursionError):
        return None
    if type(before) is not int or not 0 <= before < 2**31 or len(values) != len(keys):
        return None
    fits = all(_fits(key, value) for key, value in zip(keys, values, strict=True))
    return Place(before, values) if fits and type(values[-1]) is int else None


def further(keys: Sequence[Key], at: Place, reverse: bool) -> ColumnElement[bool]:
    """Rows after (`reverse`: before) a place."""
    plain = all(not key.nullable for key in keys) and len({key.descending for key in keys}) == 1
    if plain:  # one comparison of rows, for which both databases use the index
        row, here = tuple_(*(key.expression for key in keys)), tuple_(*at.values)
        return row < here if keys[0].descending != reverse else row > here
    alternatives: list[ColumnElement[bool]] = []
    equal: ColumnElement[bool] = true()
    for key, value in zip(keys, at.values, strict=True):
        alternatives.append(and_(equal, key.beyond(value, reverse)))
        equal = and_(equal, key.same(value))
    return or_(*alternatives)


def _packed(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, Decimal):
        return {"n": str(value)}
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"a list cannot be sorted by {type(value).__name__}")


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        readers: dict[str, Callable[[str], Any]] = {
            "t": datetime.fromisoformat,
            "d": date.fromisoformat,
            "n": Decimal,
        }
        return readers[kind](text)
    if isinstance(value, list):
        raise TypeError
    return value


def _fits(key: Key, value: Any) -> bool:
    if value is None:
        return key.nullable
    if isinstance(value, str) and ("\0" in value or any("\ud800" <= c <= "\udfff" for c in value)):
        return False
    if isinstance(value, datetime) and value.tzinfo is None:
        return False
    if isinstance(value, float | Decimal) and not isfinite(value):
        return False
    if isinstance(value, int | float | Decimal) and not _within(value, _largest(key)):
        return False
    try:
        wanted = _stored(key).python_type
    except NotImplementedError:
        return isinstance(value, str | int | float)
    if wanted in (int, float, Decimal):
        return type(value) in (int, float, Decimal)
    return type(value) is wanted


def _within(value: float | Decimal, largest: int) -> bool:
    return -largest < value < largest


def _stored(key: Key) -> Any:
    """The SQL type under a type of ours (a `TypeDecorator` itself says only "object")."""
    kind = key.expression.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def _largest(key: Key) -> int:
    kind = _stored(key)
    return 2**31 if isinstance(kind, Integer) and not isinstance(kind, BigInteger) else 2**63
