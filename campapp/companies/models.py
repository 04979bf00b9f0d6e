"""Tables of companies."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campapp.core.db import Base, Stamped, Versioned
from campapp.core.search import Searchable


class Company(Stamped, Versioned, Searchable, Base):
    """A leading company that states needs and opens technologies."""

    __tablename__ = "companies"
    searched = spelled = ("name", "name_zh", "name_en")

    name: Mapped[str] = mapped_column(String(200))
    """As in the park's lists and imports; unique when folded."""
    name_key: Mapped[str] = mapped_column(String(200), unique=True)
    name_zh: Mapped[str] = mapped_column(String(200), default="")
    name_en: Mapped[str] = mapped_column(String(200), default="")
    sort_key: Mapped[str] = mapped_column(String(300), default="", index=True)
    initials: Mapped[str] = mapped_column(String(100), default="")
    summary_zh: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(500), default="")
    sector: Mapped[str] = mapped_column(String(100), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), default=None)
    logo_file_id: Mapped[int | None] = mapped_column(default=None)
    representatives: Mapped[list[Representative]] = relationship(
        back_populates="company",
        default_factory=list,
        order_by="Representative.id",
        lazy="select",
        init=False,
    )
    needs: Mapped[list[Need]] = relationship(
        back_populates="company", default_factory=list, order_by="Need.id", lazy="select", init=False
    )


class Representative(Stamped, Versioned, Base):
    """A person who acts for a company, with or without an account yet."""

    __tablename__ = "representatives"
    __table_args__ = (
        Index(
            "uq_representatives_account",
            "company_id",
            "account_id",
            unique=True,
            sqlite_where=text("left_at IS NULL AND account_id IS NOT NULL"),
            postgresql_where=text("left_at IS NULL AND account_id IS NOT NULL"),
        ),
    )

    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), default=None, index=True)
    name: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(100), default="")
    mail: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    lead: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime | None] = mapped_column(default=None)
    left_at: Mapped[datetime | None] = mapped_column(default=None)
    company: Mapped[Company] = relationship(back_populates="representatives", init=False)


class Technology(Stamped, Versioned, Base):
    """What a company opens to others: a framework, a platform."""

    __tablename__ = "technologies"

    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    text_zh: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    link: Mapped[str] = mapped_column(String(500), default="")


class Need(Stamped, Versioned, Searchable, Base):
    """A problem that a company wants solved. `title` and `problem` stand in whichever language they were typed."""

    __tablename__ = "needs"
    __table_args__ = (Index("ix_needs_title", "company_id", "title_key"),)
    searched = ("title", "title_other", "sector", "problem", "problem_other")
    spelled = ("title", "title_other")

    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    title_key: Mapped[str] = mapped_column(String(200))
    problem: Mapped[str] = mapped_column(Text, default="")
    title_other: Mapped[str] = mapped_column(String(200), default="")
    """In the other language, where somebody wrote it."""
    problem_other: Mapped[str] = mapped_column(Text, default="")
    locale: Mapped[str] = mapped_column(String(10), default="zh_CN")
    targets: Mapped[str] = mapped_column(Text, default="")
    """Target figures."""
    sector: Mapped[str] = mapped_column(String(100), default="")
    trl_min: Mapped[int | None] = mapped_column(default=None)
    trl_max: Mapped[int | None] = mapped_column(default=None)
    budget: Mapped[Decimal | None] = mapped_column(Numeric(16, 2), default=None)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    offers: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    """pilot, purchase, investment, cooperation."""
    visibility: Mapped[str] = mapped_column(String(20), default="public")
    """public, registered, invited."""
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    company: Mapped[Company] = relationship(back_populates="needs", init=False)
