"""Attendance: ticked by helpers on the day."""

from __future__ import annotations

from sqlalchemy import delete, select

from campapp.applications.models import Application
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.programmes.models import Participation, Programme
from campapp.programmes.rules import helps
from campapp.scheduling.models import Attendance

STATES = ("checked in", "late", "no-show")


@action("attendance_ticked", rule=helps)
def tick(
    act: Act, programme: Programme, whom: Application | Participation, day: str, state: str
) -> Attendance | None:
    """A team or company arrived, was late, did not come; an empty state takes the tick away."""
    kind = "application" if isinstance(whom, Application) else "participation"
    mine = (
        Attendance.programme_id == programme.id, Attendance.kind == kind, Attendance.subject_id == whom.id,
        Attendance.day == day,
    )  # fmt: skip
    act.about(whom)
    act.note(day=day, state=state)
    if not state:
        db.session.execute(delete(Attendance).where(*mine))
        return None
    row = db.session.scalars(select(Attendance).where(*mine)).one_or_none()
    if row is None:
        row = Attendance(
            programme_id=programme.id, kind=kind, subject_id=whom.id, day=day, state=state, at=act.at,
            account_id=act.by.account_id,
        )  # fmt: skip
        db.session.add(row)
    row.state, row.at, row.account_id = state, act.at, act.by.account_id
    db.session.flush()
    return row
