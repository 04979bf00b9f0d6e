"""The call list: who was called, what they said."""

from __future__ import annotations

from campapp.applications.models import Application
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.outbox import tell
from campapp.matching.models import Call
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import helps_camp


@action("called", rule=helps_camp)
def note_call(act: Act, programme: Programme, whom: Application | Participation, said: str) -> Call:
    """A call that was made, and what came of it."""
    kind = "application" if isinstance(whom, Application) else "participation"
    row = Call(
        programme_id=programme.id, kind=kind, subject_id=whom.id, said=said, account_id=act.by.account_id
    )
    db.session.add(row)
    act.about(whom)
    return row


@action("reminded", rule=helps_camp)
def remind(act: Act, programme: Programme, whom: Application | Participation) -> None:
    """One message to who still owes answers."""
    act.about(whom)
    audience = f"team:{whom.team_id}" if isinstance(whom, Application) else f"company:{whom.company_id}"
    tell(audience, "matching/reminder", whom)
