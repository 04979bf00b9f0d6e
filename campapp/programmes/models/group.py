"""Groups (组别) with their conditions, and the items of the formal check: what an entry is held against."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Versioned


class Group(Versioned, Base):
    """Who competes with whom. `conditions`: a list of `{"fact", "least"?, "most"?, "is"?}`, all of which hold."""

    __tablename__ = "entry_groups"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title_zh: Mapped[str] = mapped_column(String(200), default="")
    title_en: Mapped[str] = mapped_column(String(200), default="")
    conditions: Mapped[list[Any]] = mapped_column(JSON, default_factory=list)


class CheckItem(Versioned, Base):
    """One item of a programme's formal check; `auto` names the fact that prefills it, empty: a person looks."""

    __tablename__ = "check_items"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title_zh: Mapped[str] = mapped_column(Text, default="")
    title_en: Mapped[str] = mapped_column(Text, default="")
    auto: Mapped[str] = mapped_column(String(40), default="")
