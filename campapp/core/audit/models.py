"""Tables of the audit chain: sealed blocks, and what checking them found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core import clock
from campapp.core.db import Base


class EventBlock(Base):
    """Some events, sealed: the hash covers the block before and each event's leaf. Never changed."""

    __tablename__ = "event_blocks"

    number: Mapped[int] = mapped_column(unique=True)
    """1, 2, 3 … without a gap; of two who seal at once the second finds its number taken."""
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    leaves: Mapped[bytes] = mapped_column(LargeBinary)
    """Of each event its id (8 bytes) and its leaf (32), by id."""
    count: Mapped[int]
    highest: Mapped[int]
    """The highest event id of this and all blocks before."""
    settled: Mapped[int]
    """The highest event id of the blocks that were sealed long before this one: no honest event comes below it."""
    sealed_at: Mapped[datetime] = mapped_column(default_factory=clock.now)


class AuditCheck(Base):
    """One walk along the whole chain, perhaps still on its way."""

    __tablename__ = "audit_checks"

    began_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    upto: Mapped[int] = mapped_column(default=0)
    """The last block that was looked at."""
    events: Mapped[int] = mapped_column(default=0)
    emptied: Mapped[int] = mapped_column(default=0)
    """Events whose person, or what is personal in them, was erased since they were sealed."""
    problems: Mapped[list[Any]] = mapped_column(default_factory=list)
    """As `checking.Problem`: kind, event, block."""

    @property
    def held(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.problems
