"""Tables of organisations."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned


class Organisation(Stamped, Versioned, Base):
    """A legal entity over all years; a team or a company may belong to one."""

    __tablename__ = "organisations"

    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), index=True)
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True, default=None)
    country: Mapped[str] = mapped_column(String(2), default="CN")
    registration_number: Mapped[str] = mapped_column(String(60), default="")
    """Of an entity from abroad, which has no credit code."""
    registered_on: Mapped[date | None] = mapped_column(default=None)
    kind_of_entity: Mapped[str] = mapped_column(String(40), default="")
    district: Mapped[str] = mapped_column(String(60), default="")
    qualifications: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    verified_at: Mapped[datetime | None] = mapped_column(default=None)
    licence_file_id: Mapped[int | None] = mapped_column(default=None)
