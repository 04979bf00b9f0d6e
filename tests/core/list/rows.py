"""A table with a list, as a room would declare one."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, ColumnElement, ForeignKey, MetaData, Numeric, String, true
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.access import hides, sees
from campapp.core.clock import UtcDateTime
from campapp.core.current import Actor
from campapp.core.db import Base
from campapp.core.list.columns import Column
from campapp.core.list.declared import List, Preset
from campapp.core.list.filters import Choice, DateRange, Flag, NumberRange, Option, Reference
from campapp.core.list.terms import Terms
from campapp.core.search import InPinyinOrder, Searchable
from campapp.core.text import money


class Apart(Base):
    """Tables beside the park's, which the park's own tests do not meet."""

    __abstract__ = True
    metadata = MetaData()


class Stall(Apart):
    """Something that rows point at."""

    __tablename__ = "test_stalls"

    name: Mapped[str] = mapped_column(String(40))


class Entry(Searchable, InPinyinOrder, Apart):
    """A row of the list."""

    __tablename__ = "test_entries"
    searched = ("name", "note")

    name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(200), default="")
    code: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[str] = mapped_column(String(20), default="draft")
    score: Mapped[int] = mapped_column(default=0)
    budget: Mapped[Decimal | None] = mapped_column(Numeric(16, 2), default=None)
    due: Mapped[date | None] = mapped_column(default=None)
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    stall_id: Mapped[int | None] = mapped_column(ForeignKey("test_stalls.id"), default=None)
    tags: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    secret: Mapped[bool] = mapped_column(default=False)


def open_rows(_: Actor) -> ColumnElement[bool]:
    """All that is not secret."""
    return Entry.secret.is_(False)


def everything(_: Actor) -> ColumnElement[bool]:
    """All."""
    return true()


def notes(actor: Actor, _: Entry) -> list[str]:
    """Visitors read no notes."""
    return [] if actor.role == "administrator" else ["note"]


def register() -> None:
    """Who sees what of it."""
    sees(Entry)(open_rows)
    sees(Entry, "administrator")(everything)
    hides(Entry)(notes)


class Entries(List[Entry]):
    """The list of these tests."""

    name = "entries"
    model = Entry
    size = 20
    order = "-received"
    columns = (
        Column("name", "Name", sort=Entry.pinyin_key, fold="full"),
        Column("code", "Code"),
        Column("note", "Note"),
        Column("state", "State", sort=Entry.state, fold="state"),
        Column("score", "Score", sort=Entry.score, align="r"),
        Column("budget", "Budget", sort=Entry.budget, align="r"),
        Column("due", "Due", sort=Entry.due),
        Column("received", "Received", value=lambda row: row.received_at, sort=Entry.received_at),
        Column("tags", "Tags", shown=False),
        Column("secret", "Secret", only_for=lambda actor: actor.role == "administrator"),
    )
    filters = (
        Terms("q", also=(Entry.code,)),
        Choice(
            "state",
            "State",
            Entry.state,
            (
                Option("draft", "Draft"),
                Option("submitted", "Submitted"),
                Option("early", "Early bird", Entry.score > 90),
            ),
        ),
        Reference("stall", "Stall", Entry.stall_id, lambda _: [Option("1", "North"), Option("2", "South")]),
        Flag("due_known", "Due day known", Entry.due.is_not(None)),
        DateRange("due", "Due", Entry.due),
        DateRange("received", "Received", Entry.received_at),
        NumberRange("score", "Score", Entry.score),
        NumberRange("budget", "Budget", Entry.budget, money.amount, money.in_figures),
    )
    presets = (Preset("All"), Preset("Submitted", "state=submitted"))

    @property
    def zone(self) -> str:
        """Where the days of this list are."""
        return "Asia/Shanghai"
