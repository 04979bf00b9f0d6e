"""The timetable as a board: see it, pin a meeting, take a move back."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from flask import Blueprint, Response, request, url_for

from campapp.core.access import find, find_by, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.web import guarded_by, page, to
from campapp.programmes.models import Programme, Session, Slot
from campapp.programmes.rules import manages_camp, reads_camp
from campapp.scheduling.actions.meeting import pin, undo_move, unpin
from campapp.scheduling.actions.publication import newest
from campapp.scheduling.models import Meeting, Move
from campapp.scheduling.timetable import Timetable, load

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


def _waiting(table: Timetable, movable: bool) -> list[dict[str, Any]]:
    """Meetings without a place, with the reason that the last run gave."""
    return [
        {"meeting": one.id, "row": one.participation_id, "team": one.application_id, "version": one.version,
         "label": f"{table.teams[one.application_id]} – {table.companies.get(one.participation_id, '')}",
         "why": one.because, "url": url_for("scheduling.place.show", id=one.id) if movable else ""}
        for one in table.unplaced()
    ]  # fmt: skip


def shown(programme: Programme, day: date | None, *, landed: int | None = None, undo: str = "") -> Response:
    table = load(programme)
    chosen = day if day in table.days else (table.days[0] if table.days else None)
    movable = manages_camp(current.actor, programme)
    return page(
        "scheduling/board/show.html", fragment="board", programme=programme, table=table, day=chosen,
        columns=_columns(programme, table, chosen), rows=_rows(table), landed=landed, undo=undo,
        manages=movable, waiting=_waiting(table, movable), published=newest(programme.id),
        breaks={side: table.all_breaks(side) for side in ("application_id", "participation_id")},
    )  # fmt: skip


def _day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None


@bp.get("/programmes/<slug>/board")
@guarded_by(reads_camp)
def show(slug: str) -> Response:
    """A day of the timetable; the draft as it stands."""
    return shown(find_by(Programme, slug=slug), _day())


@bp.delete("/moves/<int:id>")
@guarded_by(manages_camp)
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
    return shown(programme, slot.day if slot else None, landed=meeting.id)
