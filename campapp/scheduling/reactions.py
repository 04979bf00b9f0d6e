"""What scheduling does when lower rooms' things happen."""

from __future__ import annotations

from sqlalchemy import select

from campapp.core.db import db
from campapp.core.events import Act
from campapp.matching.states import ANSWERED
from campapp.scheduling.actions.meeting import expect_meeting, free_meeting
from campapp.scheduling.actions.publication import follow_zone
from campapp.scheduling.models import Meeting
from campapp.scheduling.states import TO_PLACE


def expect(act: Act) -> None:
    """A match is confirmed: it waits for a place."""
    expect_meeting(act.row)


def free(act: Act) -> None:
    """A match is declined, cancelled, or its confirmation taken back: its place is free again."""
    if act.row.state in ANSWERED:
        return
    meetings = select(Meeting).where(Meeting.match_id == act.row.id, Meeting.state.in_(TO_PLACE))
    for meeting in db.session.scalars(meetings):
        free_meeting(meeting)


def move_with_zone(act: Act) -> None:
    """The camp's zone is another: what was published follows its slots."""
    follow_zone(act.row)
