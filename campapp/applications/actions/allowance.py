"""More time, or a group by exception: granted with a reason, by code or outright, taken back."""

from __future__ import annotations

import secrets
from datetime import datetime

from campapp.accounts import proofs
from campapp.accounts.actions.throttle import HOUR, Limit, spend
from campapp.applications.models import Allowance, Application
from campapp.applications.rules import editable, of_own_team
from campapp.core.action import Act, action
from campapp.core.db import LOCK, db
from campapp.core.language import gettext as _
from campapp.core.outbox import UNDO, tell
from campapp.core.text.language import Unreadable
from campapp.programmes.models import Group, Programme
from campapp.programmes.rules import manages, manages_row
from campapp.teams.models import Team

GUESSES = Limit("entry-code", 20, HOUR)


def code_of(allowance: Allowance) -> str:
    """The code that is handed out: made from the row's salt, stored nowhere."""
    return proofs.short_code(allowance)


@action("allowance_granted", rule=manages)
def grant(
    act: Act, programme: Programme, *, reason: str, until: datetime | None = None, group: Group | None = None,
    application: Application | None = None,
) -> Allowance:  # fmt: skip
    """Allow one team more time, or a group; with an application it holds at once, else whoever brings the code."""
    row = Allowance(
        programme_id=programme.id, until=until, group_id=group.id if group else None, reason=reason,
        salt=secrets.token_hex(16), account_id=act.by.account_id, name=act.by.name,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    act.because(reason)
    act.note(until=until.isoformat() if until else None, group=row.group_id)
    if application is not None:
        row.application_id, row.taken_at = application.id, act.at
        act.about(application)
        if until is not None:
            team = db.session.get_one(Team, application.team_id)
            tell(team, "applications/extended", application, not_before=act.at + UNDO)
    return row


def row_behind(code: str, programme: Programme, account_id: int | None) -> Allowance:
    """The unused allowance that a typed code belongs to. Guesses are counted.

    Raises:
        Unreadable: there is none for this programme, or it was used.  TooMany: tried too often.
    """
    spend((GUESSES, [str(account_id or 0)]))
    row = proofs.row_by_short_code(Allowance, code)
    if row is None or row.programme_id != programme.id or row.revoked_at or row.application_id:
        raise Unreadable(_("This code is not valid here, or was used already."))
    return row


@action("allowance_taken", rule=of_own_team & editable)
def redeem(act: Act, application: Application, allowance: Allowance) -> None:
    """The code is this entry's now, and nobody else's."""
    row = db.session.get(Allowance, allowance.id, with_for_update=LOCK, populate_existing=True)
    if row is None or row.revoked_at or row.application_id or row.programme_id != application.programme_id:
        raise Unreadable(_("This code is not valid here, or was used already."))
    row.application_id, row.taken_at = application.id, act.at
    act.note(allowance=row.id)


@action("allowance_revoked", rule=manages_row(Allowance))
def revoke(act: Act, allowance: Allowance) -> None:
    """It holds no longer; what was submitted under it stays in."""
    allowance.revoked_at = act.at
