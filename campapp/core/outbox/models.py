"""Tables of the outbox: what is to be told, to whom it went, and what an organiser holds back."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core import clock
from campapp.core.db import Base, Stamped

LEFT = frozenset({"expanded", "summed up", "broken"})
"""States of a letter that can no longer be called back."""


class Sending(Stamped, Base):
    """Decide now, tell later: the letters of one bulk action or publication, held until an organiser sends them."""

    __tablename__ = "sendings"

    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40), default="")
    """The kind and id of what it belongs to (a programme), for the page's rule."""
    subject_id: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[int | None] = mapped_column(default=None)
    released_at: Mapped[datetime | None] = mapped_column(default=None)
    """When its letters leave; perhaps still to come."""
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """Words that the organiser added, by language."""
    unnamed: Mapped[bool] = mapped_column(default=False)
    """It reaches people whom the staff must not learn of (open drafts): its record counts them and names nobody."""


class Letter(Stamped, Base):
    """One thing to tell about one subject to one audience."""

    __tablename__ = "letters"
    __table_args__ = (
        Index("ix_letters_due", "state", "not_before"),
        Index("ix_letters_subject", "kind", "subject_id"),
    )

    template: Mapped[str] = mapped_column(String(120))
    """`room/name`: a mail template templates/<room>/mail/<name>.txt, its first line the subject."""
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    audience: Mapped[str] = mapped_column(String(120))
    """`team:12`, `company:3`, `account:7`, `programme:2`, `address:x@y.example`; rooms register how it is expanded."""
    words: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    not_before: Mapped[datetime] = mapped_column(default_factory=clock.now)
    channels: Mapped[str] = mapped_column(String(40), default="")
    """`app mail sms`, as the organiser chose; empty: application and mail, a text message to who has no mail."""
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    """waiting, held (a sending), gathered (for one summary), expanded, summed up, broken."""
    sending_id: Mapped[int | None] = mapped_column(ForeignKey("sendings.id"), default=None, index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), default=None, index=True)
    key: Mapped[str] = mapped_column(String(40), default_factory=lambda: uuid.uuid4().hex)
    error: Mapped[str] = mapped_column(Text, default="")
    """Why it could not be written out."""

    def become(self, state: str, error: str = "") -> None:
        """What became of it."""
        self.state, self.error = state, error[:2000]


class Delivery(Stamped, Base):
    """One person, one channel: the record of delivery."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("letter_id", "channel", "recipient"),
        Index("ix_deliveries_state", "state", "next_try"),
    )

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    """`app`, `mail`, `sms`."""
    recipient: Mapped[str] = mapped_column(String(254))
    """`account:7` in the application, else the address."""
    account_id: Mapped[int | None] = mapped_column(default=None, index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    locale: Mapped[str] = mapped_column(String(10), default="zh_CN")
    title: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(Text, default="")
    variables: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """Of a text message: what stands in its approved text."""
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    """waiting, sending, sent, kept (in the mailbox page), failed (will be tried again), given up, unknown (a crash
    in the middle: perhaps it left)."""
    attempts: Mapped[int] = mapped_column(default=0)
    again: Mapped[int] = mapped_column(default=0)
    """How often a person had it sent once more although it had left."""
    next_try: Mapped[datetime] = mapped_column(default_factory=clock.now)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    read_at: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(Text, default="")

    def become(self, state: str, error: str = "") -> None:
        """What became of it."""
        self.state, self.error = state, error[:2000]
