"""Large files of a follow-up, on their way in pieces: begun, finished, given up."""

from __future__ import annotations

from typing import Any

from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.upload import Upload, make_room
from campapp.dues.actions.answer import Subject, give_file, refuse_locked
from campapp.dues.models import Due, DueFile
from campapp.dues.rules import UPLOADED, hands_in, hands_in_upload
from campapp.programmes.models import FollowUp

MOST_UNDER_WAY = 5
"""Unfinished files of one question: they lie on the disk for a week."""


@action("due_upload_begun", rule=hands_in)
def begin_upload(act: Act, subject: Subject, due: Due, name: str, size: int) -> Upload:
    """Room for a file that will come in pieces.

    Raises:
        Refused: the question is locked, the file is empty, or as many are on their way as it takes at once.
    """
    refuse_locked(due, act)
    upload = make_room("due_upload_begun", UPLOADED, due.id, due.key, name, size, most=MOST_UNDER_WAY)
    act.note(key=due.key, size=size)
    return upload


@action("due_upload_finished", rule=hands_in)
def finish_upload(
    act: Act, subject: Subject, follow_up: FollowUp, upload: Upload, stored: StoredFile, field: dict[str, Any]
) -> DueFile:
    """All of it is here: it is an answer now."""
    row = give_file(subject, follow_up, field, stored)
    upload.finish(act.at)
    return row


@action("due_upload_given_up", rule=hands_in_upload)
def give_up_upload(act: Act, upload: Upload) -> None:
    """No longer wanted, or not a file that can be taken."""
    db.session.delete(upload)
