"""What ails the machine below us: no room to write, or somebody else in the way for too long."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError, PendingRollbackError

FULL = "full"
"""Nothing can be written: the disk, its quota, or a database that takes no more."""
BUSY = "busy"
"""The database did not answer in time, or is not there."""
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
SQLITE_WRITELESS = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
)
SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
POSTGRES_WRITELESS = ("53100", "25006")
"""Disk full; read-only, which is what a hosted database becomes when its disk is full."""
POSTGRES_BUSY = ("08", "40", "53", "55P03", "57")
"""Connection, serialization and deadlock, resources, a lock not to be had, shutting down."""


def ailment(problem: BaseException) -> str:
    """`full`, `busy`, or empty: a fault of our own. What was raised while something ailed (a session that cannot go
    on, a file left half written) is told by what it came from."""
    seen: BaseException | None = problem
    while seen is not None:
        if what := _of_one(seen):
            return what
        seen = seen.__cause__ or seen.__context__
    return BUSY if isinstance(problem, PendingRollbackError) else ""


def _of_one(problem: BaseException) -> str:
    if isinstance(problem, OSError):
        return FULL if problem.errno in NO_ROOM else ""
    if not isinstance(problem, DBAPIError):
        return ""
    if isinstance(problem.orig, sqlite3.Error):
        return _of_sqlite(problem.orig)
    state = str(getattr(problem.orig, "sqlstate", "") or "")
    if state in POSTGRES_WRITELESS:
        return FULL
    gone = problem.connection_invalidated or (not state and type(problem.orig).__name__ == "OperationalError")
    return BUSY if gone or state.startswith(POSTGRES_BUSY) else ""


def _of_sqlite(problem: sqlite3.Error) -> str:
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF  # the extended code's kind
    if code in SQLITE_WRITELESS:
        return FULL
    return BUSY if code in SQLITE_BUSY else ""
