"""The database: one base, mixins for shared columns, and a connection that never loses an update."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, ClassVar, dataclass_transform

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, MetaData, String, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship

from campapp.core import clock
from campapp.core.clock import UtcDateTime

CACHE = 8_000
"""Kilobytes of the database that each of SQLite's connections keeps at hand; its own 2,000 hold one common search."""
LOCK = {"key_share": True}
"""`with_for_update=LOCK`: FOR NO KEY UPDATE. We change no keys, and FOR UPDATE would wait for whoever only refers to
the row: two entries of one programme, each holding a reference, would wait for each other for ever."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(mapped_column, relationship))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """Every table derives from here (never from `db.Model`)."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        list[str]: JSON,
    }

    id: Mapped[int] = mapped_column(primary_key=True, init=False)


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(mapped_column, relationship))
class Stamped(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """When the row came into being."""

    created_at: Mapped[datetime] = mapped_column(default_factory=clock.now)


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(mapped_column, relationship))
class Versioned(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """A number that grows with each change, so that two editors never overwrite each other silently."""

    version: Mapped[int] = mapped_column(default=1, init=False)


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(mapped_column, relationship))
class Stateful(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """A state that only `core.states` moves, and since when it stands."""

    state: Mapped[str] = mapped_column(String(40), index=True)
    state_at: Mapped[datetime] = mapped_column(default_factory=clock.now)


db = SQLAlchemy(metadata=Base.metadata)
writing: ContextVar[str] = ContextVar("writing", default="")
"""Empty: reading; `wait`: writing, waiting for the lock; `now`: writing only if nobody is in the way."""


@contextmanager
def write_transaction(*, wait: bool = True) -> Iterator[None]:
    """Mark that the next transaction writes: SQLite then takes its lock at the beginning."""
    token = writing.set("wait" if wait else "now")
    try:
        yield
    finally:
        writing.reset(token)


def let_go() -> None:
    """End what the session holds; a connection that was cut meanwhile is dropped instead of asked to roll back."""
    try:
        db.session.rollback()
    except DBAPIError:
        db.session().invalidate()


def tune(engine: Engine, patience: float) -> None:
    """Make a database safe for many writers, each of whom waits for a lock so many seconds at most.

    SQLite: WAL, full durability, IMMEDIATE inside actions.
    """
    (_tune_sqlite if engine.dialect.name == "sqlite" else _tune_postgresql)(engine, int(patience * 1000))


def _tune_sqlite(engine: Engine, wait: int) -> None:
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we emit BEGIN ourselves; the driver's own loses updates
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={wait}", f"cache_size=-{CACHE}"
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}").close()

    def begin(connection: Connection) -> None:
        how = writing.get()
        if how != "now":
            connection.exec_driver_sql("BEGIN IMMEDIATE" if how else "BEGIN")
            return
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={wait}")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)


def _tune_postgresql(engine: Engine, wait: int) -> None:
    def prepare(connection: Any, _record: object) -> None:
        connection.execute(f"SET lock_timeout = {wait}")
        connection.commit()

    def begin(connection: Connection) -> None:
        if writing.get() == "now":
            connection.exec_driver_sql("SET LOCAL lock_timeout = 100")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)


@event.listens_for(Base, "before_update", propagate=True)
def _grow_version(_mapper: object, _connection: object, row: object) -> None:
    if isinstance(row, Versioned):
        row.version += 1
