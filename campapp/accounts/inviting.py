"""Where an invitation leads: each room registers the kinds that it takes people in by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from campapp.accounts.models import Account, Invitation
from campapp.core.action import Act
from campapp.core.current import ADMINISTRATOR, ORGANISER
from campapp.core.language import gettext as _
from campapp.core.memberships import memberships_of

Enter = Callable[[Act, Invitation, Account], str]
Describe = Callable[[Invitation], str]


@dataclass(frozen=True)
class Door:
    """A kind of invitation: what it invites to, in the reader's words, and what accepting does."""

    describe: Describe
    enter: Enter
    """Called inside the accepting action; answers the address of the page to go on to."""


doors: dict[str, Door] = {}


def leads(kind: str, describe: Describe) -> Callable[[Enter], Enter]:
    """Register what accepting an invitation of this kind does.

    `describe(invitation)` names what it leads to ("the team 火花"), empty where that is gone.
    """

    def register(enter: Enter) -> Enter:
        doors[kind] = Door(describe, enter)
        return enter

    return register


def stands(invitation: Invitation) -> bool:
    """Whether who made it is still somebody who lets people in there: else they would come back by their own link."""
    if invitation.account_id is None:
        return True
    for one in memberships_of(invitation.account_id):
        if one.role == ADMINISTRATOR:
            return True
        if (one.kind, one.id) == (invitation.kind, invitation.scope_id):
            return invitation.kind != "programme" or one.level == "owner"
        if (
            invitation.kind in {"team", "company"}
            and one.role == ORGANISER
            and one.level in {"owner", "manager"}
        ):
            return True
    return False


def closed(invitation: Invitation, at: datetime) -> str:
    """Why it opens nothing any more; empty while it does."""
    if reason := invitation.closed(at):
        return reason
    return (
        ""
        if stands(invitation)
        else _("Who made this invitation can no longer let you in. Ask for a new one.")
    )


def described(invitation: Invitation) -> str:
    """What an invitation leads to; empty where its kind or its subject is no more."""
    door = doors.get(invitation.kind)
    return door.describe(invitation) if door else ""
