"""Tables of scheduling."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Stateful, Versioned


class Meeting(Stamped, Versioned, Stateful, Base):
    """A confirmed match that gets a table and a slot. States: expected, placed, held, no-show, cancelled.

    `slot_id`, `table_id` are the draft on the board; what people were told stands in published placements. The two
    unique indexes hold a table once a slot; a team or a company twice in a slot is refused under the programme's lock.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        Index(
            "uq_meetings_match",
            "match_id",
            unique=True,
            sqlite_where=text("state <> 'cancelled'"),
            postgresql_where=text("state <> 'cancelled'"),
        ),
        Index(
            "uq_meetings_table",
            "slot_id",
            "table_id",
            unique=True,
            sqlite_where=text("state <> 'cancelled' AND slot_id IS NOT NULL"),
            postgresql_where=text("state <> 'cancelled' AND slot_id IS NOT NULL"),
        ),
        Index(
            "uq_meetings_team",
            "slot_id",
            "application_id",
            unique=True,
            sqlite_where=text("state <> 'cancelled' AND slot_id IS NOT NULL"),
            postgresql_where=text("state <> 'cancelled' AND slot_id IS NOT NULL"),
        ),
        Index(
            "uq_meetings_company",
            "slot_id",
            "participation_id",
            unique=True,
            sqlite_where=text("state <> 'cancelled' AND slot_id IS NOT NULL"),
            postgresql_where=text("state <> 'cancelled' AND slot_id IS NOT NULL"),
        ),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participations.id"), index=True)
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id"), default=None)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("tables.id"), default=None)
    pinned: Mapped[bool] = mapped_column(default=False)
    because: Mapped[str] = mapped_column(Text, default="")
    """Why it has no slot, as the engine said."""
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    """Of the calendar entry, stable over all versions."""
    sequence: Mapped[int] = mapped_column(default=0)


class Seat(Base):
    """Who of the company sits in a meeting."""

    __tablename__ = "seats"
    __table_args__ = (UniqueConstraint("meeting_id", "representative_id"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    representative_id: Mapped[int] = mapped_column(ForeignKey("representatives.id"), index=True)


class Publication(Stamped, Base):
    """A published version of the schedule. Never edited; a new one replaces it."""

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    number: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int | None] = mapped_column(default=None)


class Placement(Base):
    """Where a meeting stands in one publication; `cancelled` where it stood before and is no more."""

    __tablename__ = "placements"
    __table_args__ = (UniqueConstraint("publication_id", "meeting_id"),)

    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id"), default=None)
    table_id: Mapped[int | None] = mapped_column(ForeignKey("tables.id"), default=None)
    starts_at: Mapped[datetime | None] = mapped_column(default=None)
    ends_at: Mapped[datetime | None] = mapped_column(default=None)
    table_name: Mapped[str] = mapped_column(String(40), default="")
    room_name: Mapped[str] = mapped_column(String(100), default="")
    """What the sign and the room were called when this was published."""
    cancelled: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)


class Move(Stamped, Base):
    """A change on the board that can be taken back: where the meetings stood before."""

    __tablename__ = "moves"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(default=None)
    before: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default_factory=list)
    after: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default_factory=list)
    undone_at: Mapped[datetime | None] = mapped_column(default=None)


class FeedLink(Stamped, Base):
    """A private calendar link of a person; renewed, the old one answers 404."""

    __tablename__ = "feed_links"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    token: Mapped[str] = mapped_column(String(64), info={"secret": True})
    """Shown again to its owner only."""
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class Attendance(Stamped, Base):
    """Who arrived: a team or a company on a day, ticked by a helper. checked in, late, no-show."""

    __tablename__ = "attendances"
    __table_args__ = (UniqueConstraint("programme_id", "kind", "subject_id", "day"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    """`application` or `participation`."""
    subject_id: Mapped[int]
    day: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(default=None)
