"""Tables of teams."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campapp.core.db import Base, Stamped, Versioned


class Team(Stamped, Versioned, Base):
    """People who work together."""

    __tablename__ = "teams"

    name: Mapped[str] = mapped_column(String(100))
    name_key: Mapped[str] = mapped_column(String(100), index=True)
    """Folded, so that lookalikes are found."""
    sort_key: Mapped[str] = mapped_column(String(200), default="", index=True)
    """By pinyin."""
    initials: Mapped[str] = mapped_column(String(100), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), default=None)
    size: Mapped[int | None] = mapped_column(default=None)
    """As stated where the members are not all named (an import)."""
    locale: Mapped[str] = mapped_column(String(10), default="zh_CN")
    dissolved_at: Mapped[datetime | None] = mapped_column(default=None)
    members: Mapped[list[Member]] = relationship(
        back_populates="team", default_factory=list, order_by="Member.id", lazy="select", init=False
    )


class Member(Stamped, Versioned, Base):
    """A person in a team, with or without an account yet."""

    __tablename__ = "members"
    __table_args__ = (
        Index(
            "uq_members_account",
            "team_id",
            "account_id",
            unique=True,
            sqlite_where=text("left_at IS NULL AND account_id IS NOT NULL"),
            postgresql_where=text("left_at IS NULL AND account_id IS NOT NULL"),
        ),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), default=None, index=True)
    name: Mapped[str] = mapped_column(String(100))
    mail: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    title: Mapped[str] = mapped_column(String(100), default="")
    captain: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[bool] = mapped_column(default=False)
    presenter: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime | None] = mapped_column(default=None)
    left_at: Mapped[datetime | None] = mapped_column(default=None)
    taken_out: Mapped[bool] = mapped_column(default=False)
    """Not gone by themselves: the captain took them out."""
    team: Mapped[Team] = relationship(back_populates="members", init=False)
