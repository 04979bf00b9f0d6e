"""Entry forms declared as data, made into WTForms; `docs/forms.md` says what a document may hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from wtforms import BooleanField, Field, FieldList, FormField
from wtforms import Form as PlainForm
from wtforms.validators import StopValidation

from campapp.core.form import fields, kinds
from campapp.core.form.answers import plain
from campapp.core.form.asked import Declared, choice_words, words
from campapp.core.form.base import Form
from campapp.core.text import codes, money
from campapp.core.text.language import Unreadable, lazy_gettext

SHOWN = {"date": date.isoformat, "money": money.in_figures, "identity": codes.masked_identity}
FEW, MANY = 5, 15
"""So many choices stand as cards; more as a list to open; still more as one that is shortened by typing."""


def build(document: Declared, *, section: str | None = None, answers: Declared | None = None) -> type[Form]:
    """The form class of a document, or of one of its sections. Files are not in it: they are given on their own.

    Identity numbers stand masked in it; a mask that comes back means the number in `answers` that it stands for.
    A draft may have gaps, so nothing is required here; `answers.missing` looks at them on submission.
    """
    made: dict[str, Any] = {}
    for part in document.get("sections", []):
        if section in (None, part["key"]):
            for declared in part.get("fields", []):
                if declared["kind"] not in kinds.GIVEN:
                    made[declared["key"]] = _field(declared, (answers or {}).get(declared["key"]))
    return type("EntryForm", (Form,), made)


def _field(declared: Declared, kept: Any = None, *, in_cell: bool = False) -> Field:
    label, kind = words(declared, "label"), declared["kind"]
    said = [words(declared, "help"), words(declared, "because")]
    options: dict[str, Any] = {"description": " ".join(filter(None, said))}
    if kind in kinds.LISTED:
        return _choice(declared, label, options, in_cell=in_cell)
    if kind == "table":
        rows = [row for row in kept if isinstance(row, dict)] if isinstance(kept, list) else []
        cells = {
            column["key"]: _field(column, [row.get(column["key"]) for row in rows], in_cell=True)
            for column in declared["columns"]
        }
        row = type("Row", (PlainForm,), cells)
        # More rows than a table takes are read too, so that it can be said.
        return TableField(
            FormField(row),
            label,
            [Fits(declared)],
            min_entries=int(declared.get("least") or 1),
            max_entries=4 * kinds.MOST_ROWS,
            **options,
        )
    if kind == "consent":
        return ConsentField(label, declared=declared, **options)
    shown = SHOWN.get(kind, str)
    reader = partial(kinds.read, declared)
    if kind == "identity":
        reader = partial(_recognised, reader, kept if isinstance(kept, list) else [kept])
    if kind == "date":  # the picker's ends are days, the same to every reader's clock
        bounds = {"min": declared.get("least"), "max": declared.get("most")}
        options["render_kw"] = {name: day for name, day in bounds.items() if day}
    return fields.read(label, reader, kind=kind, shown=shown, **options)


def _recognised(reader: Callable[[str], Any], kept: Sequence[Any], typed: str) -> Any:
    """The number that a mask stands for, where it stands for one; else what was typed, read."""
    if "*" not in typed:
        return reader(typed)
    meant = {one for one in kept if isinstance(one, str) and codes.masked_identity(one) == typed.strip()}
    if len(meant) != 1:
        raise Unreadable(lazy_gettext("Type the whole number: these stars could stand for another."))
    return meant.pop()


def _choice(declared: Declared, label: str, options: dict[str, Any], *, in_cell: bool = False) -> Field:
    pairs = [(choice["value"], choice_words(choice)) for choice in declared["choices"]]
    # `Fits` says in the reader's own words what is not in the list.
    options |= {"validate_choice": False, "more": [Fits(declared)]}
    if declared["kind"] == "choices":
        return fields.several(label, pairs, **options)
    if in_cell or len(pairs) > FEW:
        return fields.select(
            label, fields.picked(pairs) if len(pairs) > MANY and not in_cell else pairs, **options
        )
    return fields.cards(label, pairs, **options)


class Fits:
    """The value fits the declared field."""

    def __init__(self, declared: Declared) -> None:
        self.declared = declared

    def __call__(self, _form: Any, field: Any) -> None:
        """Stop where the value does not fit; nothing given is a gap, and no misfit."""
        value = plain(field.data)
        if value in (None, "", [], {}):
            return
        try:
            kinds.check(self.declared, value)
        except Unreadable as problem:
            raise StopValidation(str(problem)) from None


class ConsentField(BooleanField):
    """A tick under a text; its data is the digest of the text that was agreed to, else None."""

    kind = "consent"

    def __init__(
        self, label: Any = None, validators: Any = None, *, declared: Declared, **options: Any
    ) -> None:
        super().__init__(label, validators, **options)
        self.agreed = kinds.digest(declared)

    def process_data(self, value: Any) -> None:
        """Ticked only where this very text was agreed to."""
        self.data = self.agreed if value == self.agreed else None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """A tick agrees to the text as it stands."""
        super().process_formdata(valuelist)
        self.data = self.agreed if self.data else None


class TableField(FieldList):
    """Rows of typed columns; `blank()` is an empty row for the page's template."""

    kind = "table"
    unbound_field: Any

    def blank(self) -> Field:
        """One empty row."""
        entry = self.unbound_field.bind(form=None, name=f"{self.short_name}-0", _meta=self.meta)
        entry.process(None, {})
        return entry  # type: ignore[no-any-return]
