"""Tables of the pool."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned


class Project(Stamped, Versioned, Base):
    """What a team builds; outlives programmes."""

    __tablename__ = "projects"

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    title_other: Mapped[str] = mapped_column(String(200), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    summary_other: Mapped[str] = mapped_column(Text, default="")
    sector: Mapped[str] = mapped_column(String(100), default="", index=True)
    """As typed; `campapp.pool.sectors` maps aliases."""
    trl: Mapped[int | None] = mapped_column(default=None)
    stage: Mapped[str] = mapped_column(String(40), default="")
    tags: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    link: Mapped[str] = mapped_column(String(500), default="")
    locale: Mapped[str] = mapped_column(String(10), default="zh_CN")
    pooled_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when it is in the pool: its first submission."""


class Snapshot(Stamped, Base):
    """A project and its entry, frozen at a submission. Never changed."""

    __tablename__ = "snapshots"

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))


class Fact(Base):
    """What higher rooms write down about a project: programme, result, meeting, outcome."""

    __tablename__ = "facts"
    __table_args__ = (Index("ix_facts_kind_value", "kind", "value"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(200), default="")
    subject_kind: Mapped[str] = mapped_column(String(40), default="")
    subject_id: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
