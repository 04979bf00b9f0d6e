"""Answers: kept as one JSON document in which a missing answer leaves its key out, never null."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from campapp.core.form import kinds
from campapp.core.form.asked import Declared, all_fields, asked, choice_words, words
from campapp.core.form.base import Form
from campapp.core.language import gettext as _
from campapp.core.text import codes, moments, money
from campapp.core.text.language import Unreadable


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [kept for one in value if (kept := plain(one)) not in (None, "", {})]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if one not in (None, "")}
    return value


def answers_of(form: Form) -> dict[str, Any]:
    """What a form says, as the document keeps it."""
    return {
        name: kept for name, value in form.values.items() if (kept := plain(value)) not in (None, "", [], {})
    }


def for_form(document: Declared, answers: dict[str, Any]) -> dict[str, Any]:
    """Kept answers as a form takes them (dates are dates again, amounts decimals)."""
    found = dict(answers)
    for field in all_fields(document):
        key = field["key"]
        if key not in found:
            continue
        if field["kind"] == "table" and isinstance(found[key], list):
            found[key] = [
                {c["key"]: _for_control(c, row[c["key"]]) for c in field["columns"] if c["key"] in row}
                for row in found[key]
            ]
        else:
            found[key] = _for_control(field, found[key])
    return found


def _for_control(field: Declared, value: Any) -> Any:
    try:
        if field["kind"] == "date" and isinstance(value, str):
            return date.fromisoformat(value)
        if field["kind"] == "money" and isinstance(value, int | float):
            return Decimal(str(value))
    except ValueError:
        return None
    return value


def missing(
    document: Declared, answers: dict[str, Any], with_files: Collection[str], later: Collection[str] = ()
) -> dict[str, str]:
    """What a submission still lacks: field key → words. An optional file never blocks, nor what may follow `later`."""
    found: dict[str, str] = {}
    live = asked(document, answers)
    for field in all_fields(document):
        key = field["key"]
        if not field.get("required") or key not in live or key in later:
            continue
        if key not in answers if field["kind"] not in kinds.GIVEN else key not in with_files:
            found[key] = _("“%(label)s” is still missing.", label=words(field, "label"))
    return found


def misfits(document: Declared, answers: dict[str, Any]) -> dict[str, str]:
    """Kept answers that are not whole yet, or no longer fit, say a newer version: field key → words."""
    found: dict[str, str] = {}
    live = asked(document, answers)
    for field in all_fields(document):
        key = field["key"]
        if key not in answers or key not in live or field["kind"] in kinds.GIVEN:
            continue
        try:
            kinds.check(field, answers[key])
            kinds.complete(field, answers[key])
        except Unreadable as problem:
            found[key] = f"{words(field, 'label')}: {problem}"
        except (TypeError, ValueError, ArithmeticError):
            found[key] = _("“%(label)s” needs another look.", label=words(field, "label"))
    return found


@dataclass(frozen=True)
class Typed:
    """An answer that lists filter by, as a typed row."""

    key: str
    text: str | None = None
    number: Decimal | None = None
    day: date | None = None


def typed(document: Declared, answers: dict[str, Any]) -> list[Typed]:
    """The typed rows of the filterable answers."""
    found = []
    for field in all_fields(document):
        value = answers.get(field["key"])
        # A credit code is found by, whether or not lists filter by it: one entry an organisation. So is who recommends.
        found_by = field.get("filter") or field.get("recommender") or field["kind"] == "credit"
        if not found_by or value is None:
            continue
        if field["kind"] in {"number", "money"}:
            found.append(Typed(field["key"], number=Decimal(str(value))))
        elif field["kind"] == "date":
            found.append(Typed(field["key"], day=date.fromisoformat(value)))
        else:
            found.append(Typed(field["key"], text=str(value)[:200]))
    return found


# ------------------------------------------------------------------------------------------------ in words
def shown(field: Declared, value: Any, locale: str | None = None, *, masked: bool = False) -> str:
    """An answer as a reader sees it: a choice by its words, money in full, a table as its number of rows."""
    if value is None:
        return ""
    kind = field["kind"]
    if kind in kinds.LISTED:
        names = {choice["value"]: choice_words(choice, locale) for choice in field["choices"]}
        chosen = value if isinstance(value, list) else [value]
        return "; ".join(names.get(one, str(one)) for one in chosen)
    if kind == "table":
        return str(len(value))
    if kind == "consent":
        return _("Agreed")
    if kind == "money":
        return money.in_full(Decimal(str(value)))
    if kind == "date":
        return moments.day_shown(date.fromisoformat(str(value)))
    if kind == "phone":
        return codes.masked_phone(str(value)) if masked else codes.phone_shown(str(value))
    if kind == "identity":
        return codes.masked_identity(str(value))  # whole only where somebody opens it with a reason
    unit = f" {field['unit']}" if field.get("unit") else ""
    return f"{value}{unit}"


def masked(document: Declared, answers: dict[str, Any]) -> dict[str, Any]:
    """Answers with each identity number masked, for a page that reads them by script."""
    found = dict(answers)
    for field in all_fields(document):
        key = field["key"]
        if key in found and kinds.asks_identity(field):
            found[key] = _masked(field, found[key])
    return found


def _masked(field: Declared, value: Any) -> Any:
    if field["kind"] == "identity":
        return codes.masked_identity(str(value))
    secret = kinds.identity_columns(field)
    return [
        {key: codes.masked_identity(str(one)) if key in secret else one for key, one in row.items()}
        for row in value
    ]


def sums(field: Declared, rows: Any) -> dict[str, str]:
    """The sums of a table's columns that have one, in words; empty without rows."""
    found: dict[str, str] = {}
    for column in field.get("columns", []):
        if column.get("sum") and isinstance(rows, list) and rows:
            total = sum(
                (Decimal(str(row[column["key"]])) for row in rows if column["key"] in row), Decimal(0)
            )
            found[column["key"]] = money.in_figures(total) if column["kind"] == "money" else f"{plain(total)}"
    return found
