"""Tables of exchange: sheets with headings of their own, and the files of many entries in one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned


class HeadingMap(Stamped, Versioned, Base):
    """How the park reads a sheet with this set of headings; whoever mapped it last, for all who import."""

    __tablename__ = "heading_maps"

    headings_key: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the folded headings, in any order."""
    headings: Mapped[list[str]]
    """As written."""
    holds: Mapped[str] = mapped_column(String(20), default="")
    """The table that such a sheet is; empty: none, it is left out."""
    fields: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    """Column → heading, folded."""
    constants: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    """Column → what holds for every row, where no heading gives it."""


class Package(Stamped, Base):
    """All files of chosen entries in one ZIP, made by the worker and kept for a week. States: queued, done, failed."""

    __tablename__ = "packages"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(default=None)
    applications: Mapped[list[int]] = mapped_column(JSON, default_factory=list)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"), default=None)
    state: Mapped[str] = mapped_column(String(20), default="queued")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"), default=None)
    number: Mapped[int] = mapped_column(default=0)
    """How many files are in it."""
    error: Mapped[str] = mapped_column(Text, default="")
    expires_at: Mapped[datetime]
