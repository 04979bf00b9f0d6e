"""Tables of outcomes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campapp.companies.models import Company
from campapp.core.db import Base, Stamped, Stateful, Versioned
from campapp.core.files import StoredFile
from campapp.core.search import Searchable
from campapp.pool.models import Project
from campapp.programmes.models import Programme
from campapp.teams.models import Team


class MeetingReport(Stamped, Versioned, Base):
    """What one side says of a meeting, in half a minute."""

    __tablename__ = "meeting_reports"
    __table_args__ = (UniqueConstraint("meeting_id", "side"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    held: Mapped[bool]
    interest: Mapped[int | None] = mapped_column(default=None)
    """1–5."""
    next_step: Mapped[str] = mapped_column(String(40), default="")
    next_by: Mapped[date | None] = mapped_column(default=None)
    private_note: Mapped[str] = mapped_column(Text, default="")
    shared_note: Mapped[str] = mapped_column(Text, default="")
    from_paper: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[int | None] = mapped_column(default=None)


class Outcome(Stamped, Versioned, Stateful, Searchable, Base):
    """Something that came of it. States: reported, confirmed, disputed, followed, closed."""

    __tablename__ = "outcomes"
    searched = spelled = ("title",)

    type: Mapped[str] = mapped_column(String(40))
    """letter of intent, pilot, demonstration application, settlement, contract, investment, licence, award."""
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id"), default=None, index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"), default=None, index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), default=None)
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    day: Mapped[date]
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    intended: Mapped[Decimal | None] = mapped_column(Numeric(18, 2), default=None)
    signed: Mapped[Decimal | None] = mapped_column(Numeric(18, 2), default=None)
    paid: Mapped[Decimal | None] = mapped_column(Numeric(18, 2), default=None)
    evidence_file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"), default=None)
    evidence_link: Mapped[str] = mapped_column(String(500), default="")
    reported_side: Mapped[str] = mapped_column(String(10))
    """team, company, organiser."""
    confirmed_side: Mapped[str] = mapped_column(String(10), default="")
    """Who confirmed: the other side, or `organiser` for one side on evidence."""
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    from_sheet: Mapped[bool] = mapped_column(default=False)
    """Who reported and who confirmed is what an imported sheet says, and nobody has said it here."""
    dispute: Mapped[str] = mapped_column(Text, default="")
    follow_on: Mapped[date | None] = mapped_column(default=None)
    project: Mapped[Project] = relationship(init=False, viewonly=True)
    team: Mapped[Team] = relationship(init=False, viewonly=True)
    company: Mapped[Company | None] = relationship(init=False, viewonly=True)
    programme: Mapped[Programme | None] = relationship(init=False, viewonly=True)
    evidence: Mapped[StoredFile | None] = relationship(init=False, viewonly=True)

    @property
    def reporter(self) -> str:
        """Which side has reported it as far as is known here: who brings a sheet in has written it down."""
        return "organiser" if self.from_sheet else self.reported_side

    @property
    def waits(self) -> bool:
        """Whether a side may still say of it that it is so."""
        return self.state in {"reported", "disputed"} or (
            self.from_sheet and self.state in {"confirmed", "followed"}
        )


class Milestone(Stamped, Base):
    """A dated follow-up of an outcome."""

    __tablename__ = "milestones"

    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcomes.id"), index=True)
    due: Mapped[date]
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    note: Mapped[str] = mapped_column(Text, default="")
