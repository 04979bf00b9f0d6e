"""Where a meeting could stand: what each place costs, and moving it there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, url_for

from campapp.core.access import find
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.web import guarded_by, is_fragment, page, to
from campapp.programmes.models import Programme, Slot, Table
from campapp.scheduling.actions.meeting import move_meeting
from campapp.scheduling.conflicts import Conflict, InTheWay
from campapp.scheduling.models import Meeting
from campapp.scheduling.rules import manages_meeting, reads_meeting
from campapp.scheduling.states import TO_PLACE
from campapp.scheduling.timetable import Timetable, load
from campapp.scheduling.views.board import shown
from campapp.scheduling.words import in_brief, in_words

bp = Blueprint("place", __name__)


@bp.get("/meetings/<int:id>/places")
@guarded_by(reads_meeting)
def index(id: int) -> Response:
    """What each place would cost this meeting."""
    meeting = _movable(id)
    table = load(db.session.get_one(Programme, meeting.programme_id))
    slot = next((s for s in table.slots if s.id == meeting.slot_id), None)
    now, everybody = _breaks(table, meeting)
    sign = next((t.name for t in table.tables if t.id == meeting.table_id), "—")
    return jsonify(
        title=f"{table.teams[meeting.application_id]} – {table.companies[meeting.participation_id]}",
        table=sign, **{"from": slot.start if slot else ""}, team=table.teams[meeting.application_id],
        company=table.companies[meeting.participation_id], now={**now, **everybody},
        tell=_("Nobody is told before the next publication."),
        places=[_place(table, meeting, one, now, everybody) for one in table.slots],
    )  # fmt: skip


def _place(
    table: Timetable, meeting: Meeting, slot: Slot, now: dict[str, int], everybody: dict[str, int]
) -> dict[str, Any]:
    found = table.conflicts(meeting, slot)
    if not found and table.free_table(meeting, slot) is None:
        found = [Conflict("no table")]
    cell = f"{meeting.participation_id}:{slot.id}"
    if found:
        return {"cell": cell, "to": slot.start, "ok": False, "why": in_words(found[0], table),
                "brief": in_brief(found[0], table)}  # fmt: skip
    team = table.breaks("application_id", meeting.application_id, meeting, slot.id)
    company = table.breaks("participation_id", meeting.participation_id, meeting, slot.id)
    delta = team - now["team"] + company - now["company"]
    after = {
        "team": team, "company": company, "teams": everybody["teams"] + team - now["team"],
        "companies": everybody["companies"] + company - now["company"],
    }  # fmt: skip
    return {
        "cell": cell,
        "to": slot.start,
        "ok": True,
        "delta": delta,
        "after": after,
        "why": "",
        "brief": "",
    }


@bp.get("/meetings/<int:id>/place")
@guarded_by(manages_meeting)
def show(id: int) -> Response:
    """The places of one meeting on a page of their own, without a script: what each costs, and why some are none."""
    return _chooser(_movable(id))


def _movable(id: int) -> Meeting:
    """A meeting of the board; one that was held or is no more has no other places to choose from."""
    meeting = find(Meeting, id)
    return meeting if meeting.state in TO_PLACE else abort(404)


def _chooser(meeting: Meeting, *, wrong: str = "", status: int = 200) -> Response:
    programme = db.session.get_one(Programme, meeting.programme_id)
    table = load(programme)
    now, everybody = _breaks(table, meeting)
    found = [
        (one, _place(table, meeting, one, now, everybody)) for one in table.slots if one.id != meeting.slot_id
    ]
    return page(
        "scheduling/board/place.html", status=status, programme=programme, meeting=meeting, table=table, wrong=wrong,
        days=[(day, [pair for pair in found if pair[0].day == day]) for day in table.days],
        stands=next((one for one in table.slots if one.id == meeting.slot_id), None),
    )  # fmt: skip


def _breaks(table: Timetable, meeting: Meeting) -> tuple[dict[str, int], dict[str, int]]:
    """Breaks now: of its own two sides, of everybody."""
    sides = {"team": "application_id", "company": "participation_id"}
    now = {name: table.breaks(side, getattr(meeting, side)) for name, side in sides.items()}
    return now, {
        "teams": table.all_breaks("application_id"),
        "companies": table.all_breaks("participation_id"),
    }


@bp.put("/meetings/<int:id>/place")
@guarded_by(manages_meeting)
def update(id: int) -> Response:
    """Move it; what is in the way is said, and nothing moves."""
    meeting = find(Meeting, id)
    programme = db.session.get_one(Programme, meeting.programme_id)
    slot = find(Slot, request.form.get("cell", "").rpartition(":")[2] or "0", programme_id=programme.id)
    table = load(programme)
    seat = table.free_table(meeting, slot)
    seat_row = db.session.get(Table, seat.id) if seat else None
    try:
        if seat_row is None:
            raise InTheWay([Conflict("no table")])
        move = move_meeting(programme, meeting, slot, seat_row, seen=request.form.get("version", type=int))
    except InTheWay as problem:
        words = in_words(problem.conflicts[0], table)
        if is_fragment():
            return Response(words, status=409, mimetype="text/plain")
        return _chooser(meeting, wrong=words, status=409)
    return shown(programme, slot.day, landed=meeting.id, undo=url_for("scheduling.board.undo", id=move.id))


@bp.delete("/meetings/<int:id>/place")
@guarded_by(manages_meeting)
def destroy(id: int) -> Response:
    """Take a meeting off the board; it waits for a place again."""
    meeting = find(Meeting, id)
    programme = db.session.get_one(Programme, meeting.programme_id)
    move = move_meeting(programme, meeting, None, None)
    return to("scheduling.board.show", slug=programme.slug, done=_("Taken off the board."),
              undo=url_for("scheduling.board.undo", id=move.id))  # fmt: skip
