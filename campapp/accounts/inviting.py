"""Where an invitation leads: each room registers the kinds that it takes people in by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from campapp.accounts.models import Account, Invitation
from campapp.core.action import Act

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


def described(invitation: Invitation) -> str:
    """What an invitation leads to; empty where its kind or its subject is no more."""
    door = doors.get(invitation.kind)
    return door.describe(invitation) if door else ""
