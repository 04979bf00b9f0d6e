"""Decide now, tell later: an organiser adds words, sends, or takes back what is held."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from campapp.core import clock, outbox
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
def release(act: Act, sending: Sending, *, at: datetime | None = None, channels: str = "") -> int:
    """Let them go, now or at a later moment: how many letters. Whom each reaches is computed when it leaves."""
    if sending.released_at or sending.extra.get("taken_back"):
        raise Refused("sending", _("These messages are no longer held."))
    count = outbox.release_sending(sending, max(at or act.at, act.at), channels)
    act.note(letters=count, channels=channels)
    return count


@action("sending_taken_back", rule=may_send)
def take_back(act: Act, sending: Sending) -> None:
    """Tell nobody: the decisions stand, the messages are thrown away, as long as none has left."""
    _still_held(sending)
    gone = db.session.execute(
        delete(Letter).where(Letter.sending_id == sending.id, Letter.state.in_(("held", "waiting")))
    )
    sending.released_at = None
    act.note(letters=int(gone.rowcount))  # type: ignore[attr-defined]
    sending.extra = {**sending.extra, "taken_back": act.at.isoformat()}


@action("group_message_pasted", rule=may_send)
def note_pasted(act: Act, sending: Sending) -> None:
    """Somebody pasted it into a chat group: kept in the record, which no robot can vouch for."""
    pasted = {"at": act.at.isoformat(), "name": act.by.name}
    sending.extra = {**sending.extra, "pasted": [*sending.extra.get("pasted", []), pasted]}


def _still_held(sending: Sending) -> None:
    left = sending.released_at is not None and sending.released_at <= clock.now()
    if left or sending.extra.get("taken_back"):
        raise Refused("sending", _("These messages are no longer held."))
