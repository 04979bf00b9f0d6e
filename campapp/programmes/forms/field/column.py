"""The columns of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import Form as PlainForm
from wtforms import HiddenField

from campapp.core.form import fields, kinds
from campapp.core.language import lazy_gettext as _l
from campapp.core.language import lazy_pgettext as _pl
from campapp.programmes.forms.field import choice
from campapp.programmes.forms.field.words import KIND_WORDS

Declared = dict[str, Any]
KEPT = ("longest", "least", "most", "decimals")
"""What a ready-made column has beyond the boxes of the page."""


class ColumnRow(PlainForm):
    """A column of a follow-up's table. Choices: `专利/Patent; 其他/Other`."""

    key = HiddenField()
    label_zh = fields.line("中文", 100)
    label_en = fields.line("English", 100)
    kind = fields.select(
        _l("Kind"), [(kind, KIND_WORDS[kind]) for kind in kinds.CELLS if kind != "identity"], required=True
    )
    required = fields.tick(_l("Required"))
    sum = fields.tick(_pl("question", "Sum"))
    unit = fields.line(_pl("question", "Unit"), 20)
    choices = fields.line(_l("Choices"), 1000)


class EntryColumnRow(ColumnRow):
    """A column of an entry form's table, which may ask for identity numbers too."""

    kind = fields.select(_l("Kind"), [(kind, KIND_WORDS[kind]) for kind in kinds.CELLS], required=True)


def typed(columns: list[Declared]) -> list[Declared]:
    """Declared columns as the rows of the page."""
    return [{**column, "choices": choice.said(column)} for column in columns]


def declared(rows: list[Declared], before: list[Declared], taken: Iterable[str] = ()) -> list[Declared]:
    """The rows of the page as the document keeps them.

    A column that was there keeps its key as long as it keeps its kind, for a key never means two kinds; `taken`: by
    columns of earlier versions.
    """
    old = {column["key"]: column for column in before}
    used, found = {*old, *taken}, []
    for row in rows:
        if not (row["label_zh"] or row["label_en"]):
            continue
        was = old.get(row["key"] or "", {})
        same = was if was.get("kind") == row["kind"] else {}
        key = same.get("key") or next(f"c{n}" for n in range(1, 10_000) if f"c{n}" not in used)
        used.add(key)
        column: Declared = {name: same[name] for name in KEPT if name in same}
        column |= {"key": key, "kind": row["kind"]}
        for name in ("label_zh", "label_en", "unit", "required", "sum"):
            if row[name] and not (name == "sum" and row["kind"] not in {"number", "money"}):
                column[name] = row[name]
        if row["kind"] == "choice":
            column["choices"] = choice.understood(row["choices"] or "", same.get("choices", []))
        found.append(column)
    return found
