"""Tables of an entry: the draft, its versions, its answers and files."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campapp.core.db import Base, Stamped, Stateful, Versioned
from campapp.core.search import Searchable


class Application(Stamped, Versioned, Stateful, Searchable, Base):
    """A team's entry of a project into a programme."""

    __tablename__ = "applications"
    __table_args__ = (
        Index(
            "uq_applications_active",
            "programme_id",
            "team_id",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        UniqueConstraint("programme_id", "number"),
        Index("ix_applications_list", "programme_id", "state", "submitted_at", "id"),
        Index("ix_applications_submitted", "programme_id", "submitted_at", "id"),
        Index("ix_applications_team", "programme_id", "team_sort", "id"),
        Index("ix_applications_track", "programme_id", "track_id", "submitted_at", "id"),
        Index("ix_applications_trl", "programme_id", "trl", "id"),
        Index("ix_applications_marks", "programme_id", "mark_score", "id"),
    )
    searched = ("number", "team_name", "project_title", "summary")
    spelled = ("number", "team_name", "project_title")

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("tracks.id"), default=None, index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("entry_groups.id"), default=None, index=True)
    number: Mapped[str | None] = mapped_column(String(20), default=None)
    """`A-0188`: given at the first submission."""
    team_name: Mapped[str] = mapped_column(String(100), default="")
    """As at the last change, for lists."""
    team_sort: Mapped[str] = mapped_column(String(200), default="")
    project_title: Mapped[str] = mapped_column(String(200), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    trl: Mapped[int | None] = mapped_column(default=None)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict, info={"secret": True})
    """The draft: one document, a missing answer leaves its key out. Its changes are no matter of the audit log."""
    form_id: Mapped[int | None] = mapped_column(ForeignKey("entry_forms.id"), default=None)
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the submission that counts was received."""
    submission_id: Mapped[int | None] = mapped_column(
        ForeignKey("submissions.id", use_alter=True, name="fk_applications_submission_id"), default=None
    )
    min_meetings: Mapped[int] = mapped_column(default=0)
    max_meetings: Mapped[int] = mapped_column(default=3)
    respond_by: Mapped[datetime | None] = mapped_column(default=None)
    """Until when a returned entry may be submitted again; None: until the organiser decides."""
    decided_reason: Mapped[str] = mapped_column(Text, default="")
    """Why returned, not eligible, not accepted, withdrawn: as the team reads it."""
    takes: Mapped[int] = mapped_column(default=0)
    maybes: Mapped[int] = mapped_column(default=0)
    noes: Mapped[int] = mapped_column(default=0)
    """How many colleagues would take it, perhaps, or not."""
    mark_score: Mapped[int] = mapped_column(default=0)
    """By which lists sort: two for each take, one for each maybe, minus two for each no."""
    collected_outside: Mapped[bool] = mapped_column(default=False)
    """Imported: the entry was collected by the organiser outside campapp."""
    companies_agreed_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when the team's consent to being passed to companies stands, as the ledger says; empties on withdrawal."""


class DraftField(Versioned, Base):
    """The version of one field of a draft, so that two members' edits merge and neither is lost silently."""

    __tablename__ = "draft_fields"
    __table_args__ = (UniqueConstraint("application_id", "key"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    account_id: Mapped[int | None] = mapped_column(default=None)
    name: Mapped[str] = mapped_column(String(100), default="")
    changed_at: Mapped[datetime]


class Submission(Stamped, Base):
    """One submitted version: the frozen snapshot, received when, from whom. Never changed."""

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("application_id", "number"),
        UniqueConstraint("application_id", "nonce"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    number: Mapped[int]
    """1, 2, …"""
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))
    form_id: Mapped[int | None] = mapped_column(ForeignKey("entry_forms.id"))
    received_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(default=None)
    by_name: Mapped[str] = mapped_column(String(100), default="")
    nonce: Mapped[str] = mapped_column(String(40))
    """Of the form that was sent: the same press twice is one submission."""
    allowance_id: Mapped[int | None] = mapped_column(ForeignKey("allowances.id"), default=None)
    """The extension under which it came in after the deadline."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class Answer(Base):
    """What lists filter by: a typed row for each filterable answer of the submission that counts."""

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("application_id", "key"),
        Index("ix_answers_text", "key", "text"),
        Index("ix_answers_number", "key", "number"),
        Index("ix_answers_day", "key", "day"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    text: Mapped[str | None] = mapped_column(String(200), default=None)
    number: Mapped[Decimal | None] = mapped_column(Numeric(20, 4), default=None)
    day: Mapped[date | None] = mapped_column(default=None)
    application: Mapped[Application] = relationship(init=False, viewonly=True, lazy="raise")


class EntryFile(Stamped, Base):
    """A file given as an answer. `confidential`: a representative sees it only after the non-disclosure terms;
    `for_companies`: whether one may see it at all; `counts`: part of the submission that counts, which the staff and
    companies see, whatever the draft holds by now."""

    __tablename__ = "entry_files"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True)
    confidential: Mapped[bool] = mapped_column(default=False)
    for_companies: Mapped[bool] = mapped_column(default=True)
    counts: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class TeamAbsence(Base):
    """A slot in which a team cannot meet."""

    __tablename__ = "team_absences"
    __table_args__ = (UniqueConstraint("application_id", "slot_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"), index=True)
