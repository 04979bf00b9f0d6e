"""A message to many, written beforehand: its words, whom it is for; it waits on its own page until it is sent."""

from __future__ import annotations

from collections.abc import Sequence

from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import LOCK, db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.outbox import Sending, open_sending, tell
from campapp.messages.models import DRAFTS, Circular
from campapp.messages.queries import letters_of
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages, manages_row


@action("circular_written", rule=manages)
def write_circular(
    act: Act, programme: Programme, groups: Sequence[str], *, title_zh: str = "", title_en: str = "",
    text_zh: str = "", text_en: str = "",
) -> Circular:  # fmt: skip
    """Held until it is sent, at once or at a later moment."""
    circular = Circular(
        programme_id=programme.id, sending_id=open_sending(title_zh or title_en, programme).id, groups=list(groups),
        title_zh=title_zh, title_en=title_en, text_zh=text_zh, text_en=text_en, account_id=act.by.account_id,
    )  # fmt: skip
    db.session.add(circular)
    db.session.flush()
    _letter(circular)
    return circular


@action("circular_changed", rule=manages_row(Circular))
def change_circular(
    act: Act, circular: Circular, groups: Sequence[str], *, title_zh: str = "", title_en: str = "", text_zh: str = "",
    text_en: str = "", version: int | None = None,
) -> None:  # fmt: skip
    """Its words and whom it is for, as long as it is held."""
    act.expect(version)
    sending = db.session.get_one(Sending, circular.sending_id, with_for_update=LOCK, populate_existing=True)
    if sending.released_at or sending.extra.get("taken_back"):
        raise Refused("circular", _("These messages are no longer held."))
    circular.groups, circular.title_zh, circular.title_en = list(groups), title_zh, title_en
    circular.text_zh, circular.text_en = text_zh, text_en
    for letter in letters_of(sending):
        db.session.delete(letter)
    _letter(circular)


def _letter(circular: Circular) -> None:
    sending = db.session.get_one(Sending, circular.sending_id)
    sending.title, sending.unnamed = say(circular, "title"), DRAFTS in circular.groups
    template = "messages/reminder" if circular.is_reminder else "messages/circular"
    tell(f"circular:{circular.id}", template, circular, sending=sending)
