"""How a form document changes: a field placed, changed, moved, removed. Each answers a new document."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from campapp.core.form.asked import all_fields
from campapp.core.form.schema import instant

Declared = dict[str, Any]
MOMENTS = ("due", "freeze")


def digest(part: Any) -> str:
    """What a field or section says, in short: whoever changes it names what they looked at."""
    body = json.dumps(part, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def fresh_key(kind: str, taken: Iterable[str]) -> str:
    """A key that no field has or had: `money_3`."""
    used = set(taken)
    return next(f"{kind}_{n}" for n in range(1, 10_000) if f"{kind}_{n}" not in used)


def with_section(document: Declared, key: str, title_zh: str, title_en: str) -> Declared:
    """A further section at the end."""
    made = copy.deepcopy(document)
    made["sections"].append({"key": key, "title_zh": title_zh, "title_en": title_en, "fields": []})
    return made


def with_titles(document: Declared, key: str, title_zh: str, title_en: str) -> Declared:
    """A section by other titles."""
    made = copy.deepcopy(document)
    for section in made["sections"]:
        if section["key"] == key:
            section |= {"title_zh": title_zh, "title_en": title_en}
    return made


def without_section(document: Declared, key: str) -> Declared:
    """Without a section that has no fields."""
    made = copy.deepcopy(document)
    made["sections"] = [s for s in made["sections"] if s["key"] != key or s["fields"]]
    return made


def placed(document: Declared, field: Declared, section: str, place: int | None = None) -> Declared:
    """With a further field, at a place of a section or at its end."""
    made = copy.deepcopy(document)
    fields = next(s for s in made["sections"] if s["key"] == section)["fields"]
    fields.insert(len(fields) if place is None else place, copy.deepcopy(field))
    return made


def changed(document: Declared, key: str, field: Declared) -> Declared:
    """With a field as it is now."""
    made = copy.deepcopy(document)
    for section in made["sections"]:
        section["fields"] = [copy.deepcopy(field) if f["key"] == key else f for f in section["fields"]]
    return made


def removed(document: Declared, key: str) -> Declared:
    """Without a field."""
    made = copy.deepcopy(document)
    for section in made["sections"]:
        section["fields"] = [f for f in section["fields"] if f["key"] != key]
    return made


def moved(document: Declared, key: str, section: str, place: int) -> Declared:
    """With a field at another place, perhaps of another section (`place` counts without the field itself)."""
    field = next(f for f in all_fields(document) if f["key"] == key)
    return placed(removed(document, key), field, section, place)


def stepped(document: Declared, key: str, by: int) -> Declared:
    """With a field one place up (-1) or down (1), over the edge of its section into the next one."""
    sections = document["sections"]
    at = next(n for n, s in enumerate(sections) if any(f["key"] == key for f in s["fields"]))
    place = next(n for n, f in enumerate(sections[at]["fields"]) if f["key"] == key) + by
    if 0 <= place < len(sections[at]["fields"]):
        return moved(document, key, sections[at]["key"], place)
    if not 0 <= at + by < len(sections):
        return document
    other = sections[at + by]
    return moved(document, key, other["key"], len(other["fields"]) if by < 0 else 0)


# ------------------------------------------------------------------------------------------------ dates in it
def shifted(document: Declared, by: timedelta) -> Declared:
    """With due and freeze dates so many days later, for a copy of the programme."""
    return _with_moments(document, lambda said: f"{instant(said, 'UTC') + by:%Y-%m-%d %H:%M:%S}")


def at_same_instants(document: Declared, before: str, after: str) -> Declared:
    """With due and freeze dates as another zone's clock shows the same instants."""
    return _with_moments(document, lambda said: _shown(instant(said, before), after))


def without_moments(document: Declared) -> Declared:
    """Without due and freeze dates, which belong to one programme."""
    made = copy.deepcopy(document)
    for field in all_fields(made):
        for name in MOMENTS:
            field.pop(name, None)
    return made


def _shown(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"


def _with_moments(document: Declared, change: Any) -> Declared:
    made = copy.deepcopy(document)
    for field in all_fields(made):
        for name in MOMENTS:
            if field.get(name):
                field[name] = change(field[name])
    return made
