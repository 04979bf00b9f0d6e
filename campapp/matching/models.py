"""Tables of matching."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campapp.applications.models import Application
from campapp.core.db import Base, Stamped, Stateful, Versioned
from campapp.programmes.models import Participation


class Preference(Stamped, Base):
    """One side's ranking of the other: rank 1 is liked best. A team ranks a company, or a single need of it."""

    __tablename__ = "preferences"
    __table_args__ = (
        Index(
            "uq_preferences_partner",
            "side",
            "application_id",
            "participation_id",
            unique=True,
            sqlite_where=text("need_id IS NULL"),
            postgresql_where=text("need_id IS NULL"),
        ),
        Index(
            "uq_preferences_need",
            "application_id",
            "need_id",
            unique=True,
            sqlite_where=text("need_id IS NOT NULL"),
            postgresql_where=text("need_id IS NOT NULL"),
        ),
        Index("ix_preferences_programme", "programme_id", "side"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    side: Mapped[str] = mapped_column(String(10))
    """Whose it is: `team` or `company`."""
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participations.id"), index=True)
    rank: Mapped[int]
    need_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"), default=None)
    """The company's need that the team means; the match takes the best place that a company has."""


class PairRule(Stamped, Base):
    """What the organiser fixed for the next runs: pinned or forbidden."""

    __tablename__ = "pair_rules"
    __table_args__ = (UniqueConstraint("application_id", "participation_id"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    participation_id: Mapped[int] = mapped_column(ForeignKey("participations.id"))
    kind: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int | None] = mapped_column(default=None)


class Match(Stamped, Versioned, Stateful, Base):
    """A pair team–company, from proposed to held. See `matching.states`."""

    __tablename__ = "matches"
    __table_args__ = (
        Index(
            "uq_matches_pair",
            "application_id",
            "participation_id",
            unique=True,
            sqlite_where=text("state NOT IN ('declined', 'lapsed', 'cancelled', 'replaced')"),
            postgresql_where=text("state NOT IN ('declined', 'lapsed', 'cancelled', 'replaced')"),
        ),
        Index("ix_matches_programme", "programme_id", "state"),
        Index("ix_matches_company", "participation_id", "state", "id"),
        Index("ix_matches_team", "application_id", "state", "id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    participation_id: Mapped[int] = mapped_column(ForeignKey("participations.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"), default=None)
    """None: added by hand."""
    release_id: Mapped[int | None] = mapped_column(ForeignKey("releases.id"), default=None, index=True)
    score: Mapped[float] = mapped_column(Float, default=0.0)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default_factory=list)
    """The engines' reasons: terms, tags, trl, ranks, score parts; worded in either language by `reasons.py`."""
    need_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"), default=None)
    """The company's need that fits best."""
    application: Mapped[Application] = relationship(init=False, viewonly=True, lazy="raise")
    participation: Mapped[Participation] = relationship(init=False, viewonly=True, lazy="raise")


class Release(Stamped, Base):
    """Matches shown to both sides, with an answer-by time and what silence means for each."""

    __tablename__ = "releases"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    answer_by: Mapped[datetime | None] = mapped_column(default=None)
    silence_company: Mapped[str] = mapped_column(String(20), default="organiser")
    """accepted, declined, organiser (decides)."""
    silence_team: Mapped[str] = mapped_column(String(20), default="organiser")
    lapsed_at: Mapped[datetime | None] = mapped_column(default=None)
    account_id: Mapped[int | None] = mapped_column(default=None)


class Response(Stamped, Base):
    """One side's answer to a match; taken back: deleted while its news has not left."""

    __tablename__ = "responses"
    __table_args__ = (UniqueConstraint("match_id", "side"),)

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    answer: Mapped[str] = mapped_column(String(10))
    """accepted, declined, held (on the company's pile)."""
    reason: Mapped[str] = mapped_column(Text, default="")
    how: Mapped[str] = mapped_column(String(10), default="self")
    """self, ranked, silence, organiser."""
    account_id: Mapped[int | None] = mapped_column(default=None)


class PrivateNote(Stamped, Base):
    """What a side noted for itself beside its no: nobody else reads it, nor the staff, nor whoever acts for it."""

    __tablename__ = "private_notes"
    __table_args__ = (UniqueConstraint("match_id", "side"),)

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(default=None)


class Call(Stamped, Base):
    """A line of the call list: called, said …"""

    __tablename__ = "calls"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    """`participation` or `application`: who was called."""
    subject_id: Mapped[int]
    said: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int | None] = mapped_column(default=None)
