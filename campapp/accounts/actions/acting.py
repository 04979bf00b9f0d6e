"""An organiser acts for a team or a company."""

from __future__ import annotations

from campapp.accounts.models import SignIn
from campapp.accounts.rules import may_act, own_session
from campapp.core import outbox
from campapp.core.action import Act, action
from campapp.core.current import current


@action("acting_began", rule=own_session & may_act)
def act_for(act: Act, sign_in: SignIn, kind: str, subject_id: int) -> None:
    """From now on this session acts for them; each event names both. They get one summary at the end."""
    _summarise(sign_in)
    sign_in.acting_for = f"{kind}:{subject_id}"
    act.subjects.append((kind, subject_id))


@action("acting_ended", rule=own_session)
def stop_acting(act: Act, sign_in: SignIn) -> None:
    """The session is its own again, and who was acted for gets one message about all of it."""
    kind, _, key = sign_in.acting_for.partition(":")
    if key:
        act.subjects.append((kind, int(key)))
    _summarise(sign_in)
    sign_in.acting_for = ""


def _summarise(sign_in: SignIn) -> None:
    if sign_in.acting_for:
        outbox.summarise(sign_in.acting_for, sign_in.account_id, current.actor.name)
