"""Files of an entry: given, taken away, given back."""

from __future__ import annotations

from campapp.applications.models import Application, EntryFile
from campapp.applications.rules import may_edit, of_own_team
from campapp.core.access import Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.core.files import StoredFile, add


@rule
def of_own_entry(actor: Actor, file: EntryFile) -> Verdict:
    """A member of the team whose entry it is."""
    return of_own_team(actor, db.session.get_one(Application, file.application_id))


@action("file_given", rule=may_edit)
def give_file(
    act: Act, application: Application, key: str, stored: StoredFile, *, confidential: bool
) -> EntryFile:
    """A file as an answer; its bytes are on disk already."""
    add(stored)
    row = EntryFile(application_id=application.id, key=key, file_id=stored.id, confidential=confidential)
    db.session.add(row)
    act.note(key=key, sha256=stored.sha256)
    return row


@action("file_taken_away", rule=of_own_entry)
def take_away(act: Act, file: EntryFile) -> None:
    """No longer part of the draft; what was submitted keeps it."""
    file.removed_at = act.at


@action("file_given_back", rule=of_own_entry)
def give_back(act: Act, file: EntryFile) -> None:
    """Undo of taking away."""
    file.removed_at = None
