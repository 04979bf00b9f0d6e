"""Tables of exchange: what sheets with headings of their own were said to hold."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, Versioned


class HeadingMap(Stamped, Versioned, Base):
    """How the park reads a sheet with this set of headings; whoever mapped it last, for all who import."""

    __tablename__ = "heading_maps"

    headings_key: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the folded headings, in any order."""
    headings: Mapped[list[str]]
    """As written."""
    holds: Mapped[str] = mapped_column(String(20), default="")
    """The table that such a sheet is; empty: none, it is left out."""
    fields: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    """Column → heading, folded."""
    constants: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    """Column → what holds for every row, where no heading gives it."""
