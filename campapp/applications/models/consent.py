"""The ledger of consents, and the texts that are agreed to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campapp.applications.models.entry import Application
from campapp.core.db import Base, Stamped
from campapp.teams.models import Member

_STANDING = {"team": "withdrawn_at IS NULL AND member_id IS NULL",
             "member": "withdrawn_at IS NULL AND member_id IS NOT NULL"}  # fmt: skip


class Consent(Stamped, Base):
    """The ledger: who agreed to what, in which words, when, and how it was withdrawn. Never deleted.

    Without `member_id` it is the team's, about its entry; with it that person's own, about their name and what the
    entry says of them. A person who says no has a row that was withdrawn as it was made (`how` says so).
    """

    __tablename__ = "consents"
    __table_args__ = (
        Index(
            "uq_consents_standing", "application_id", "purpose", unique=True,
            sqlite_where=text(_STANDING["team"]), postgresql_where=text(_STANDING["team"]),
        ),
        Index(
            "uq_consents_own_standing", "application_id", "member_id", "purpose", unique=True,
            sqlite_where=text(_STANDING["member"]), postgresql_where=text(_STANDING["member"]),
        ),
    )  # fmt: skip

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    """running, companies, publication, photos."""
    text_version: Mapped[int]
    locale: Mapped[str] = mapped_column(String(10), default="zh_CN")
    """In which language it was read."""
    how: Mapped[str] = mapped_column(String(20), default="here")
    """`here`, or `outside`: collected by the organiser outside campapp; `declined`: asked, and said no."""
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None, index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), default=None, index=True)
    """Who gave it; of one from outside, who declared it (None: the command line)."""
    name: Mapped[str] = mapped_column(String(100), default="")
    collected_on: Mapped[date | None] = mapped_column(default=None)
    scan_file_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"), default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_by: Mapped[str] = mapped_column(String(100), default="")
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    application: Mapped[Application] = relationship(init=False)
    member: Mapped[Member | None] = relationship(init=False, viewonly=True)


class ConsentText(Stamped, Base):
    """A later version of what is agreed to; the first ships with campapp."""

    __tablename__ = "consent_texts"
    __table_args__ = (UniqueConstraint("purpose", "version"),)

    purpose: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    text_zh: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(default=None)
