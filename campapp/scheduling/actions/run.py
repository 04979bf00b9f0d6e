"""The run of a schedule, and its answer put on the board."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import LOCK, db
from campapp.core.language import gettext as _
from campapp.matching.rules import manages_run
from campapp.programmes.models import Programme
from campapp.programmes.rules import manages_camp
from campapp.runs.actions import check_choosable, file_of, start_run, summary_of
from campapp.runs.models import Run
from campapp.scheduling import instance
from campapp.scheduling.actions.meeting import all_places, place
from campapp.scheduling.models import Meeting, Move
from campapp.scheduling.states import TO_PLACE
from campapp.scheduling.timetable import load


@action("schedule_run_started", rule=manages_camp)
def start(
    act: Act, programme: Programme, *, objective: Sequence[str] = instance.OBJECTIVES, time_limit: float = 60.0,
    keep_placed: bool = False,
) -> Run:  # fmt: skip
    """Freeze the meetings as they are and queue the work."""
    document = instance.document(programme, list(objective), keep_placed=keep_placed)
    return start_run(programme, "schedule", document, objective=",".join(objective), time_limit=time_limit)


@summary_of("schedule")
def summary(_run: Run, answer: dict[str, Any]) -> dict[str, Any]:
    """Counts of a schedule for the page and the command line."""
    return {
        "placed": len(answer.get("placements", [])),
        "unplaced": len(answer.get("unplaced", [])),
        "values": answer.get("values", {}),
        "bounds": answer.get("bounds", {}),
        "conflict": answer.get("conflict", []),
    }


@action("schedule_chosen", rule=manages_run)
def choose(act: Act, run: Run) -> Move:
    """Put a run's places on the board: one change that can be taken back whole.

    Raises:
        NotAllowed: it is no solved run of a schedule.
        Refused: a meeting of the run is no more, or one of its places cannot be used any more: run again.
    """
    check_choosable(run, "schedule")
    answer = result_of(run)
    programme = db.session.get_one(Programme, run.programme_id, with_for_update=LOCK, populate_existing=True)
    meetings = {
        str(meeting.id): meeting
        for meeting in db.session.scalars(
            select(Meeting).where(Meeting.programme_id == run.programme_id, Meeting.state.in_(TO_PLACE))
        )
    }
    places = {row["meeting"]: row for row in answer["placements"]}
    _check_usable(programme, meetings, places)
    before = all_places(meetings.values())
    for meeting in meetings.values():
        place(act, meeting, None, None)
    db.session.flush()
    for key, meeting in meetings.items():
        if key in places:
            place(act, meeting, int(places[key]["slot"]), int(places[key]["table"]))
    because = {row["meeting"]: row["because"] for row in answer["unplaced"]}
    for key, meeting in meetings.items():
        meeting.because = because.get(key, "")
    move = Move(
        programme_id=run.programme_id, account_id=act.by.account_id, before=before,
        after=all_places(meetings.values()),
    )  # fmt: skip
    db.session.add(move)
    run.chosen_at = act.at
    act.about(programme)
    act.note(placed=len(places), unplaced=len(because))
    return move


def _check_usable(programme: Programme, meetings: dict[str, Meeting], places: dict[str, Any]) -> None:
    """Refuse a result whose meetings or places are no more what they were when it was computed."""
    if set(places) - set(meetings):
        raise Refused("schedule_chosen", _("Meetings were cancelled since this run began. Run again."))
    board = load(programme)
    for key, row in places.items():
        if not board.takes(meetings[key], int(row["slot"]), int(row["table"])):
            words = _("Slots, tables or absences changed since this run began. Run again.")
            raise Refused("schedule_chosen", words)


def result_of(run: Run) -> dict[str, Any]:
    """A run's output."""
    body = file_of(run, "out")
    found: dict[str, Any] = json.loads(body) if body else {"placements": [], "unplaced": []}
    return found
