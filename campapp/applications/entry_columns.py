"""What the entry form adds to a list of applications: a column of files for each field, a filter for some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from campapp.applications.models import Answer, Application
from campapp.core.form import answers as kept
from campapp.core.form.asked import all_fields, words
from campapp.core.language import gettext as _
from campapp.core.list.columns import Column
from campapp.core.list.filters import Choice, DateRange, Filter, NumberRange, Option
from campapp.programmes.models import EntryForm

Document = dict[str, Any]
Frozen = Callable[[Application], Document]


def fields_of(forms: Sequence[EntryForm]) -> dict[str, dict[str, Any]]:
    """Every field that a version of the form has or had, by key; in the newest words, choices of all versions."""
    found: dict[str, dict[str, Any]] = {}
    for form in sorted(forms, key=lambda one: one.number, reverse=True):
        for field in all_fields(form.document):
            known = found.setdefault(field["key"], dict(field))
            if known is not field and field.get("choices"):
                values = {choice["value"] for choice in known.get("choices", [])}
                older = [choice for choice in field["choices"] if choice["value"] not in values]
                known["choices"] = [*known.get("choices", []), *older]
            known["filter"] = known.get("filter") or field.get("filter")
    return found


def columns(fields: dict[str, dict[str, Any]], frozen: Frozen, taken: set[str]) -> list[Column]:
    """A column of files for each field; two fields of one label are told apart by their keys."""
    found = []
    for key, field in fields.items():
        label = words(field, "label") or key
        if label in taken:
            label = f"{label} ({key})"
        taken.add(label)
        found.append(Column(f"answer_{key}", label, value=_answer(field, frozen), shown=False))
    return found


def _answer(field: dict[str, Any], frozen: Frozen) -> Callable[[Application], Any]:
    key, kind = field["key"], field["kind"]

    def value(application: Application) -> Any:
        document = frozen(application)
        if kind in {"file", "letter"}:
            return "; ".join(file["name"] for file in document.get("files", {}).get(key, []))
        answer = document.get("answers", {}).get(key)
        if kind == "table" and isinstance(answer, list):
            return "\n".join(_row(field, row) for row in answer)
        if kind in {"number", "money"} and isinstance(answer, int | float) and not isinstance(answer, bool):
            return Decimal(str(answer))
        if kind == "date" and answer:
            return date.fromisoformat(answer)
        return kept.shown(field, answer)

    return value


def _row(field: dict[str, Any], row: dict[str, Any]) -> str:
    cells = (
        f"{words(column, 'label')}: {kept.shown(column, row[column['key']])}"
        for column in field.get("columns", [])
        if row.get(column["key"]) not in (None, "")
    )
    return _(", ").join(cells)


def filters(fields: dict[str, dict[str, Any]], taken: set[str]) -> list[Filter]:
    """A filter for each field that the form marks as one to filter by, unless the list has its own (the TRL)."""
    found: list[Filter] = []
    for key, field in fields.items():
        if not field.get("filter") or key in taken:
            continue
        label, name = words(field, "label") or key, f"answer_{key}"
        if field["kind"] in {"number", "money"}:
            found.append(AnswerNumber(name, label, Answer.number, answer=key))
        elif field["kind"] == "date":
            found.append(AnswerDay(name, label, Answer.day, answer=key))
        elif field["kind"] in {"choice", "choices"}:
            found.append(Choice(name, label, None, [_option(field, choice) for choice in field["choices"]]))
    return found


def _option(field: dict[str, Any], choice: dict[str, str]) -> Option:
    value = choice["value"]

    def chosen() -> ColumnElement[bool]:
        wanted: ColumnElement[bool] = Answer.text == value
        if field["kind"] == "choices":  # several are kept as one text, each between quotes
            wanted = or_(wanted, Answer.text.contains(f"'{value}'", autoescape=True))
        return _with(field["key"], wanted)

    return Option(value, kept.shown(field, value), chosen)


def _with(key: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Application.id.in_(select(Answer.application_id).where(Answer.key == key, condition))


@dataclass(frozen=True)
class AnswerNumber(NumberRange):
    """A number that was answered, from … to …"""

    answer: str = ""

    def condition(self, listing: Any, value: tuple[Any, Any]) -> ColumnElement[bool]:
        return _with(self.answer, super().condition(listing, value))


@dataclass(frozen=True)
class AnswerDay(DateRange):
    """A day that was answered, from … to …"""

    answer: str = ""

    def condition(self, listing: Any, value: tuple[Any, Any]) -> ColumnElement[bool]:
        return _with(self.answer, super().condition(listing, value))
