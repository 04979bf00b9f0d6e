"""What a form document says of lengths, choices and bounds, held against what it may say."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from campapp.core.form import kinds
from campapp.core.form.faults import Place, Problem
from campapp.core.form.wording import CHOICE, texts
from campapp.core.language import gettext as _
from campapp.core.text import lines, money
from campapp.core.text.language import Unreadable

Declared = dict[str, Any]
MOST_CHOICES = 200
_WHOLE = {"longest": (1, 20_000), "megabytes": (1, 2048), "count": (1, 50), "decimals": (0, 6)}
_YEARS = (date(1900, 1, 1), date(2200, 12, 31))
"""Days that somebody may type."""


def limits(field: Declared, at: Place) -> Iterator[Problem]:
    """What is wrong with a question's lengths, numbers, choices and bounds."""
    for name, (least, most) in _WHOLE.items():
        if name in field:
            yield from _whole(field, name, least, most, at)
    kind = field["kind"]
    if kind in kinds.LISTED:
        yield from _choices(field, at)
    if kind == "money" and field.get("unit", "元") not in ("元", "万元", "亿元"):
        yield at.fault(_("The unit of money is 元, 万元 or 亿元."), "unit")
    if kind in {"table", "choices"}:
        yield from _counted(field, at)
    elif kind in kinds.COMPARED:
        yield from bounds(field, kind, at) or _answerable(field, kind, at)


def _whole(field: Declared, name: str, least: int, most: int, at: Place) -> list[Problem]:
    if type(field[name]) is int and least <= field[name] <= most:
        return []
    words = _("Give a whole number from %(least)s to %(most)s.", least=least, most=most)
    return [at.inside(name).fault(words, name)]


def _counted(field: Declared, at: Place) -> list[Problem]:
    """How many rows or choices: no more than there can be."""
    listed = field.get("choices")
    most = kinds.MOST_ROWS if field["kind"] == "table" else len(listed) if isinstance(listed, list) else 1
    found = [
        problem
        for name, least in (("least", 0), ("most", 1))
        if name in field
        for problem in _whole(field, name, least, max(most, 1), at)
    ]
    if not found and field.get("least", 0) > field.get("most", most):
        found = [at.fault(_("The least is more than the most."), "most")]
    return found


def bounds(given: Declared, kind: str, at: Place, box: str = "") -> list[Problem]:
    """Least and most of a question, or (with its box) of a condition on its answer."""
    read = _day if kind == "date" else _number
    try:
        found: list[Any] = [read(given[name]) for name in ("least", "most") if name in given]
    except (TypeError, ValueError, ArithmeticError):
        return [at.fault(_("A bound cannot be read."), box or "least")]
    if len(found) == 2 and found[0] > found[1]:
        return [at.fault(_("The least is more than the most."), box or "most")]
    return []


def _answerable(field: Declared, kind: str, at: Place) -> list[Problem]:
    """Whether anything that can be typed lies between the bounds."""
    if kind == "date":
        least, most = (_day(field[name]) if name in field else end for name, end in zip(("least", "most"), _YEARS,
                                                                                        strict=True))  # fmt: skip
        fits = max(least, _YEARS[0]) <= min(most, _YEARS[1])
    else:
        ends = (
            (Decimal(0), money.MOST - money.CENT)
            if kind == "money"
            else (-kinds.MOST_NUMBER, kinds.MOST_NUMBER)
        )
        low, high = (_number(field[name]) if name in field else end for name, end in zip(("least", "most"), ends,
                                                                                         strict=True))  # fmt: skip
        if low < ends[0] or high > ends[1]:
            return [
                at.fault(_("A bound is beyond what can be answered."), "least" if low < ends[0] else "most")
            ]
        decimals = 2 if kind == "money" else field.get("decimals")
        sound = type(decimals) is int and 0 <= decimals <= _WHOLE["decimals"][1]
        fits = low <= high and (not sound or _between(low, high, int(decimals or 0)))
    return [] if fits else [at.fault(_("Nothing that could be answered lies between the bounds."), "most")]


def _between(low: Decimal, high: Decimal, decimals: int) -> bool:
    scale = Decimal(10) ** decimals
    return math.ceil(low * scale) <= math.floor(high * scale)


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


def _choices(field: Declared, at: Place) -> Iterator[Problem]:
    listed = field.get("choices")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_CHOICES:
        yield at.fault(_("Give the choices, from 1 to %(n)s.", n=MOST_CHOICES), "choices")
        return
    taken: set[str] = set()
    for number, one in enumerate(listed, start=1):
        here = at.inside(_("choice %(n)s", n=number))
        if not isinstance(one, dict) or not _is_value(one.get("value")):
            yield here.fault(_("A choice has a value of at most 80 characters, and words."), "choices")
            continue
        if one["value"] in taken:
            yield here.fault(_("A choice is there twice."), "choices")
        taken.add(one["value"])
        if set(one) - {"value", *CHOICE}:
            yield here.fault(_("A choice has `value`, `zh` and `en`, and nothing else."), "choices")
        for problem in texts(one, CHOICE, here):
            yield here.fault(problem.words, "choices")
        if not any(isinstance(one.get(name), str) and one[name].strip() for name in CHOICE):
            yield here.fault(_("A choice needs words in one language at least."), "choices")


def _is_value(value: Any) -> bool:
    try:
        return (
            isinstance(value, str) and bool(value) and lines.one_line(value, 80) == value and "'" not in value
        )
    except Unreadable:
        return False
