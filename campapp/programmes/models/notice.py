"""Notices: dated announcements of a programme."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned


class Notice(Stamped, Versioned, Base):
    """Shown on the public page and to the programme's teams once published."""

    __tablename__ = "notices"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    title_zh: Mapped[str] = mapped_column(String(200), default="")
    title_en: Mapped[str] = mapped_column(String(200), default="")
    text_zh: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(20), default="notice")
    """notice, or result: the decided list."""
    pinned: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
