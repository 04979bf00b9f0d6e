"""Notices: dated announcements of a programme."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned


class Notice(Stamped, Versioned, Base):
    """Shown on the public page and to the programme's teams once published."""

    __tablename__ = "notices"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    title_zh: Mapped[str] = mapped_column(String(200), default="")
    title_en: Mapped[str] = mapped_column(String(200), default="")
    text_zh: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(20), default="notice")
    """notice, or result: the decided list."""
    pinned: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None] = mapped_column(default=None)


class NoticeFile(Stamped, Base):
    """A file that goes with a notice: a template to fill in, a plan of the place."""

    __tablename__ = "notice_files"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Faq(Stamped, Versioned, Base):
    """A question that is asked again and again, with its answer, on the public page. It never says who asked."""

    __tablename__ = "faqs"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    question_zh: Mapped[str] = mapped_column(String(300), default="")
    question_en: Mapped[str] = mapped_column(String(300), default="")
    answer_zh: Mapped[str] = mapped_column(Text, default="")
    answer_en: Mapped[str] = mapped_column(Text, default="")
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
