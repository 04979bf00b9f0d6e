"""Files of an entry: given, taken away, given back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from campapp.applications.actions.draft import newest_form, refuse_frozen
from campapp.applications.models import Application, EntryFile
from campapp.applications.rules import editable, may_edit, of_own_team
from campapp.core.access import Refused, Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.core.files import StoredFile, add
from campapp.core.form.asked import by_key
from campapp.core.form.schema import READERS
from campapp.core.language import gettext as _

MOST_FILES = 10
"""In one field, unless it says otherwise."""


@rule
def of_own_entry(actor: Actor, file: EntryFile) -> Verdict:
    """A member of the team whose entry it is."""
    return of_own_team(actor, db.session.get_one(Application, file.application_id))


@action("file_given", rule=may_edit)
def give_file(act: Act, application: Application, field: dict[str, Any], stored: StoredFile) -> EntryFile:
    """A file as an answer to a field; its bytes are on disk already. A letter is one PDF: a new scan takes its place.

    Raises:
        Refused: the field is frozen, or has as many files as it takes.
    """
    key = field["key"]
    _make_room(application, field, act.at)
    add(stored)
    row = EntryFile(
        application_id=application.id, key=key, file_id=stored.id, confidential=bool(field.get("confidential")),
        for_companies="companies" in field.get("seen_by", READERS),
    )  # fmt: skip
    db.session.add(row)
    act.note(key=key, sha256=stored.sha256)
    return row


def _make_room(application: Application, field: dict[str, Any], at: datetime) -> None:
    refuse_frozen(application, field["key"], at)
    standing = (
        EntryFile.application_id == application.id,
        EntryFile.key == field["key"],
        EntryFile.removed_at.is_(None),
    )
    most = int(field.get("count") or MOST_FILES)
    if field.get("kind") == "letter":
        db.session.execute(update(EntryFile).where(*standing).values(removed_at=at))
    elif (db.session.scalar(select(func.count()).where(*standing)) or 0) >= most:
        raise Refused("file_given", _("%(n)s files at most are possible here. Take one away first.", n=most))


@action("file_taken_away", rule=of_own_entry)
def take_away(act: Act, file: EntryFile) -> None:
    """No longer part of the draft; what was submitted keeps it."""
    application = db.session.get_one(Application, file.application_id)
    editable.check(act.by, application)
    refuse_frozen(application, file.key, act.at)
    file.removed_at = act.at


@action("file_given_back", rule=of_own_entry)
def give_back(act: Act, file: EntryFile) -> None:
    """Undo of taking away, as long as the file could be given anew.

    Raises:
        Refused: the entry or the field is past being changed, or the field has as many files as it takes.
    """
    application = db.session.get_one(Application, file.application_id)
    editable.check(act.by, application)
    if file.removed_at is None:
        return
    _make_room(application, _field_of(application, file.key), act.at)
    file.removed_at = None


def _field_of(application: Application, key: str) -> dict[str, Any]:
    form = newest_form(application.programme_id)
    return (by_key(form.document).get(key) if form else None) or {"key": key}
