"""What is owed is handed in: answers, and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update

from campapp.applications.models import Application
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.events import Stale
from campapp.core.files import StoredFile, add
from campapp.core.form import composing
from campapp.core.form.asked import by_key
from campapp.core.language import gettext as _
from campapp.dues import asking
from campapp.dues.models import Due, DueFile
from campapp.dues.rules import hands_in, hands_in_file
from campapp.programmes.models import FollowUp, Participation

Subject = Application | Participation
MOST_FILES = 10
"""In one question, unless it says otherwise."""


def rows_of(follow_up: FollowUp, subject: Subject, *, locked: bool = False) -> dict[str, Due]:
    """What a follow-up asks of one team or company, by key, in order."""
    link = Due.application_id if isinstance(subject, Application) else Due.participation_id
    found = (
        select(Due)
        .where(Due.follow_up_id == follow_up.id, link == subject.id, Due.dropped_at.is_(None))
        .order_by(Due.position, Due.id)
    )
    if locked:
        found = found.with_for_update(key_share=True).execution_options(populate_existing=True)
    return {due.key: due for due in db.session.scalars(found)}


@action("follow_up_answered", rule=hands_in)
def answer(
    act: Act, subject: Subject, follow_up: FollowUp, values: Mapping[str, Any], seen: Mapping[str, str] | None = None
) -> None:  # fmt: skip
    """Keep what was typed; gaps are kept as gaps. `seen`: the digest of each answer as the writer looked at it.

    Raises:
        Stale: somebody else of the same side changed one of these meanwhile.  Refused: one is locked.
    """
    rows, changed = rows_of(follow_up, subject, locked=True), []
    for key, value in values.items():
        due, wanted = rows.get(key), value if value not in (None, "", [], {}) else None
        if due is None or due.answer == wanted:
            continue
        refuse_locked(due, act)
        if seen is not None and key in seen and seen[key] != composing.digest(due.answer):
            raise Stale(due, 0)
        due.answer, due.given_at = wanted, act.at
        due.account_id, due.name = act.by.account_id, act.by.name
        changed.append(key)
    _settled(follow_up, rows)
    act.about(follow_up)
    act.note(keys=changed)


def refuse_locked(due: Due, act: Act) -> None:
    """Raise `Refused` where its time has passed."""
    if due.is_locked(act.at):
        raise Refused(
            "follow_up_answered", _("This is locked: its time has passed. Ask the organiser to unlock it.")
        )


def _settled(follow_up: FollowUp, rows: Mapping[str, Due]) -> None:
    db.session.flush()
    asking.settle_states(list(rows.values()), asking.document_of(follow_up), asking.with_files(rows.values()))


@action("follow_up_file_given", rule=hands_in)
def give_file(
    act: Act, subject: Subject, follow_up: FollowUp, field: dict[str, Any], stored: StoredFile
) -> DueFile:
    """A file as an answer; its bytes are on disk already. A letter is one PDF: a new scan takes its place.

    Raises:
        Refused: it is locked, or has as many files as it takes.
    """
    rows = rows_of(follow_up, subject, locked=True)
    due = rows[field["key"]]
    refuse_locked(due, act)
    _make_room(due, field, act)
    add(stored)
    row = DueFile(due_id=due.id, file_id=stored.id)
    db.session.add(row)
    due.given_at, due.account_id, due.name = act.at, act.by.account_id, act.by.name
    _settled(follow_up, rows)
    act.about(follow_up)
    act.note(key=due.key, sha256=stored.sha256)
    return row


def _make_room(due: Due, field: dict[str, Any], act: Act) -> None:
    standing = (DueFile.due_id == due.id, DueFile.removed_at.is_(None))
    most = int(field.get("count") or MOST_FILES)
    if field["kind"] == "letter":
        db.session.execute(update(DueFile).where(*standing).values(removed_at=act.at))
    elif (db.session.scalar(select(func.count()).where(*standing)) or 0) >= most:
        raise Refused(
            "follow_up_file_given", _("%(n)s files at most are possible here. Take one away first.", n=most)
        )


@action("follow_up_file_taken_away", rule=hands_in_file)
def take_file_away(act: Act, file: DueFile) -> None:
    """It is owed again, if it was the only one."""
    _move_file(act, file, gone=True)


@action("follow_up_file_given_back", rule=hands_in_file)
def give_file_back(act: Act, file: DueFile) -> None:
    """Undo, as long as the file could be given anew.

    Raises:
        Refused: it is locked, or has as many files as it takes.
    """
    _move_file(act, file, gone=False)


def _move_file(act: Act, file: DueFile, *, gone: bool) -> None:
    due = db.session.get_one(Due, file.due_id)
    refuse_locked(due, act)
    follow_up = db.session.get_one(FollowUp, due.follow_up_id)
    if file.removed_at is not None and not gone:
        _make_room(due, by_key(asking.document_of(follow_up)).get(due.key) or {"kind": "file"}, act)
    file.removed_at = act.at if gone else None
    _settled(follow_up, rows_of(follow_up, subject_of(due), locked=True))
    act.about(follow_up)


def subject_of(due: Due) -> Subject:
    """The team's application or the company's participation that owes it."""
    if due.application_id is not None:
        return db.session.get_one(Application, due.application_id)
    return db.session.get_one(Participation, due.participation_id)
