"""The entry form, declared as data."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped


class EntryForm(Stamped, Base):
    """One version of a programme's entry form: sections and fields. Never changed; a change is a new version."""

    __tablename__ = "entry_forms"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
