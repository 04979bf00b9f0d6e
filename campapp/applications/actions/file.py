"""Files of an entry: given, taken away, given back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, update

from campapp.applications.actions.draft import refuse_frozen
from campapp.applications.models import Application, EntryFile
from campapp.applications.rules import may_edit, of_own_team
from campapp.core.access import Refused, Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.core.files import StoredFile, add
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
    refuse_frozen(application, key, act.at)
    standing = (
        EntryFile.application_id == application.id, EntryFile.key == key, EntryFile.removed_at.is_(None)
    )  # fmt: skip
    most = int(field.get("count") or MOST_FILES)
    if field["kind"] == "letter":
        db.session.execute(update(EntryFile).where(*standing).values(removed_at=act.at))
    elif (db.session.scalar(select(func.count()).where(*standing)) or 0) >= most:
        raise Refused("file_given", _("%(n)s files at most are possible here. Take one away first.", n=most))
    add(stored)
    row = EntryFile(
        application_id=application.id, key=key, file_id=stored.id, confidential=bool(field.get("confidential")),
        for_companies="companies" in field.get("seen_by", READERS),
    )  # fmt: skip
    db.session.add(row)
    act.note(key=key, sha256=stored.sha256)
    return row


@action("file_taken_away", rule=of_own_entry)
def take_away(act: Act, file: EntryFile) -> None:
    """No longer part of the draft; what was submitted keeps it."""
    refuse_frozen(db.session.get_one(Application, file.application_id), file.key, act.at)
    file.removed_at = act.at


@action("file_given_back", rule=of_own_entry)
def give_back(act: Act, file: EntryFile) -> None:
    """Undo of taking away."""
    file.removed_at = None
