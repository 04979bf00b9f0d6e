"""A programme's time zone changes, and everything in it follows: by the same clock, or at the same instants."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.form import composing
from campapp.core.text import dates
from campapp.programmes.actions.agenda import instants
from campapp.programmes.actions.form import Owner, another_version, draft_of, versions_of
from campapp.programmes.models import FollowUp, Programme, Session, Slot
from campapp.programmes.rules import manages

OUT_OF_THE_WAY = timedelta(days=36_524)
"""Two slots never share a start, not even while all of them move."""


@action("zone_changed", rule=manages)
def change_zone(act: Act, programme: Programme, zone: str, *, keep: str, version: int | None = None) -> None:
    """`keep` is `local`: 10:00 stays 10:00, or `instant`: the moments stay and clocks show another time.

    Raises:
        Unreadable: by its clock the new zone leaves one of the times out (a change to summer time).
    """
    act.expect(version)
    before, programme.zone = ZoneInfo(programme.zone), zone
    rows = [*_rows(Slot, programme), *_rows(Session, programme)]
    if keep == "local":
        _keep_clocks(programme, before, rows)
    else:
        _keep_instants(programme, rows)
        _rewrite_forms(programme, before.key)
    act.note(before=before.key, after=zone, keep=keep)


def _rows(model: type[Slot | Session], programme: Programme) -> list[Slot | Session]:
    return list(db.session.scalars(select(model).where(model.programme_id == programme.id)))


def _keep_clocks(programme: Programme, before: ZoneInfo, rows: list[Slot | Session]) -> None:
    programme.opens_at = _same_clock(programme.opens_at, before, ZoneInfo(programme.zone))
    programme.deadline = _same_clock(programme.deadline, before, ZoneInfo(programme.zone))
    for follow_up in _follow_ups(programme):
        follow_up.due_at = _same_clock(follow_up.due_at, before, ZoneInfo(programme.zone))
    found = [instants(programme, row.day, row.start, row.end) for row in rows]
    for row in rows:
        row.starts_at += OUT_OF_THE_WAY
    db.session.flush()
    for row, (starts_at, ends_at) in zip(rows, found, strict=True):
        row.starts_at, row.ends_at = starts_at, ends_at


def _follow_ups(programme: Programme) -> list[FollowUp]:
    return list(db.session.scalars(select(FollowUp).where(FollowUp.programme_id == programme.id)))


def _rewrite_forms(programme: Programme, before: str) -> None:
    """Due and freeze dates stand in forms as the clock shows them: the same instants are a new version of each."""
    owners: list[Owner] = [programme, *_follow_ups(programme)]
    for owner in owners:
        form, draft = next(iter(versions_of(owner)), None), draft_of(owner)
        if form is not None:
            after = composing.at_same_instants(form.document, before, programme.zone)
            if after != form.document:
                db.session.add(another_version(owner, form.number + 1, after))
        if draft is not None:
            draft.document = composing.at_same_instants(draft.document, before, programme.zone)


def _same_clock(moment: datetime | None, before: ZoneInfo, after: ZoneInfo) -> datetime | None:
    if moment is None:
        return None
    local = moment.astimezone(before)
    return dates.in_zone(local.date(), local.time(), after)


def _keep_instants(programme: Programme, rows: list[Slot | Session]) -> None:
    zone = ZoneInfo(programme.zone)
    first = min((row.day for row in rows), default=programme.first_day)
    last = max((row.day for row in rows), default=programme.last_day)
    for row in rows:
        starts, ends = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
        row.day, row.start, row.end = starts.date(), f"{starts:%H:%M}", f"{ends:%H:%M}"
    days = [row.day for row in rows]
    if days:
        programme.first_day += min(days) - first
        programme.last_day += max(days) - last
