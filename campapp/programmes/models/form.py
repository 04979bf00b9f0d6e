"""The entry form, declared as data: its versions, the one being composed, and templates of forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned


class EntryForm(Stamped, Base):
    """One version of a programme's entry form: sections and fields. Never changed; a change is a new version."""

    __tablename__ = "entry_forms"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


class FormDraft(Stamped, Versioned, Base):
    """The form as it is being composed: nobody is asked by it until it is put to use as the next version."""

    __tablename__ = "form_drafts"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), unique=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    """As it was before the last change, for undo."""
    changed_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(default=None)
    name: Mapped[str] = mapped_column(String(100), default="")
    """Who changed it last."""


class FormTemplate(Stamped, Base):
    """A form kept for other programmes of the park."""

    __tablename__ = "form_templates"

    title: Mapped[str] = mapped_column(String(200))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), default=None, index=True)
    name: Mapped[str] = mapped_column(String(100), default="")
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class FollowUp(Stamped, Versioned, Base):
    """What a programme asks for later, of whoever is in a state: a form of its own, each question with a due date."""

    __tablename__ = "follow_ups"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    """Of whom: `team` or `company`."""
    wanted_of: Mapped[str] = mapped_column(String(20))
    """In which state: `accepted` or `matched` of teams, `confirmed` or `matched` of companies."""
    title_zh: Mapped[str] = mapped_column(String(200), default="")
    title_en: Mapped[str] = mapped_column(String(200), default="")
    text_zh: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    """Until when everything is due that has no date of its own."""
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when nobody is asked any more; what was given stays."""


class FollowUpForm(Stamped, Base):
    """One version of a follow-up's form. Never changed; a change is a new version."""

    __tablename__ = "follow_up_forms"
    __table_args__ = (UniqueConstraint("follow_up_id", "number"),)

    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id"), index=True)
    number: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


class FollowUpDraft(Stamped, Versioned, Base):
    """A follow-up's form as it is being composed."""

    __tablename__ = "follow_up_drafts"

    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id"), unique=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    changed_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(default=None)
    name: Mapped[str] = mapped_column(String(100), default="")
