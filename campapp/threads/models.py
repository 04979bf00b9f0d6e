"""Tables of threads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.db import Base, Stamped
from campapp.core.search import Searchable


class Thread(Stamped, Base):
    """What two sides write to each other: about a call, an application, or a match."""

    __tablename__ = "threads"
    __table_args__ = (Index("ix_threads_list", "programme_id", "last_at", "id"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    """`call` (one person and the staff), `application` (a team and the staff), `match` (a team and a company)."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), default=None, index=True)
    """Who asked on the call; nobody but the staff is told."""
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("applications.id"), default=None, unique=True
    )
    match_id: Mapped[int | None] = mapped_column(ForeignKey("matches.id"), default=None, unique=True)
    opening: Mapped[str] = mapped_column(String(200), default="")
    """The beginning of the first post, for lists."""
    last_post_id: Mapped[int] = mapped_column(default=0)
    last_side: Mapped[str] = mapped_column(String(10), default="")
    """Whose word is the last: `asker`, `team`, `company` or `staff`."""
    last_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    application: Mapped[Application | None] = relationship(init=False, viewonly=True, lazy="raise")


class Post(Stamped, Searchable, Base):
    """One message of a thread."""

    __tablename__ = "posts"
    searched = ("text",)

    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), default=None, index=True)
    name: Mapped[str] = mapped_column(String(100), default="")
    faq_id: Mapped[int | None] = mapped_column(ForeignKey("faqs.id"), default=None)
    """The frequent question under which this answer is public."""
    letter_id: Mapped[int | None] = mapped_column(
        ForeignKey("letters.id", ondelete="SET NULL"), default=None, index=True
    )
    """What tells the other side of it."""


class ThreadReading(Base):
    """How far a person has read a thread."""

    __tablename__ = "thread_readings"
    __table_args__ = (UniqueConstraint("account_id", "thread_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), index=True)
    post_id: Mapped[int]
