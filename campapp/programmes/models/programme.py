"""A programme, its tracks, organising units, contacts and staff."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campapp.core import clock
from campapp.core.db import Base, Stamped, Stateful, Versioned
from campapp.core.language import say
from campapp.core.search import Searchable


class Programme(Stamped, Versioned, Stateful, Searchable, Base):
    """One edition of a competition or a camp. Its state: draft, published, archived."""

    __tablename__ = "programmes"
    searched = spelled = ("title_zh", "title_en")

    slug: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    """`competition` or `camp`."""
    title_zh: Mapped[str] = mapped_column(String(200), default="")
    title_en: Mapped[str] = mapped_column(String(200), default="")
    lead_zh: Mapped[str] = mapped_column(Text, default="")
    """One or two sentences under the title."""
    lead_en: Mapped[str] = mapped_column(Text, default="")
    text_zh: Mapped[str] = mapped_column(Text, default="")
    """Markdown."""
    text_en: Mapped[str] = mapped_column(Text, default="")
    place_zh: Mapped[str] = mapped_column(String(200), default="")
    place_en: Mapped[str] = mapped_column(String(200), default="")
    zone: Mapped[str] = mapped_column(String(60), default="Asia/Shanghai")
    first_day: Mapped[date]
    last_day: Mapped[date]
    opens_at: Mapped[datetime | None] = mapped_column(default=None)
    deadline: Mapped[datetime | None] = mapped_column(default=None)
    """The last instant at which a submission counts, to the second, inclusive."""
    grace_minutes: Mapped[int] = mapped_column(default=0)
    """So long after the deadline an entry that was submitted in time may still finish its uploads."""
    wanted: Mapped[int | None] = mapped_column(default=None)
    """Number of teams wanted; in a competition, how many are to be promoted."""
    contact_mail: Mapped[str] = mapped_column(String(254), default="")
    """Where replies go, and the ORGANIZER of calendars."""
    confidentiality_zh: Mapped[str] = mapped_column(Text, default="")
    """The non-disclosure terms; empty: none."""
    confidentiality_en: Mapped[str] = mapped_column(Text, default="")
    ranked_is_yes: Mapped[bool] = mapped_column(default=False)
    """A ranked partner counts as answered yes, changeable."""
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """Weights of the match, the slot rule."""
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id"), default=None)
    tracks: Mapped[list[Track]] = relationship(
        back_populates="programme", default_factory=list, order_by="Track.position", lazy="select", init=False
    )
    units: Mapped[list[Unit]] = relationship(
        back_populates="programme", default_factory=list, order_by="Unit.position", lazy="select", init=False
    )
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="programme",
        default_factory=list,
        order_by="Contact.position",
        lazy="select",
        init=False,
    )

    def title(self, locale: str) -> str:
        """The title in a language, else in the other."""
        return say(self, "title", locale)

    @property
    def meets(self) -> bool:
        """Whether companies come and teams meet them: a camp has rooms, tables, slots, matches and a schedule."""
        return self.kind == "camp"

    def is_open(self, at: datetime) -> bool:
        """Whether the call takes submissions at this instant; the deadline's own second still counts."""
        begun = self.opens_at is None or at >= self.opens_at
        return self.state == "published" and begun and not self.is_late(at)

    def is_late(self, at: datetime) -> bool:
        """Whether the deadline has passed: from the next second on."""
        return self.deadline is not None and clock.has_passed(self.deadline, at)


class Track(Versioned, Base):
    """A thematic division of a programme."""

    __tablename__ = "tracks"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title_zh: Mapped[str] = mapped_column(String(200), default="")
    title_en: Mapped[str] = mapped_column(String(200), default="")
    programme: Mapped[Programme] = relationship(back_populates="tracks", init=False)


class Unit(Base):
    """A unit that guides, hosts, organises, co-organises or supports (指导, 主办, 承办, 协办, 支持单位), or recommends
    entries (推荐单位)."""

    __tablename__ = "units"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    role: Mapped[str] = mapped_column(String(20))
    """guide, host, organiser, co-organiser, support, recommend."""
    name_zh: Mapped[str] = mapped_column(String(200), default="")
    name_en: Mapped[str] = mapped_column(String(200), default="")
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id"), default=None, index=True
    )
    programme: Mapped[Programme] = relationship(back_populates="units", init=False)


class Contact(Base):
    """Whom to ask: a person or a hotline with hours."""

    __tablename__ = "contacts"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str] = mapped_column(String(40), default="")
    mail: Mapped[str] = mapped_column(String(254), default="")
    hours: Mapped[str] = mapped_column(String(100), default="")
    programme: Mapped[Programme] = relationship(back_populates="contacts", init=False)


class Staff(Stamped, Versioned, Base):
    """Who organises a programme: owner, manager, helper, read-only."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("programme_id", "account_id"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    level: Mapped[str] = mapped_column(String(20))
    left_at: Mapped[datetime | None] = mapped_column(default=None)
