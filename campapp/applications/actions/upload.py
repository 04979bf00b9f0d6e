"""Large files of an entry, on their way in pieces: begun, finished, given up."""

from __future__ import annotations

from typing import Any

from campapp.applications.actions.file import give_file
from campapp.applications.models import Application, EntryFile
from campapp.applications.rules import may_edit, of_own_team
from campapp.core.access import Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.upload import Upload, make_room

KIND = "application"
MOST_UNDER_WAY = 20
"""Unfinished files of one entry: they lie on the disk for a week."""


@rule
def of_own_upload(actor: Actor, upload: Upload) -> Verdict:
    """A member of the team whose entry the file is for."""
    return upload.owner_kind == KIND and of_own_team(actor, db.session.get_one(Application, upload.owner_id))


@action("upload_begun", rule=may_edit)
def begin_upload(act: Act, application: Application, key: str, name: str, size: int) -> Upload:
    """Room for a file that will come in pieces.

    Raises:
        Refused: there is nothing in it, or as many are on their way to this entry as it takes at once.
    """
    upload = make_room("upload_begun", KIND, application.id, key, name, size, most=MOST_UNDER_WAY)
    act.note(key=key, size=size)
    return upload


@action("upload_finished", rule=may_edit)
def finish_upload(
    act: Act, application: Application, upload: Upload, stored: StoredFile, field: dict[str, Any]
) -> EntryFile:
    """All of it is here: it is an answer now."""
    row = give_file(application, field, stored)
    upload.finish(act.at)
    return row


@action("upload_given_up", rule=of_own_upload)
def give_up_upload(act: Act, upload: Upload) -> None:
    """No longer wanted, or not a file that can be taken."""
    db.session.delete(upload)
