"""Tables of dues."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.db import Base, Stamped, Versioned
from campapp.programmes.models import FollowUp, Participation


class Due(Stamped, Versioned, Base):
    """One question of a follow-up to one team or company, and its answer."""

    __tablename__ = "dues"
    __table_args__ = (
        UniqueConstraint("follow_up_id", "application_id", "key"),
        UniqueConstraint("follow_up_id", "participation_id", "key"),
        Index("ix_dues_board", "programme_id", "stands", "due_at", "id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("applications.id"), default=None, index=True
    )
    participation_id: Mapped[int | None] = mapped_column(
        ForeignKey("participations.id"), default=None, index=True
    )
    key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    stands: Mapped[str] = mapped_column(String(12), default="open")
    """`owed` (asked and required), `open` (asked and optional), `given`, `not asked` (another answer makes it so)."""
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    locks_at: Mapped[datetime | None] = mapped_column(default=None)
    """From then on it is neither given nor changed: the question's own day, else when it is due."""
    answer: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True, default=None)
    given_at: Mapped[datetime | None] = mapped_column(default=None)
    account_id: Mapped[int | None] = mapped_column(default=None)
    name: Mapped[str] = mapped_column(String(100), default="")
    """Who gave it."""
    unlocked_until: Mapped[datetime | None] = mapped_column(default=None)
    unlock_reason: Mapped[str] = mapped_column(Text, default="")
    dropped_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when the form no longer asks it; the answer stays."""
    follow_up: Mapped[FollowUp] = relationship(init=False, viewonly=True, lazy="raise")
    application: Mapped[Application | None] = relationship(init=False, viewonly=True, lazy="raise")
    participation: Mapped[Participation | None] = relationship(init=False, viewonly=True, lazy="raise")

    def become(self, state: str) -> None:
        """How it stands now; nothing is written where it stood so already."""
        if self.stands != state:
            self.stands = state

    def is_locked(self, at: datetime) -> bool:
        """Whether it can no longer be given or changed; the last second still counts."""
        ends = self.locks_at
        if ends is not None and self.unlocked_until is not None:
            ends = max(ends, self.unlocked_until)
        return ends is not None and clock.has_passed(ends, at)

    def is_overdue(self, at: datetime) -> bool:
        """Whether it is owed and its day has passed."""
        return self.stands == "owed" and self.due_at is not None and at > self.due_at


class DueFile(Stamped, Base):
    """A file given as an answer to a follow-up."""

    __tablename__ = "due_files"

    due_id: Mapped[int] = mapped_column(ForeignKey("dues.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
