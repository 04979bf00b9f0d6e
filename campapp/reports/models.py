"""Tables of reports."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped


class IssuedReport(Stamped, Base):
    """An impact page as it was handed in: its figures stay as they were."""

    __tablename__ = "issued_reports"

    title: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id"), default=None, index=True)
    """Over one programme; None: over the whole park."""
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int | None] = mapped_column(default=None)
