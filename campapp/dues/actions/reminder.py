"""Exactly those who owe something are reminded."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.outbox import Sending, open_sending, tell
from campapp.dues.models import Due
from campapp.dues.wanted import owed
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import manages


@action("dues_reminded", rule=manages)
def remind(act: Act, programme: Programme, dues: Sequence[int]) -> Sending | None:
    """One message to each team and company that owes one of these; held on its page. None: nobody owes anything.

    When it leaves, whoever has handed in everything meanwhile is not told.
    """
    rows = db.session.execute(
        select(Due.application_id, Due.participation_id)
        .where(Due.programme_id == programme.id, Due.id.in_(dues), owed())
        .distinct()
    ).all()
    if not rows:
        return None
    sending = open_sending(_("Still to hand in: %(programme)s", programme=say(programme, "title")), programme)
    entries = sorted({row[0] for row in rows if row[0]})
    parts = sorted({row[1] for row in rows if row[1]})
    for one in db.session.scalars(
        select(Application).where(Application.id.in_(entries)).order_by(Application.id)
    ):
        tell(f"owing_application:{one.id}", "dues/reminder", one, sending=sending)
    for part in db.session.scalars(
        select(Participation).where(Participation.id.in_(parts)).order_by(Participation.id)
    ):
        tell(f"owing_participation:{part.id}", "dues/reminder", part, sending=sending)
    act.note(letters=len(entries) + len(parts))
    return sending
