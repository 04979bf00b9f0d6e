"""The park itself: what its people decide once, in one row."""

from __future__ import annotations

from typing import Any

from flask import current_app
from sqlalchemy import JSON, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned, db
from campapp.core.language import say
from campapp.settings import Settings


class Park(Stamped, Versioned, Base):
    """Names, zone, mail, footer numbers. Row 1, written by the set-up page or the demo."""

    __tablename__ = "park"

    name_zh: Mapped[str] = mapped_column(String(200), default="")
    name_en: Mapped[str] = mapped_column(String(200), default="")
    zone: Mapped[str] = mapped_column(String(60), default="Asia/Shanghai")
    logo_file_id: Mapped[int | None] = mapped_column(default=None)
    mail_from: Mapped[str] = mapped_column(String(254), default="")
    smtp_url: Mapped[str] = mapped_column(Text, default="", info={"secret": True})
    """Where mail leaves; empty: it stays in the mailbox page."""
    sms: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict, info={"secret": True})
    """The contract for text messages: provider, keys, signature, approved ids; empty: none (see `core.sms`)."""
    contact: Mapped[str] = mapped_column(String(254), default="")
    icp: Mapped[str] = mapped_column(String(60), default="")
    police: Mapped[str] = mapped_column(String(60), default="")
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)

    def name(self, locale: str) -> str:
        """The park's name in a language, else in the other."""
        return say(self, "name", locale)


def the_park() -> Park | None:
    """The park's row; None while the place is empty. Asked for once a session, however often it is named."""
    session = db.session()
    known: int | None = session.info.get("park")
    park = session.get(Park, known) if known is not None else None
    if park is None:
        park = session.scalars(_FIRST).one_or_none()
        session.info["park"] = park.id if park else None
    return park


_FIRST = select(Park).order_by(Park.id).limit(1)

HERE = "http://127.0.0.1:8000"
"""Where a park that nobody has told its address is reached."""


def address() -> str:
    """Where this park is reached: set for the machine, else by its administrators; never what a request claims."""
    settings: Settings = current_app.config["SETTINGS"]
    park = the_park()
    entered = str(park.options.get("address") or "").rstrip("/") if park else ""
    return settings.public_url or entered


def absolute(path: str) -> str:
    """The whole address of a page, for mails and for what is pasted elsewhere."""
    return (address() or HERE) + path
