"""What an organiser writes to many."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned

DRAFTS = "drafts"
"""The group of teams whose draft is not submitted; a message to it alone is a reminder."""


class Circular(Stamped, Versioned, Base):
    """A message to groups of people of a programme; who belongs to them is looked up when it leaves."""

    __tablename__ = "circulars"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    sending_id: Mapped[int] = mapped_column(ForeignKey("sendings.id"), unique=True)
    groups: Mapped[list[Any]] = mapped_column()
    """Names of `messages.groups`."""
    title_zh: Mapped[str] = mapped_column(String(200), default="")
    title_en: Mapped[str] = mapped_column(String(200), default="")
    text_zh: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int | None] = mapped_column(default=None)

    @property
    def is_reminder(self) -> bool:
        """Whether it goes to open drafts only."""
        return self.groups == [DRAFTS]
