"""A company in a camp: limits, absences, needs it brings, non-disclosure."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campapp.companies.models import Company
from campapp.core.db import Base, Stamped, Stateful, Versioned


class Participation(Stamped, Versioned, Stateful, Base):
    """One company in one camp. Its state: invited, confirmed, declined, withdrawn."""

    __tablename__ = "participations"
    __table_args__ = (UniqueConstraint("programme_id", "company_id"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    min_meetings: Mapped[int] = mapped_column(default=0)
    max_meetings: Mapped[int] = mapped_column(default=12)
    own_tables: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    """The order in which own tables are named."""
    teams_shown_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when its representatives see the accepted teams; the organiser shows them."""
    company: Mapped[Company] = relationship(init=False)


class Absence(Base):
    """A slot in which a company cannot meet."""

    __tablename__ = "absences"
    __table_args__ = (UniqueConstraint("participation_id", "slot_id"),)

    participation_id: Mapped[int] = mapped_column(ForeignKey("participations.id"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"), index=True)


class NeedInCamp(Base):
    """A need that a company brings to a camp."""

    __tablename__ = "needs_in_camp"
    __table_args__ = (UniqueConstraint("participation_id", "need_id"),)

    participation_id: Mapped[int] = mapped_column(ForeignKey("participations.id"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), index=True)


class NonDisclosure(Stamped, Base):
    """The terms accepted, once a camp for a representative: by a click, or by paper that an organiser recorded."""

    __tablename__ = "non_disclosures"
    __table_args__ = (UniqueConstraint("participation_id", "representative_id"),)

    participation_id: Mapped[int] = mapped_column(ForeignKey("participations.id"), index=True)
    representative_id: Mapped[int] = mapped_column(ForeignKey("representatives.id"), index=True)
    how: Mapped[str] = mapped_column(String(10))
    """`click` or `paper`."""
    terms_sha256: Mapped[str] = mapped_column(String(64))
    file_id: Mapped[int | None] = mapped_column(default=None)
    recorded_by: Mapped[int | None] = mapped_column(default=None)
