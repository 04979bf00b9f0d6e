"""Who comes, by name: what teams and companies listed in a follow-up, for badges."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from campapp.core.db import db
from campapp.core.form.asked import all_fields
from campapp.dues import asking
from campapp.dues.models import Due

Person = tuple[str, str]
"""Name, and what stands under it."""


def coming(programme_id: int, link: Any) -> dict[int, list[Person]]:
    """Those listed, by application or participation; `link`: the column of `Due` that names it.

    Of several follow-ups that ask for it the newest that was answered counts.
    """
    tables = {
        (follow_up, field["key"]): field
        for follow_up, document in asking.documents_of(programme_id).items()
        for field in all_fields(document)
        if field.get("badges")
    }
    if not tables:
        return {}
    rows = db.session.execute(
        select(Due.follow_up_id, Due.key, link, Due.answer)
        .where(Due.programme_id == programme_id, link.is_not(None), Due.stands == "given",
               Due.dropped_at.is_(None), Due.key.in_({key for _id, key in tables}))
        .order_by(Due.follow_up_id, Due.position, Due.id)
    )  # fmt: skip
    found: dict[int, dict[int, list[Person]]] = {}
    for follow_up, key, subject, answer in rows:
        if (follow_up, key) in tables and isinstance(answer, list):
            people = _people(tables[follow_up, key], answer)
            found.setdefault(subject, {}).setdefault(follow_up, []).extend(people)
    newest = {
        subject: next((named for _id, named in sorted(lists.items(), reverse=True) if named), [])
        for subject, lists in found.items()
    }
    return {subject: named for subject, named in newest.items() if named}


def _people(field: dict[str, Any], rows: list[dict[str, Any]]) -> list[Person]:
    texts = [column["key"] for column in field["columns"] if column["kind"] == "text"]
    if not texts:
        return []
    under = texts[1] if len(texts) > 1 else ""
    return [(str(row[texts[0]]), str(row.get(under, ""))) for row in rows if row.get(texts[0])]
