"""What a form document says of lengths, choices and bounds, held against what it may say."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from campapp.core.form import kinds
from campapp.core.language import gettext as _

Declared = dict[str, Any]
MOST_CHOICES = 200
_WHOLE = ("longest", "megabytes", "count", "decimals")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a document, and where."""

    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}" if self.where else self.words


def limits(field: Declared, where: str) -> Iterator[Problem]:
    """What is wrong with a question's lengths, numbers, choices and bounds."""
    for name in _WHOLE:
        if name in field and (type(field[name]) is not int or not 0 <= field[name] <= 1_000_000):
            yield Problem(where, _("“%(name)s” is a whole number.", name=name))
    if field["kind"] in kinds.LISTED:
        yield from _choices(field, where)
    if field["kind"] == "money" and field.get("unit", "元") not in ("元", "万元", "亿元"):
        yield Problem(where, _("The unit of money is 元, 万元 or 亿元."))
    yield from bounds(field, field["kind"], where)


def bounds(given: Declared, kind: str, where: str) -> Iterator[Problem]:
    """Least and most of a question, or of a condition on its answer."""
    read = _day if kind == "date" else _number
    try:
        found = [read(given[name]) for name in ("least", "most") if given.get(name) is not None]
    except (TypeError, ValueError, ArithmeticError):
        yield Problem(where, _("A bound cannot be read."))
        return
    if len(found) == 2 and found[0] > found[1]:  # type: ignore[operator]
        yield Problem(where, _("The least is more than the most."))


def _day(value: Any) -> date:
    """A day as documents write it; other ISO forms would not compare as text."""
    found = date.fromisoformat(value)
    if found.isoformat() != value:
        raise ValueError
    return found


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError
    return Decimal(str(value))


def _choices(field: Declared, where: str) -> Iterator[Problem]:
    listed = field.get("choices")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_CHOICES:
        yield Problem(where, _("Give the choices, one at least."))
        return
    values = [one.get("value") if isinstance(one, dict) else None for one in listed]
    if not all(isinstance(value, str) and 0 < len(value) <= 80 and "'" not in value for value in values):
        yield Problem(where, _("A choice has a value and words."))
    elif len(set(values)) < len(values):
        yield Problem(where, _("A choice is there twice."))
    elif not all(one.get("zh") or one.get("en") for one in listed):
        yield Problem(where, _("A choice needs words in one language at least."))
