"""Who makes a programme works in it at once."""

from __future__ import annotations

from dataclasses import replace

from campapp.accounts.actions import use_membership
from campapp.accounts.models import SignIn
from campapp.core.access import find
from campapp.core.current import ADMINISTRATOR, ORGANISER, Membership, current
from campapp.core.language import say
from campapp.programmes.models import Programme


def organise(programme: Programme) -> None:
    """Switch the session to the programme just made; an administrator sees it anyway."""
    actor = current.actor
    if actor.role == ADMINISTRATOR or actor.session_id is None:
        return
    new = Membership(ORGANISER, "programme", programme.id, "owner", say(programme, "title"))
    sign_in = find(SignIn, actor.session_id)
    with current.set(actor=replace(actor, memberships=(*actor.memberships, new))):
        use_membership(sign_in, new.key)
