"""Decide now, tell later: an organiser adds words, sends, or takes back what is held."""

from __future__ import annotations

from sqlalchemy import delete

from campapp.core import outbox
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.outbox import Letter, Sending
from campapp.messages.rules import may_send


@action("sending_words_added", rule=may_send)
def add_words(act: Act, sending: Sending, *, zh: str, en: str) -> None:
    """A paragraph of the organiser's own, in one or both languages, at the end of each message."""
    _still_held(sending)
    sending.extra = {**sending.extra, "zh": zh, "en": en}


@action("sending_released", rule=may_send)
def release(act: Act, sending: Sending) -> int:
    """Let them go: how many letters. Whom each reaches is computed again when it leaves."""
    _still_held(sending)
    count = outbox.release_sending(sending, act.at)
    act.note(letters=count)
    return count


@action("sending_taken_back", rule=may_send)
def take_back(act: Act, sending: Sending) -> None:
    """Tell nobody: the decisions stand, the messages are thrown away."""
    _still_held(sending)
    gone = db.session.execute(delete(Letter).where(Letter.sending_id == sending.id, Letter.state == "held"))
    act.note(letters=int(gone.rowcount))  # type: ignore[attr-defined]
    sending.extra = {**sending.extra, "taken_back": act.at.isoformat()}


def _still_held(sending: Sending) -> None:
    if sending.released_at or sending.extra.get("taken_back"):
        raise Refused("sending", _("These messages are no longer held."))
