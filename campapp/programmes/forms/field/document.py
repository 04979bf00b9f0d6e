"""A question to and fro: as the boxes of its page say it, as the form's document keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from campapp.core.form import kinds, schema
from campapp.core.form.answers import plain
from campapp.core.form.asked import names_in
from campapp.programmes.forms.field import choice, column, condition
from campapp.programmes.forms.field.condition import ConditionedForm

Declared = dict[str, Any]


def as_typed(field: Declared, document: Declared, zone: Any) -> dict[str, Any]:
    """A declared question as the form's values."""
    found = dict(field)
    for name in ("label", "help", "text", "because"):
        found[name] = {"zh": field.get(f"{name}_zh", ""), "en": field.get(f"{name}_en", "")}
    found |= condition.typed(field.get("when") or {}, document)
    found["seen_by"] = field.get("seen_by", list(schema.READERS))
    for name in ("due", "freeze"):
        found[name] = schema.instant(field[name], zone) if field.get(name) else None
    if field["kind"] == "date":
        found |= {name: date.fromisoformat(field[name]) for name in ("least", "most") if field.get(name)}
    if field["kind"] == "money":
        found |= {
            name: Decimal(str(field[name])) for name in ("least", "most") if field.get(name) is not None
        }
    if field["kind"] == "table":
        found["columns"], found["people"] = column.typed(field["columns"]), bool(names_in(field))
    return found


def declared_from(form: ConditionedForm, field: Declared, zone: Any, taken: Iterable[str] = ()) -> Declared:
    """What the organiser set up, as the document keeps it; what says nothing leaves its key out.

    `taken`: keys that no new column may have.
    """
    values, kind = form.values, field["kind"]
    found: Declared = {"key": field["key"], "kind": kind}
    plain_ones = ("longest", "least", "most", "decimals", "unit", "kinds", "megabytes", "count", "profile")
    pairs = [f"{name}_{lang}" for name in ("label", "help", "text", "because") for lang in ("zh", "en")]
    for name in (*pairs, *plain_ones, "required", "confidential", "again", "filter", "badges", "recommender"):
        value = plain(values.get(name))
        if value not in (None, "", [], False):
            found[name] = value
    if "seen_by" in values and set(values["seen_by"] or []) != set(schema.READERS):
        found["seen_by"] = [one for one in schema.READERS if one in (values["seen_by"] or [])]
    for name in ("due", "freeze"):
        if values[name]:
            found[name] = f"{values[name].astimezone(zone):%Y-%m-%d %H:%M:%S}"
    if when := condition.declared(form):
        found["when"] = when
    if kind in kinds.LISTED:
        found["choices"] = choice.listed(values["choices"])
    if kind == "table":
        found["columns"] = column.declared(values["columns"], field.get("columns", []), taken)
        found |= _people(bool(values["people"]), field) if "people" in values else {}
    return found


def _people(ticked: bool, before: Declared) -> Declared:
    """Whether the rows are people, said only where somebody said so: else a column of names decides, also a new one."""
    if ticked != bool(names_in(before)):
        return {"people": ticked}
    return {"people": before["people"]} if "people" in before else {}
