"""Where an invitation to organise a programme leads."""

from __future__ import annotations

from campapp.accounts.inviting import leads
from campapp.accounts.models import Account, Invitation
from campapp.core.action import Act
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import Programme
from campapp.programmes.rules import LEVELS


def _describe(invitation: Invitation) -> str:
    programme = db.session.get(Programme, invitation.scope_id)
    return _("organise %(title)s", title=say(programme, "title")) if programme else ""


@leads("programme", _describe)
def enter_programme(act: Act, invitation: Invitation, account: Account) -> str:
    """The invited person joins the staff at the level of the invitation."""
    programme = db.session.get_one(Programme, invitation.scope_id)
    with current.set(actor=SYSTEM):
        set_staff(programme, account, invitation.level if invitation.level in LEVELS else "read-only")
    act.about(programme)
    return f"/programmes/{programme.slug}/overview"
