"""When and where: rooms, tables, slots, sessions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Versioned


class Room(Versioned, Base):
    """A room or hall of a programme."""

    __tablename__ = "rooms"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    position: Mapped[int] = mapped_column(default=0)


class Table(Versioned, Base):
    """A table where meetings sit; perhaps a company's own."""

    __tablename__ = "tables"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    """T01, T02 …"""
    position: Mapped[int] = mapped_column(default=0)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"), default=None)
    participation_id: Mapped[int | None] = mapped_column(
        ForeignKey("participations.id"), default=None, index=True
    )
    """The company whose own it is."""
    closed: Mapped[bool] = mapped_column(default=False)


class Slot(Versioned, Base):
    """A time for meetings. `day`, `start`, `end` are what the camp's wall clock shows; the instants follow."""

    __tablename__ = "slots"
    __table_args__ = (UniqueConstraint("programme_id", "starts_at"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    day: Mapped[date]
    start: Mapped[str] = mapped_column(String(5))
    """`09:00` in the programme's zone."""
    end: Mapped[str] = mapped_column(String(5))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    closed: Mapped[bool] = mapped_column(default=False)
    """Kept, but no meeting may stand in it."""


class Session(Versioned, Base):
    """Any other item of the agenda: opening, lunch, keynote, visit, demo day."""

    __tablename__ = "sessions"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="session")
    title_zh: Mapped[str] = mapped_column(String(200), default="")
    title_en: Mapped[str] = mapped_column(String(200), default="")
    day: Mapped[date]
    start: Mapped[str] = mapped_column(String(5))
    end: Mapped[str] = mapped_column(String(5))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"), default=None)
