"""Follow-ups: written, changed, closed and opened again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.dues.rules import manages_follow_up
from campapp.dues.wanted import BY_KEY, wanted_in
from campapp.programmes.actions.form import change_form
from campapp.programmes.models import FollowUp, Programme
from campapp.programmes.ready_made import usual_later
from campapp.programmes.rules import manages


@action("follow_up_written", rule=manages)
def write_follow_up(
    act: Act, /, programme: Programme, wanted: str, *, due_at: datetime | None = None, usual: bool = False, **words: Any
) -> FollowUp:  # fmt: skip
    """Of whom it asks, and until when; nobody is asked before its form is put to use. Raises Refused."""
    of = BY_KEY[wanted]
    if of not in wanted_in(programme):
        raise Refused("follow_up_written", _("Nobody is ever in this state in such a programme."))
    row = FollowUp(programme_id=programme.id, side=of.side, wanted_of=of.state, due_at=due_at, **words)
    db.session.add(row)
    db.session.flush()
    if usual:
        change_form(row, lambda _before: usual_later())
    return row


@action("follow_up_changed", rule=manages_follow_up)
def change_follow_up(
    act: Act, /, follow_up: FollowUp, *, due_at: datetime | None, version: int | None = None, **words: Any
) -> None:  # fmt: skip
    """Its words and its date. Of whom it asks stays as it was."""
    act.expect(version)
    follow_up.due_at = due_at
    for name, value in words.items():
        setattr(follow_up, name, value)


@action("follow_up_closed", rule=manages_follow_up)
def close_follow_up(act: Act, follow_up: FollowUp) -> None:
    """Nobody owes it any more; what was given stays."""
    follow_up.closed_at = act.at


@action("follow_up_opened", rule=manages_follow_up)
def open_follow_up(act: Act, follow_up: FollowUp) -> None:
    """It is asked again."""
    follow_up.closed_at = None
