"""What a follow-up asks: its form in use, its questions with their dates, and how answers stand to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from campapp.core.db import db
from campapp.core.form.asked import asked, by_key
from campapp.core.form.schema import instant
from campapp.dues.models import Due, DueFile
from campapp.programmes.models import FollowUp, FollowUpForm, Programme

Declared = dict[str, Any]


def documents_of(programme_id: int) -> dict[int, Declared]:
    """Follow-up → its form in use, of a whole programme; one statement."""
    mine = select(FollowUp.id).where(FollowUp.programme_id == programme_id)
    return documents(mine)


def documents(follow_ups: Any) -> dict[int, Declared]:
    """Follow-up → its form in use, of some; one statement."""
    rows = db.session.execute(
        select(FollowUpForm.follow_up_id, FollowUpForm.document)
        .where(FollowUpForm.follow_up_id.in_(follow_ups))
        .order_by(FollowUpForm.number)
    )
    return {row[0]: row[1] for row in rows}


def document_of(follow_up: FollowUp) -> Declared:
    """The form in use; before one is, nothing is asked."""
    newest = select(FollowUpForm).where(FollowUpForm.follow_up_id == follow_up.id)
    form = db.session.scalars(newest.order_by(FollowUpForm.number.desc()).limit(1)).one_or_none()
    return form.document if form else {"sections": []}


def dates_of(
    field: Declared, follow_up: FollowUp, programme: Programme
) -> tuple[datetime | None, datetime | None]:
    """When a question is due, and from when on its answer stays as it is: its freeze date, else when it is due."""
    due = instant(field["due"], programme.zone) if field.get("due") else follow_up.due_at
    locks = instant(field["freeze"], programme.zone) if field.get("freeze") else due
    return due, locks


def with_files(dues: Iterable[Due]) -> set[int]:
    """The ids of those to which a file was given."""
    ids = [due.id for due in dues]
    rows = select(DueFile.due_id).where(DueFile.due_id.in_(ids), DueFile.removed_at.is_(None))
    return set(db.session.scalars(rows))


def answers_of(dues: Iterable[Due]) -> Declared:
    """The answers as one document."""
    return {due.key: due.answer for due in dues if due.answer is not None}


def settle_states(dues: Collection[Due], document: Declared, files: Collection[int]) -> None:
    """Say of each of one subject's dues whether it is given, owed, open, or not asked; `files`: ids that have one."""
    fields, live = by_key(document), asked(document, answers_of(dues))
    for due in dues:
        if due.key not in fields:
            continue
        if due.key not in live:
            state = "not asked"
        elif due.answer is not None or due.id in files:
            state = "given"
        else:
            state = "owed" if fields[due.key].get("required") else "open"
        due.become(state)
