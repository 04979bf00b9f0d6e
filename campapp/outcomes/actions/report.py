"""What each side says of a meeting, in half a minute; slips typed in from paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.current import MEMBER, REPRESENTATIVE, SYSTEM, Actor, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.outcomes.models import MeetingReport
from campapp.programmes.models import Programme, Slot
from campapp.programmes.rules import helps_camp
from campapp.scheduling.actions.meeting import tell_how_it_went
from campapp.scheduling.models import Meeting
from campapp.scheduling.rules import helps_meeting, sits_in

SIDES = ("team", "company")
NEXT_STEPS = ("none", "send material", "second meeting", "visit", "trial", "proposal", "contract")


def side_of(actor: Actor) -> str:
    """`team`, `company`, or empty for the staff."""
    return {MEMBER: "team", REPRESENTATIVE: "company"}.get(actor.role, "")


@action("meeting_reported", rule=sits_in | helps_meeting)
def report_meeting(
    act: Act, meeting: Meeting, side: str, *, held: bool, interest: int | None = None, next_step: str = "",
    next_by: date | None = None, private_note: str | None = None, shared_note: str = "",
    from_paper: bool = False, version: int | None = None,
) -> MeetingReport:  # fmt: skip
    """One side's report; once more changes it. The first that says so makes the meeting held, or a no-show.

    `version` is what was shown, 0 for none yet; a private note that is not given stays as it is.

    Raises:
        Refused: the meeting has not begun, or this is the other side.  Stale: a colleague was faster.
    """
    _check_time_and_side(act, meeting, side)
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
    row.shared_note, row.from_paper = shared_note, from_paper
    row.private_note = row.private_note if private_note is None else private_note
    row.account_id = act.by.account_id
    act.note(side=side, held=held, from_paper=from_paper)
    if meeting.state == "placed":
        with current.set(actor=SYSTEM):
            tell_how_it_went(meeting, "held" if held else "no-show")
    return row


@dataclass(frozen=True)
class Slip:
    """One side's paper slip, as typed in."""

    meeting: Meeting
    side: str
    held: bool
    interest: int | None
    next_step: str
    note: str
    version: int


@action("slips_typed", rule=helps_camp)
def type_slips(act: Act, programme: Programme, slips: Sequence[Slip]) -> None:
    """Paper slips of a camp day, typed into one grid: all of them or none.

    Raises:
        Refused: one is of another programme.  Stale: somebody typed one of them meanwhile.
    """
    for slip in slips:
        if slip.meeting.programme_id != programme.id:
            raise Refused("slips_typed")
        report_meeting(
            slip.meeting, slip.side, held=slip.held, interest=slip.interest, next_step=slip.next_step,
            shared_note=slip.note, from_paper=True, version=slip.version,
        )  # fmt: skip
    act.note(slips=len(slips))


def _check_time_and_side(act: Act, meeting: Meeting, side: str) -> None:
    if side not in SIDES or side_of(act.by) not in {"", side}:
        raise Refused("meeting_reported")
    slot = db.session.get(Slot, meeting.slot_id) if meeting.slot_id else None
    if slot is not None and act.at < slot.starts_at:
        raise Refused("meeting_reported", _("This meeting has not begun yet."))
