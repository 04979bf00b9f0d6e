"""An organiser acts for a team or a company."""

from __future__ import annotations

from sqlalchemy import select

from campapp.accounts.models import SignIn
from campapp.accounts.rules import may_act, own_session
from campapp.core import outbox
from campapp.core.action import Act, action
from campapp.core.current import current
from campapp.core.db import db


@action("acting_began", rule=own_session & may_act)
def act_for(act: Act, sign_in: SignIn, kind: str, subject_id: int) -> None:
    """From now on this session acts for them; each event names both. They get one summary at the end."""
    close_acting(sign_in)
    sign_in.acting_for, sign_in.membership = f"{kind}:{subject_id}", act.by.membership.key
    act.subjects.append((kind, subject_id))


@action("acting_ended", rule=own_session)
def stop_acting(act: Act, sign_in: SignIn) -> None:
    """The session is its own again, and who was acted for gets one message about all of it."""
    kind, _, key = sign_in.acting_for.partition(":")
    if key:
        act.subjects.append((kind, int(key)))
    close_acting(sign_in)


def drop_acting(account_id: int, membership: str) -> None:
    """Inside another room's action: with this membership they act for nobody any more, also once it is given back.

    Who was acted for gets the summary as where somebody forgot to stop.
    """
    mine = select(SignIn).where(
        SignIn.account_id == account_id, SignIn.membership == membership, SignIn.acting_for != ""
    )
    for sign_in in db.session.scalars(mine.order_by(SignIn.id).with_for_update(key_share=True)):
        sign_in.acting_for = ""


def close_acting(sign_in: SignIn) -> None:
    """Inside the running action of that person: who was acted for gets their summary, and the session is its own."""
    if sign_in.acting_for:
        outbox.summarise(sign_in.acting_for, sign_in.account_id, current.actor.name)
    sign_in.acting_for = ""
