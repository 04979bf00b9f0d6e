"""That a programme is rehearsed; all else of a rehearsal lies in its own folder."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Stateful


class Rehearsal(Stamped, Stateful, Base):
    """One park of its own, for one programme. States: making, ready, failed."""

    __tablename__ = "rehearsals"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), unique=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = mapped_column(default=None)
