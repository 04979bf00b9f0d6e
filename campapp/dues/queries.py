"""Reads of dues: what one owes, a follow-up as it stands for one, how much of each is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import case, func, select

from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.access import sight_of, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.files import ShownFile, StoredFile
from campapp.core.form.asked import by_key, words
from campapp.core.language import say
from campapp.core.upload import Unfinished, unfinished
from campapp.dues import asking
from campapp.dues.models import Due, DueFile
from campapp.dues.rules import UPLOADED
from campapp.dues.wanted import owed, standing
from campapp.programmes.models import FollowUp, Participation, Programme


@dataclass
class Owing:
    """A follow-up of which one still owes something."""

    follow_up: FollowUp
    programme: Programme
    kind: str
    """`application` or `participation`, and its id."""
    subject_id: int
    labels: list[str] = field(default_factory=list)
    first_due: datetime | None = None

    @property
    def overdue(self) -> bool:
        """Whether the first of them is late."""
        return self.first_due is not None and clock.now() > self.first_due


def _grouped(rows: Sequence[Any]) -> list[Owing]:
    """Dues with their follow-ups and programmes, one entry a follow-up and subject; the earliest first."""
    documents = asking.documents({row[1].id for row in rows}) if rows else {}
    found: dict[tuple[int, str, int], Owing] = {}
    for due, follow_up, programme in rows:
        kind = "application" if due.application_id else "participation"
        subject = due.application_id or due.participation_id
        one = found.setdefault((follow_up.id, kind, subject), Owing(follow_up, programme, kind, subject))
        declared = by_key(documents.get(follow_up.id, {})).get(due.key)
        one.labels.append(words(declared, "label") if declared else due.key)
        if due.due_at is not None and (one.first_due is None or due.due_at < one.first_due):
            one.first_due = due.due_at
    return sorted(
        found.values(),
        key=lambda one: (one.first_due is None, one.first_due or clock.now(), one.follow_up.id),
    )


def _owed() -> Any:
    return (
        select(Due, FollowUp, Programme)
        .join(FollowUp, FollowUp.id == Due.follow_up_id)
        .join(Programme, Programme.id == Due.programme_id)
        .where(owed())
        .order_by(Due.follow_up_id, Due.position, Due.id)
    )


def owed_by_me(most: int = 200) -> list[Owing]:
    """What the own team or company still owes: one statement, and one for the questions where there are any."""
    return _grouped(db.session.execute(_owed().where(sight_of(Due, current.actor)).limit(most)).all())


def owed_by(row: Application | Participation) -> list[Owing]:
    """For a mail: what this team or company still owes in a programme."""
    link = Due.application_id if isinstance(row, Application) else Due.participation_id
    return _grouped(db.session.execute(_owed().where(link == row.id)).all())


def overdue_in(programme: Programme) -> int:
    """How many things of a programme are owed and late."""
    late = select(func.count(Due.id)).where(
        Due.programme_id == programme.id, Due.due_at < clock.now(), owed()
    )
    return int(db.session.scalar(late) or 0)


def follow_ups(programme: Programme) -> list[tuple[FollowUp, int, int, int]]:
    """The follow-ups of a programme, with how many are asked, how many things are owed, and how many were given."""
    counted = [func.count(case((Due.stands == state, Due.id))) for state in ("owed", "given")]
    rows = db.session.execute(
        visible(FollowUp)
        .where(FollowUp.programme_id == programme.id)
        .outerjoin(Due, (Due.follow_up_id == FollowUp.id) & standing())
        .add_columns(
            func.count(func.distinct(func.coalesce(Due.application_id, Due.participation_id))), *counted
        )
        .group_by(FollowUp.id)
        .order_by(FollowUp.closed_at.is_not(None), FollowUp.id)
    )
    return [(row[0], int(row[1]), int(row[2]), int(row[3])) for row in rows]


def shown_files(rows: dict[str, Due]) -> list[ShownFile]:
    """The files given to these."""
    keys = {due.id: due.key for due in rows.values()}
    found = db.session.execute(
        select(DueFile, StoredFile)
        .join(StoredFile, StoredFile.id == DueFile.file_id)
        .where(DueFile.due_id.in_(keys), DueFile.removed_at.is_(None), sight_of(DueFile, current.actor))
        .order_by(DueFile.id)
    )
    return [
        ShownFile(
            row.id,
            keys[row.due_id],
            stored.name,
            stored.size,
            url_for("dues.file.show", id=row.id),
            stored.media_type == "application/pdf",
        )
        for row, stored in found
    ]


def unfinished_uploads(rows: dict[str, Due]) -> list[Unfinished]:
    """Files of which a part has arrived, of these."""
    owners = [due.id for due in rows.values()]
    return unfinished(UPLOADED, owners, lambda one: url_for("dues.upload.destroy", token=one.token))


def name_of(row: Application | Participation) -> str:
    """Whose it is: the team's name, or the company's."""
    if isinstance(row, Application):
        return row.team_name
    return say(row.company, "name") or row.company.name
