"""More time for one team or company, with a reason."""

from __future__ import annotations

from datetime import datetime

from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.outbox import UNDO, tell, withdraw
from campapp.dues.actions.answer import rows_of, subject_of
from campapp.dues.models import Due
from campapp.dues.rules import manages_due
from campapp.programmes.models import FollowUp


@action("due_unlocked", rule=manages_due)
def unlock(act: Act, due: Due, until: datetime, reason: str) -> None:
    """Everything that this follow-up asks of this one may be given and changed until then; they are told why."""
    act.because(reason)
    subject = subject_of(due)
    for row in rows_of(db.session.get_one(FollowUp, due.follow_up_id), subject, locked=True).values():
        row.unlocked_until, row.unlock_reason = until, reason
    act.about(subject)
    kind = "team" if due.application_id else "company"
    key = getattr(subject, "team_id", None) or getattr(subject, "company_id", None)
    tell(f"{kind}:{key}", "dues/unlocked", due, not_before=act.at + UNDO, reason=reason)


@action("due_locked_again", rule=manages_due)
def lock_again(act: Act, due: Due) -> None:
    """Undo: as it was; who has not been told of it is not."""
    subject = subject_of(due)
    for row in rows_of(db.session.get_one(FollowUp, due.follow_up_id), subject, locked=True).values():
        row.unlocked_until, row.unlock_reason = None, ""
    withdraw(due, "dues/unlocked")
    act.about(subject)
