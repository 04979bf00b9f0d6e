"""The table of what one team is granted beyond the call."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned


class Allowance(Stamped, Versioned, Base):
    """What one team is granted with a reason: more time (`until`), or a group whose conditions it does not meet.

    Handed out as a code (made from the salt, never stored), or given to an application outright.
    """

    __tablename__ = "allowances"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("applications.id"), default=None, index=True
    )
    until: Mapped[datetime | None] = mapped_column(default=None)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("entry_groups.id"), default=None)
    reason: Mapped[str] = mapped_column(Text, default="")
    salt: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[int | None] = mapped_column(default=None)
    name: Mapped[str] = mapped_column(String(100), default="")
    """Who granted it."""
    taken_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the code was used, or the application was given it."""
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
