"""The choices of a question: rows of their own, or `专利/Patent; 其他/Other` in the line of a table's column."""

from __future__ import annotations

from typing import Any

from wtforms import Form as PlainForm
from wtforms import HiddenField

from campapp.core.form import fields

Declared = dict[str, Any]


class ChoiceRow(PlainForm):
    """A choice in both languages; its value stays when its words change."""

    value = HiddenField()
    zh = fields.line("中文", 200)
    en = fields.line("English", 200)


def listed(rows: list[Declared]) -> list[Declared]:
    """Choices with words; one without a value gets the next free."""
    taken = {row["value"] for row in rows if row["value"]}
    found = []
    for row in rows:
        if row["zh"] or row["en"]:
            value = row["value"] or next(f"c{n}" for n in range(1, 1000) if f"c{n}" not in taken)
            taken.add(value)
            found.append({"value": value, "zh": row["zh"] or "", "en": row["en"] or ""})
    return found


def said(column: Declared) -> str:
    """A column's choices as one line."""
    return "; ".join(f"{one.get('zh', '')}/{one.get('en', '')}" for one in column.get("choices", []))


def understood(line: str, before: list[Declared]) -> list[Declared]:
    """The choices of such a line; those that were there keep their values."""
    known = {(one.get("zh", ""), one.get("en", "")): one["value"] for one in before}
    rows = []
    for part in line.split(";"):
        zh, _slash, en = (half.strip() for half in part.partition("/"))
        if zh or en:
            rows.append({"value": known.get((zh, en), ""), "zh": zh, "en": en})
    return listed(rows)
