"""A meeting: expected when a match is confirmed, moved on the board, pinned, freed, told to be held or not."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, select

from campapp.applications.models import TeamAbsence
from campapp.companies.models import Representative
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.states import NotAllowed
from campapp.matching.models import Match
from campapp.matching.states import MATCH
from campapp.programmes.models import Absence, Participation, Programme, Slot, Table
from campapp.programmes.rules import helps_camp, manages_camp, manages_row
from campapp.scheduling.conflicts import InTheWay, conflicts
from campapp.scheduling.models import Meeting, Move, Seat
from campapp.scheduling.rules import company_of_meeting, helps_meeting, manages_meeting
from campapp.scheduling.states import MEETING, TO_PLACE


@action("meeting_expected", rule=manages_row(Match))
def expect_meeting(act: Act, match: Match) -> Meeting:
    """A confirmed match waits for its slot and table."""
    known = db.session.scalars(
        select(Meeting).where(Meeting.match_id == match.id, Meeting.state != "cancelled")
    ).one_or_none()
    if known is not None:
        return known
    meeting = Meeting(
        programme_id=match.programme_id, match_id=match.id, application_id=match.application_id,
        participation_id=match.participation_id, state="expected", uid=f"meeting-{uuid.uuid4().hex}@campapp",
    )  # fmt: skip
    db.session.add(meeting)
    db.session.flush()
    return meeting


@action("meeting_freed", rule=manages_meeting)
def free_meeting(act: Act, meeting: Meeting) -> None:
    """Its match is no more: the partner's slot and the table are free again."""
    act.note(slot=meeting.slot_id, table=meeting.table_id)
    MEETING.move(meeting, "cancelled", at=act.at)
    meeting.slot_id, meeting.table_id, meeting.pinned = None, None, False


def place(act: Act, meeting: Meeting, slot_id: int | None, table_id: int | None) -> None:
    """Put a meeting somewhere, or nowhere, with its states; inside the running action."""
    meeting.slot_id, meeting.table_id = slot_id, table_id
    match = db.session.get_one(Match, meeting.match_id)
    if slot_id is not None and meeting.state == "expected":
        MEETING.move(meeting, "placed", at=act.at)
        meeting.because = ""
        if match.state == "confirmed":
            MATCH.move(match, "scheduled", at=act.at)
    elif slot_id is None and meeting.state == "placed":
        MEETING.move(meeting, "expected", at=act.at)
        if match.state == "scheduled":
            MATCH.move(match, "confirmed", at=act.at)


@action("meeting_moved", rule=manages_camp)
def move_meeting(
    act: Act,
    programme: Programme,
    meeting: Meeting,
    slot: Slot | None,
    table: Table | None,
    *,
    seen: int | None = None,
) -> Move:
    """Move a meeting on the board, decided under the programme's lock.

    Raises:
        InTheWay: a hard rule forbids it.  Stale: somebody moved it since (`seen` is the version that was shown).
        NotAllowed: it has been held, or is no more.
    """
    db.session.refresh(meeting)
    if meeting.state not in TO_PLACE:
        raise NotAllowed("meeting", meeting.state, "placed")
    if seen is not None and meeting.version != seen:
        act.row = meeting
        act.expect(seen)
    if slot is not None and table is not None:
        found = conflicts(meeting, slot, table)
        if found:
            raise InTheWay(found)
    before = [_where(meeting)]
    place(act, meeting, slot.id if slot else None, table.id if table else None)
    move = Move(
        programme_id=programme.id, account_id=act.by.account_id, before=before, after=[_where(meeting)]
    )
    db.session.add(move)
    db.session.flush()
    act.about(meeting)
    return move


def _where(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting.id, "slot": meeting.slot_id, "table": meeting.table_id}


def all_places(meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """Where meetings stand now, for a `Move`."""
    return [_where(meeting) for meeting in meetings]


@action("move_undone", rule=manages_camp)
def undo_move(act: Act, programme: Programme, move: Move) -> None:
    """Put the meetings of a move back, if nobody moved them since.

    Raises:
        Refused: they stand elsewhere by now, have been held, or somebody is in the way where they stood.
    """
    now = {row["meeting"]: row for row in move.after}
    rows = db.session.scalars(
        select(Meeting).where(Meeting.id.in_(now)).with_for_update(key_share=True)
    ).all()
    moved = any(_where(meeting) != now[meeting.id] or meeting.state not in TO_PLACE for meeting in rows)
    if move.undone_at is not None or moved:
        raise Refused("move_undone", _("These meetings have been moved again since."))
    before = {row["meeting"]: row for row in move.before}
    for meeting in rows:
        place(act, meeting, None, None)
    db.session.flush()
    for meeting in rows:
        _back(act, meeting, before[meeting.id])
        act.about(meeting)
    move.undone_at = act.at


def _back(act: Act, meeting: Meeting, before: dict[str, Any]) -> None:
    """To where it stood before a move; what came there meanwhile keeps its place."""
    slot = db.session.get(Slot, before["slot"]) if before["slot"] else None
    table = db.session.get(Table, before["table"]) if before["table"] else None
    lost = (slot is None or table is None) and before["slot"] is not None
    if lost or (slot is not None and table is not None and conflicts(meeting, slot, table)):
        raise Refused("move_undone", _("Somebody or something is in the way there by now. Move it by hand."))
    place(act, meeting, before["slot"], before["table"])
    db.session.flush()


@action("meeting_pinned", rule=manages_meeting)
def pin(act: Act, meeting: Meeting) -> None:
    """The next run leaves it where it stands."""
    meeting.pinned = True


@action("meeting_unpinned", rule=manages_meeting)
def unpin(act: Act, meeting: Meeting) -> None:
    """The next run may move it."""
    meeting.pinned = False


@action("meeting_over", rule=helps_meeting)
def tell_how_it_went(act: Act, meeting: Meeting, state: str) -> None:
    """`held` or `no-show`, ticked by a helper or said by both sides; `placed` undoes it.

    Raises:
        NotAllowed: it has no place, so nobody can have met there.
    """
    if meeting.slot_id is None:
        raise NotAllowed("meeting", meeting.state, state)
    MEETING.move(meeting, state, at=act.at)
    match = db.session.get_one(Match, meeting.match_id)
    MATCH.move(match, "scheduled" if state == "placed" else state, at=act.at)


@action("meeting_seated", rule=company_of_meeting | helps_meeting)
def seat(act: Act, meeting: Meeting, people: Iterable[Representative]) -> None:
    """Who of the company sits in the meeting.

    Raises:
        Refused: one of them is another company's.
    """
    company_id = db.session.get_one(Participation, meeting.participation_id).company_id
    seated = list(people)
    if any(person.company_id != company_id for person in seated):
        raise Refused("meeting_seated")
    wanted = {person.id for person in seated}
    kept = {
        row.representative_id: row
        for row in db.session.scalars(select(Seat).where(Seat.meeting_id == meeting.id))
    }
    for representative_id in sorted(wanted - set(kept)):
        db.session.add(Seat(meeting_id=meeting.id, representative_id=representative_id))
    for representative_id, row in kept.items():
        if representative_id not in wanted:
            db.session.delete(row)
    act.note(seats=sorted(wanted))


@action("absence_marked", rule=helps_camp)
def mark_absence(
    act: Act, programme: Programme, whom: Participation | Any, slots: Sequence[Slot]
) -> list[Meeting]:
    """On the day: somebody is away. Their meetings in those slots lose their places and wait for a new run."""
    is_company = isinstance(whom, Participation)
    for slot in slots:
        if is_company:
            known = select(Absence.id).where(Absence.participation_id == whom.id, Absence.slot_id == slot.id)
            row: Any = Absence(participation_id=whom.id, slot_id=slot.id)
        else:
            known = select(TeamAbsence.id).where(
                TeamAbsence.application_id == whom.id, TeamAbsence.slot_id == slot.id
            )
            row = TeamAbsence(application_id=whom.id, slot_id=slot.id)
        if db.session.scalars(known).first() is None:
            db.session.add(row)
    side = Meeting.participation_id if is_company else Meeting.application_id
    lost = list(
        db.session.scalars(
            select(Meeting).where(
                and_(side == whom.id, Meeting.slot_id.in_([slot.id for slot in slots])),
                Meeting.state.in_(TO_PLACE),
            )
        )
    )
    for meeting in lost:
        place(act, meeting, None, None)
        meeting.pinned = False
        act.about(meeting)
    act.about(whom)
    act.note(slots=[slot.id for slot in slots])
    return lost
