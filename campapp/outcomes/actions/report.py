"""What each side says of a meeting, in half a minute; slips typed in from paper."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from campapp.core.action import Act, action
from campapp.core.current import MEMBER, REPRESENTATIVE, SYSTEM, Actor, current
from campapp.core.db import db
from campapp.outcomes.models import MeetingReport
from campapp.scheduling.actions.meeting import tell_how_it_went
from campapp.scheduling.models import Meeting
from campapp.scheduling.rules import helps_meeting, sits_in

NEXT_STEPS = ("none", "send material", "second meeting", "visit", "trial", "proposal", "contract")


def side_of(actor: Actor) -> str:
    """`team`, `company`, or empty for the staff."""
    return {MEMBER: "team", REPRESENTATIVE: "company"}.get(actor.role, "")


@action("meeting_reported", rule=sits_in | helps_meeting)
def report_meeting(
    act: Act, meeting: Meeting, side: str, *, held: bool, interest: int | None = None, next_step: str = "",
    next_by: date | None = None, private_note: str = "", shared_note: str = "", from_paper: bool = False,
    version: int | None = None,
) -> MeetingReport:  # fmt: skip
    """One side's report; once more changes it. The first that says so makes the meeting held, or a no-show."""
    row = db.session.scalars(
        select(MeetingReport).where(MeetingReport.meeting_id == meeting.id, MeetingReport.side == side)
    ).one_or_none()
    if row is None:
        row = MeetingReport(meeting_id=meeting.id, side=side, held=held)
        db.session.add(row)
    elif version is not None and row.version != version:
        act.row = row
        act.expect(version)
    row.held, row.interest, row.next_step, row.next_by = held, interest, next_step, next_by
    row.private_note, row.shared_note, row.from_paper = private_note, shared_note, from_paper
    row.account_id = act.by.account_id
    act.note(side=side, held=held, from_paper=from_paper)
    if meeting.state == "placed":
        with current.set(actor=SYSTEM):
            tell_how_it_went(meeting, "held" if held else "no-show")
    return row
