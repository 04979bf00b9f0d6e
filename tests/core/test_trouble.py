"""What the machine's refusals mean to people: no room, somebody in the way, or a fault of our own."""

from __future__ import annotations

import errno
import sqlite3
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, PendingRollbackError

from campapp.core.action import transaction
from campapp.core.db import db
from campapp.core.trouble import BUSY, FULL, ailment
from campapp.settings import Settings


def test_a_sqlite_database_that_may_grow_no_more_is_full(tmp_path: Path) -> None:
    with create_engine(f"sqlite:///{tmp_path / 'small'}").connect() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
        connection.exec_driver_sql("PRAGMA max_page_count = 3")
        with pytest.raises(DBAPIError) as problem:
            connection.execute(text("INSERT INTO t VALUES (zeroblob(100000))"))
    assert ailment(problem.value) == FULL


@pytest.mark.parametrize(
    ("problem", "found"),
    [(OSError(errno.ENOSPC, "no space"), FULL), (OSError(errno.EDQUOT, "quota"), FULL),
     (FileNotFoundError(errno.ENOENT, "no such file"), ""), (ValueError("bad"), "")],
)  # fmt: skip
def test_of_the_disks_refusals_only_a_lack_of_room_is_one(problem: Exception, found: str) -> None:
    assert ailment(problem) == found


def test_a_statement_that_is_wrong_is_a_fault_of_our_own(app: Flask) -> None:
    with pytest.raises(DBAPIError) as problem:
        db.session.execute(text("SELECT * FROM no_such_table"))
    assert ailment(problem.value) == ""


@pytest.mark.parametrize("park", ["sqlite"], indirect=True)
def test_who_does_not_want_to_wait_is_told_at_once_and_the_next_writer_waits_as_ever(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    other = sqlite3.connect(settings.data / "campapp.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(DBAPIError) as problem, transaction(wait=False):
        db.session.execute(text("SELECT 1"))
    assert time.monotonic() - began < 5
    assert ailment(problem.value) == BUSY
    other.execute("ROLLBACK")
    other.close()
    with transaction():
        assert db.session.scalar(text("PRAGMA busy_timeout")) == settings.patience * 1000


def test_what_is_raised_while_something_ails_is_told_by_what_it_came_from() -> None:
    try:
        try:
            raise OSError(errno.ENOSPC, "no room")
        except OSError:
            raise ValueError("half written")  # noqa: B904  # why: the chain that Python keeps by itself is what is read
    except ValueError as problem:
        assert ailment(problem) == FULL
    assert ailment(PendingRollbackError("a session that cannot go on")) == BUSY
