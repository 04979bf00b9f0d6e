"""Tables of organisations."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned
from campapp.core.search import InPinyinOrder, Searchable


class Organisation(Stamped, Versioned, InPinyinOrder, Searchable, Base):
    """A legal entity over all years; a team, a company or an organising unit may belong to one."""

    __tablename__ = "organisations"
    searched = spelled = ("name",)
    __table_args__ = (
        Index(
            "uq_organisations_abroad",
            "country",
            "registration_number",
            unique=True,
            sqlite_where=text("registration_number <> ''"),
            postgresql_where=text("registration_number <> ''"),
        ),
    )

    name: Mapped[str] = mapped_column(String(200))
    """As registered."""
    name_key: Mapped[str] = mapped_column(String(200), index=True)
    """Folded, so that lookalikes are found."""
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True, default=None)
    country: Mapped[str] = mapped_column(String(2), default="CN")
    registration_number: Mapped[str] = mapped_column(String(60), default="")
    """Of an entity from abroad, which has no credit code."""
    registered_on: Mapped[date | None] = mapped_column(default=None)
    kind_of_entity: Mapped[str] = mapped_column(String(40), default="")
    district: Mapped[str] = mapped_column(String(60), default="")
    qualifications: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    verified_at: Mapped[datetime | None] = mapped_column(default=None)
    verified_by: Mapped[str] = mapped_column(String(100), default="")
    licence_file_id: Mapped[int | None] = mapped_column(default=None)
    """The scan of its business licence, or of what stands for one abroad."""
    merged_into_id: Mapped[int | None] = mapped_column(default=None)
    """It was the same entity as this one, and stands in no list any more."""
    note: Mapped[str] = mapped_column(Text, default="")
    """What staff should know; nobody else reads it."""

    @property
    def identity(self) -> str:
        """The code or number that it is known by."""
        return self.credit_code or self.registration_number
