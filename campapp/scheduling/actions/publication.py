"""A publication: the board frozen as version 1, 2, …; each person concerned told what is theirs, or what changed."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import func, select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.access import Refused
from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.outbox import Sending, tell
from campapp.programmes.models import Participation, Programme, Room, Slot, Table
from campapp.programmes.rules import manages, manages_camp
from campapp.scheduling.models import Meeting, Placement, Publication
from campapp.teams.models import Team


def newest(programme_id: int) -> Publication | None:
    """The newest published version."""
    return db.session.scalars(
        select(Publication)
        .where(Publication.programme_id == programme_id)
        .order_by(Publication.number.desc())
        .limit(1)
    ).one_or_none()


def placements_of(publication: Publication | None) -> dict[int, Placement]:
    """Meeting id → its placement in a version."""
    if publication is None:
        return {}
    rows = db.session.scalars(select(Placement).where(Placement.publication_id == publication.id))
    return {row.meeting_id: row for row in rows}


@action("schedule_published", rule=manages_camp)
def publish(act: Act, programme: Programme, *, seen: int | None = None, note: str = "",
            sending: Sending | None = None) -> Publication:  # fmt: skip
    """Freeze the board as the next version. `seen`: the version that the page showed; another one since is refused.

    Raises:
        Refused: somebody has published since, or nothing changed.
    """
    before = newest(programme.id)
    number = (before.number if before else 0) + 1
    if seen is not None and seen != number - 1:
        raise Refused(
            "schedule_published", _("Somebody has published version %(number)s meanwhile.", number=number - 1)
        )
    old = placements_of(before)
    fresh = _fresh(programme)
    changed = _changed(old, fresh)
    if before is not None and not changed:
        raise Refused(
            "schedule_published", _("Nothing has changed since version %(number)s.", number=before.number)
        )
    row = Publication(programme_id=programme.id, number=number, note=note, account_id=act.by.account_id)
    _freeze(act, programme, row, old, fresh, sending)
    return row


@action("schedule_followed_zone", rule=manages)
def follow_zone(act: Act, programme: Programme) -> Publication | None:
    """The slots of the newest version lie at other instants now: a next version says so, of what was published only.

    What the organiser has moved on the board since then stays a draft.
    """
    before = newest(programme.id)
    old = placements_of(before)
    slots = {
        slot.id: slot for slot in db.session.scalars(select(Slot).where(Slot.programme_id == programme.id))
    }
    fresh = {key: _at_its_slot(row, slots) for key, row in old.items() if not row.cancelled}
    if before is None or not _changed(old, fresh):
        return None
    row = Publication(programme_id=programme.id, number=before.number + 1, account_id=act.by.account_id)
    _freeze(act, programme, row, old, fresh, None)
    return row


def _at_its_slot(row: Placement, slots: dict[int, Slot]) -> Placement:
    slot = slots.get(row.slot_id or 0)
    return Placement(
        publication_id=0, meeting_id=row.meeting_id, slot_id=row.slot_id, table_id=row.table_id,
        starts_at=slot.starts_at if slot else row.starts_at, ends_at=slot.ends_at if slot else row.ends_at,
        table_name=row.table_name,
    )  # fmt: skip


def _freeze(
    act: Act, programme: Programme, row: Publication, old: dict[int, Placement], fresh: dict[int, Placement],
    sending: Sending | None,
) -> None:  # fmt: skip
    """Write the version down, tell whom it concerns, and note how many."""
    changed = _changed(old, fresh)
    db.session.add(row)
    db.session.flush()
    for placement in fresh.values():
        placement.publication_id = row.id
        placement.sequence = _sequence(old.get(placement.meeting_id), placement.meeting_id in changed)
        db.session.add(placement)
    _cancel_missing(row, old, fresh)
    db.session.flush()
    _tell(programme, row, changed, sending)
    act.note(number=row.number, placed=len(fresh), changed=len(changed))
    act.about(*[db.session.get_one(Meeting, meeting_id) for meeting_id in sorted(changed)])


def _fresh(programme: Programme) -> dict[int, Placement]:
    rows = db.session.execute(
        select(Meeting, Slot, Table, Room.name)
        .join(Slot, Slot.id == Meeting.slot_id)
        .join(Table, Table.id == Meeting.table_id)
        .outerjoin(Room, Room.id == Table.room_id)
        .where(Meeting.programme_id == programme.id, Meeting.state != "cancelled")
        .order_by(Meeting.id)
    )
    return {
        meeting.id: Placement(
            publication_id=0, meeting_id=meeting.id, slot_id=slot.id, table_id=table.id, starts_at=slot.starts_at,
            ends_at=slot.ends_at, table_name=table.name, room_name=room or "",
        )
        for meeting, slot, table, room in rows
    }  # fmt: skip


def _key(placement: Placement) -> tuple[object, ...]:
    return (
        placement.starts_at,
        placement.ends_at,
        placement.table_name,
        placement.room_name,
        placement.cancelled,
    )


def _changed(old: dict[int, Placement], fresh: dict[int, Placement]) -> set[int]:
    """Meetings that stand elsewhere, are new, or stand no more."""
    found = {
        meeting_id
        for meeting_id, row in fresh.items()
        if meeting_id not in old or _key(old[meeting_id]) != _key(row)
    }
    return found | {
        meeting_id for meeting_id, row in old.items() if meeting_id not in fresh and not row.cancelled
    }


def _sequence(before: Placement | None, changed: bool) -> int:
    return 0 if before is None else before.sequence + (1 if changed else 0)


def _cancel_missing(row: Publication, old: dict[int, Placement], fresh: dict[int, Placement]) -> None:
    """What stood before and stands no more is in the new version as cancelled, for calendars."""
    for meeting_id, before in old.items():
        if meeting_id in fresh:
            continue
        db.session.add(
            Placement(publication_id=row.id, meeting_id=meeting_id, starts_at=before.starts_at, ends_at=before.ends_at,
                      table_name=before.table_name, room_name=before.room_name, cancelled=True,
                      sequence=before.sequence + (0 if before.cancelled else 1))
        )  # fmt: skip


def _tell(programme: Programme, row: Publication, changed: set[int], sending: Sending | None) -> None:
    """One message for each team and company concerned, with the meetings that are new or changed for it."""
    by_team: dict[int, list[int]] = defaultdict(list)
    by_company: dict[int, list[int]] = defaultdict(list)
    for meeting in db.session.scalars(select(Meeting).where(Meeting.id.in_(changed)).order_by(Meeting.id)):
        by_team[meeting.application_id].append(meeting.id)
        by_company[meeting.participation_id].append(meeting.id)
    template = "scheduling/agenda" if row.number == 1 else "scheduling/changes"
    for application_id in sorted(by_team):
        team = db.session.get_one(Team, db.session.get_one(Application, application_id).team_id)
        tell(team, template, row, sending=sending, meetings=by_team[application_id])
    for participation_id in sorted(by_company):
        company = db.session.get_one(Company, db.session.get_one(Participation, participation_id).company_id)
        tell(company, template, row, sending=sending, meetings=by_company[participation_id])


def publications(programme_id: int) -> int:
    """How many versions were published."""
    return db.session.scalar(select(func.count()).where(Publication.programme_id == programme_id)) or 0


def preview(programme: Programme) -> dict[str, int]:
    """What the next publication would say: meetings new, moved, gone, and the sides concerned."""
    old, fresh = placements_of(newest(programme.id)), _fresh(programme)
    changed = _changed(old, fresh)
    meetings = list(db.session.scalars(select(Meeting).where(Meeting.id.in_(changed)))) if changed else []
    return {
        "new": len([one for one in changed if one in fresh and one not in old]),
        "moved": len([one for one in changed if one in fresh and one in old]),
        "gone": len([one for one in changed if one not in fresh]),
        "teams": len({meeting.application_id for meeting in meetings}),
        "companies": len({meeting.participation_id for meeting in meetings}),
        "placed": len(fresh),
    }
