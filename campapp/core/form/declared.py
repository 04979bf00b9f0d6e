"""Entry forms declared as data: sections of fields, made into WTForms, and answers kept as one document.

A form document: `{"sections": [{"key", "title_zh", "title_en", "fields": [field …]}]}`; a field: `{"key", "kind",
"label_zh", "label_en", "help_zh"?, "help_en"?, "required"?, "longest"?, "least"?, "most"?, "unit"?, "choices"?:
[{"value", "zh", "en"}], "columns"?: [field …], "filter"?, "confidential"?, "megabytes"?, "kinds"?: ["pdf" …],
"profile"?}`. Kinds: `text`, `long`, `choice`, `choices`, `number`, `date`, `link`, `file`, `table`. An answer that
is missing leaves its key out, never null. `profile` names the column of the team or project that the answer also is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import Field, FieldList, FormField
from wtforms import Form as PlainForm

from campapp.core.form import fields
from campapp.core.form.base import Form
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.text import lines
from campapp.core.text.language import Unreadable, lazy_gettext

KINDS = ("text", "long", "choice", "choices", "number", "date", "link", "file", "table")
MOST_ROWS = 50


@dataclass(frozen=True)
class Words:
    """A declared thing's words, so that `say` finds them."""

    title_zh: str = ""
    title_en: str = ""
    label_zh: str = ""
    label_en: str = ""
    help_zh: str = ""
    help_en: str = ""


def words(declared: dict[str, Any], name: str, locale: str | None = None) -> str:
    """A declared label, title or help in the reader's language."""
    both = {f"{name}_zh": declared.get(f"{name}_zh", ""), f"{name}_en": declared.get(f"{name}_en", "")}
    return say(Words(**both), name, locale)


def all_fields(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every field of a form document, in order."""
    for section in document.get("sections", []):
        yield from section.get("fields", [])


def build(document: dict[str, Any], *, section: str | None = None) -> type[Form]:
    """The form class of a document, or of one of its sections. Files are not in it: they are given on their own."""
    made: dict[str, Any] = {}
    for part in document.get("sections", []):
        if section in (None, part["key"]):
            for declared in part.get("fields", []):
                if declared["kind"] != "file":
                    made[declared["key"]] = _field(declared)
    return type("EntryForm", (Form,), made)


def _field(declared: dict[str, Any]) -> Field:
    label, required = (
        words(declared, "label"),
        False,
    )  # a draft may have gaps; `missing` looks at them on submission
    options: dict[str, Any] = {"description": words(declared, "help")}
    kind = declared["kind"]
    if kind == "text":
        return fields.line(label, declared.get("longest", 200), required=required, **options)
    if kind == "long":
        return fields.text(label, declared.get("longest", 2000), required=required, **options)
    if kind in {"choice", "choices"}:
        pairs = [(c["value"], say(_Choice(c["zh"], c["en"]), "label")) for c in declared["choices"]]
        if kind == "choices":
            return fields.several(label, pairs, **options)
        return (
            fields.cards(label, pairs, **options)
            if len(pairs) <= 5
            else fields.select(label, pairs, **options)
        )
    if kind == "number":
        return fields.read(label, _number(declared), kind="number", **options)
    if kind == "date":
        return fields.day(label, **options)
    if kind == "link":
        return fields.read(label, read_link, kind="link", **options)
    if kind == "table":
        return TableField(FormField(_row(declared)), label, max_entries=MOST_ROWS, **options)
    raise ValueError(f"no field kind {kind!r}")


@dataclass(frozen=True)
class _Choice:
    label_zh: str
    label_en: str


class TableField(FieldList):
    """Rows of typed columns; `blank()` is an empty row for the page's template."""

    kind = "table"
    unbound_field: Any

    def blank(self) -> Field:
        """One empty row."""
        entry = self.unbound_field.bind(form=None, name=f"{self.short_name}-0", _meta=self.meta)
        entry.process(None, {})
        return entry  # type: ignore[no-any-return]


def _row(declared: dict[str, Any]) -> type[PlainForm]:
    return type("Row", (PlainForm,), {column["key"]: _field(column) for column in declared["columns"]})


def _number(declared: dict[str, Any]) -> Any:
    least, most = Decimal(str(declared.get("least", -(10**12)))), Decimal(str(declared.get("most", 10**12)))

    def reader(typed: str) -> Decimal:
        bare = lines.one_line(typed, 40).replace(",", "").replace(" ", "")
        try:
            value = Decimal(bare)
        except ArithmeticError:
            raise Unreadable(lazy_gettext("This is not a number.")) from None
        if not value.is_finite() or not least <= value <= most:
            raise Unreadable(
                lazy_gettext("Give a number from %(least)s to %(most)s.", least=least, most=most)
            )
        return value

    return reader


def read_link(typed: str) -> str:
    """A web address."""
    link = lines.one_line(typed, 500)
    if not link.startswith(("http://", "https://")) or " " in link or len(link) < 11:
        raise Unreadable(lazy_gettext("A link begins with https://"))
    return link


# ------------------------------------------------------------------------------------------------ answers
def plain(value: Any) -> Any:
    """A field's value as JSON keeps it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(one) for one in value if one not in (None, "", {})]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if one not in (None, "")}
    return value


def answers_of(form: Form) -> dict[str, Any]:
    """What a form says, as the document keeps it: a missing answer leaves its key out."""
    return {
        name: kept for name, value in form.values.items() if (kept := plain(value)) not in (None, "", [], {})
    }


def for_form(document: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """Kept answers as a form takes them (dates are dates again)."""
    found = dict(answers)
    for declared in all_fields(document):
        if declared["kind"] == "date" and isinstance(found.get(declared["key"]), str):
            found[declared["key"]] = date.fromisoformat(found[declared["key"]])
    return found


def missing(document: dict[str, Any], answers: dict[str, Any], given_files: set[str]) -> dict[str, str]:
    """What a submission still lacks: field key → words. An optional file never blocks."""
    found: dict[str, str] = {}
    for declared in all_fields(document):
        key = declared["key"]
        if not declared.get("required"):
            continue
        if key not in answers if declared["kind"] != "file" else key not in given_files:
            found[key] = _("“%(label)s” is still missing.", label=words(declared, "label"))
    return found


@dataclass(frozen=True)
class Typed:
    """An answer that lists filter by, as a typed row."""

    key: str
    text: str | None = None
    number: Decimal | None = None
    day: date | None = None


def typed(document: dict[str, Any], answers: dict[str, Any]) -> list[Typed]:
    """The typed rows of the filterable answers."""
    found = []
    for declared in all_fields(document):
        value = answers.get(declared["key"])
        if not declared.get("filter") or value is None:
            continue
        if declared["kind"] == "number":
            found.append(Typed(declared["key"], number=Decimal(str(value))))
        elif declared["kind"] == "date":
            found.append(Typed(declared["key"], day=date.fromisoformat(value)))
        else:
            found.append(Typed(declared["key"], text=str(value)[:200]))
    return found


def shown(declared: dict[str, Any], value: Any, locale: str | None = None) -> str:
    """An answer as a reader sees it: a choice by its words, a table as its number of rows."""
    if value is None:
        return ""
    if declared["kind"] in {"choice", "choices"}:
        names = {c["value"]: say(_Choice(c["zh"], c["en"]), "label", locale) for c in declared["choices"]}
        chosen = value if isinstance(value, list) else [value]
        return "; ".join(names.get(one, str(one)) for one in chosen)
    if declared["kind"] == "table":
        return str(len(value))
    unit = f" {declared['unit']}" if declared.get("unit") else ""
    return f"{value}{unit}"
