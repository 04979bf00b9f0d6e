"""What an invitation to the park's administration does."""

from __future__ import annotations

from campapp.accounts.inviting import leads
from campapp.accounts.models import Account, Invitation
from campapp.core.action import Act
from campapp.core.language import gettext as _


def describe(_invitation: Invitation) -> str:
    """What it leads to."""
    return _("Administer the park")


@leads("park", describe)
def administer(act: Act, _invitation: Invitation, account: Account) -> str:
    """The person administers the park."""
    account.administrator = True
    act.note(administrator=account.id)
    return "/"
