"""Tables of deciding: colleagues' marks, the formal check and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned


class Mark(Stamped, Versioned, Base):
    """A colleague's private mark while choosing together: take, maybe, no, and a note."""

    __tablename__ = "marks"
    __table_args__ = (UniqueConstraint("application_id", "account_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    mark: Mapped[str] = mapped_column(String(10), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class CheckMark(Versioned, Base):
    """What the formal check found at one item of one entry, and who looked."""

    __tablename__ = "check_marks"
    __table_args__ = (UniqueConstraint("application_id", "item_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("check_items.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(10))
    """`passed` or `failed`."""
    reason: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int | None] = mapped_column(default=None)
    name: Mapped[str] = mapped_column(String(100), default="")
    marked_at: Mapped[datetime]


class CheckResult(Stamped, Base):
    """A formal check as it ended: every item with its reason, as the team, the staff and an objector read it."""

    __tablename__ = "check_results"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(12))
    """`eligible`, `returned` or `ineligible`."""
    items: Mapped[list[Any]] = mapped_column(JSON)
    """`{"title_zh", "title_en", "verdict", "reason"}` each, in the order of the list."""
    respond_by: Mapped[datetime | None] = mapped_column(default=None)
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
