"""The timetable as a board: see it, move a meeting, pin it, take a move back."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from campapp.core.access import find, find_by, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Programme, Session, Slot, Table
from campapp.programmes.rules import manages, reads
from campapp.scheduling.actions.meeting import Conflict, InTheWay, move_meeting, pin, undo_move, unpin
from campapp.scheduling.actions.publication import newest
from campapp.scheduling.models import Meeting, Move
from campapp.scheduling.rules import manages_meeting, reads_meeting
from campapp.scheduling.timetable import Timetable, load
from campapp.scheduling.words import in_brief, in_words

bp = Blueprint("board", __name__)


def _columns(programme: Programme, table: Timetable, day: date | None) -> list[dict[str, Any]]:
    sessions = db.session.scalars(visible(Session).where(Session.programme_id == programme.id)).all()
    held = Counter(meeting.slot_id for meeting in table.placed())
    slots = [
        {"key": str(s.id), "label": s.start, "at": s.starts_at, "load": f"{held[s.id]}/{len(table.tables)}"}
        for s in table.slots if s.day == day
    ]  # fmt: skip
    bands = [
        {"session": True, "label": s.start, "title": say(s, "title"), "at": s.starts_at}
        for s in sessions if s.day == day
    ]  # fmt: skip
    return sorted([*slots, *bands], key=lambda column: (column["at"], "key" in column))


def _rows(table: Timetable) -> list[dict[str, Any]]:
    plates = {t.participation_id: t.name for t in reversed(table.tables) if t.participation_id}
    cells: dict[int, dict[str, Any]] = {key: {} for key in table.companies}
    for participation_id, slot_id in table.company_away:
        cells.setdefault(participation_id, {})[str(slot_id)] = {"away": True}
    page_of_team = url_for("applications.application.show", id=0).removesuffix("0")
    for meeting in table.placed():
        cells.setdefault(meeting.participation_id, {})[str(meeting.slot_id)] = {
            "meeting": meeting.id, "team": meeting.application_id, "name": table.teams[meeting.application_id],
            "version": meeting.version, "pinned": meeting.pinned,
            "url": f"{page_of_team}{meeting.application_id}",
        }  # fmt: skip
    counts = Counter(meeting.participation_id for meeting in table.placed())
    return [
        {"key": str(key), "plate": plates.get(key, ""), "label": name, "cells": cells[key],
         "load": f"{counts[key]}/{table.limits[key]}"}
        for key, name in table.companies.items()
    ]  # fmt: skip


def _shown(programme: Programme, day: date | None, *, landed: int | None = None, undo: str = "") -> Response:
    table = load(programme)
    chosen = day if day in table.days else (table.days[0] if table.days else None)
    return page(
        "scheduling/board/show.html", fragment="board", programme=programme, table=table, day=chosen,
        columns=_columns(programme, table, chosen), rows=_rows(table), landed=landed, undo=undo,
        manages=manages(current.actor, programme), published=newest(programme.id),
        breaks={side: table.all_breaks(side) for side in ("application_id", "participation_id")},
    )  # fmt: skip


def _day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None


@bp.get("/programmes/<slug>/board")
@guarded_by(reads)
def show(slug: str) -> Response:
    """A day of the timetable; the draft as it stands."""
    return _shown(find_by(Programme, slug=slug), _day())


@bp.get("/meetings/<int:id>/places")
@guarded_by(reads_meeting)
def places(id: int) -> Response:
    """What each place would cost this meeting."""
    meeting = find(Meeting, id)
    table = load(db.session.get_one(Programme, meeting.programme_id))
    slot = next((s for s in table.slots if s.id == meeting.slot_id), None)
    sides = {"team": "application_id", "company": "participation_id"}
    now = {name: table.breaks(side, getattr(meeting, side)) for name, side in sides.items()}
    everybody = {
        "teams": table.all_breaks("application_id"),
        "companies": table.all_breaks("participation_id"),
    }
    sign = next((t.name for t in table.tables if t.id == meeting.table_id), "")
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
        return Response(in_words(problem.conflicts[0], table), status=409, mimetype="text/plain")
    return _shown(programme, slot.day, landed=meeting.id, undo=url_for(".undo", id=move.id))


@bp.delete("/meetings/<int:id>/place")
@guarded_by(manages_meeting)
def destroy(id: int) -> Response:
    """Take a meeting off the board; it waits for a place again."""
    meeting = find(Meeting, id)
    programme = db.session.get_one(Programme, meeting.programme_id)
    move = move_meeting(programme, meeting, None, None)
    return to(".show", slug=programme.slug, done=_("Taken off the board."), undo=url_for(".undo", id=move.id))


@bp.delete("/moves/<int:id>")
@guarded_by(manages)
def undo(id: int) -> Response:
    """Put back what a move moved."""
    move = find(Move, id)
    programme = find(Programme, move.programme_id)
    undo_move(programme, move)
    return to(".show", slug=programme.slug, done=_("Undone."))


@bp.put("/meetings/<int:id>/pin")
@guarded_by(pin)
def pin_down(id: int) -> Response:
    """The next run leaves it where it is."""
    meeting = find(Meeting, id)
    pin(meeting)
    return _again(meeting)


@bp.delete("/meetings/<int:id>/pin")
@guarded_by(unpin)
def let_go(id: int) -> Response:
    """The next run may move it."""
    meeting = find(Meeting, id)
    unpin(meeting)
    return _again(meeting)


def _again(meeting: Meeting) -> Response:
    programme = db.session.get_one(Programme, meeting.programme_id)
    slot = db.session.get(Slot, meeting.slot_id) if meeting.slot_id else None
    return _shown(programme, slot.day if slot else None, landed=meeting.id)
