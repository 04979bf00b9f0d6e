"""Somebody else holds the database's lock, or the database takes no more."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from flask import Flask
from sqlalchemy.engine import make_url

from campapp.settings import Settings


@contextmanager
def locked(app: Flask, table: str) -> Iterator[Callable[[], bool]]:
    """No other process can write into `table` (SQLite: anywhere). Gives whether somebody waits for it by now."""
    settings: Settings = app.config["SETTINGS"]
    if not settings.database_url:
        connection = sqlite3.connect(settings.data / "campapp.sqlite3", isolation_level=None, timeout=20)
        connection.execute("BEGIN IMMEDIATE")
        soon = time.monotonic() + 0.2  # who waits for SQLite's lock leaves no trace
        try:
            yield lambda: time.monotonic() > soon
        finally:
            connection.execute("ROLLBACK")
            connection.close()
        return
    with psycopg.connect(settings.database_url) as holder, psycopg.connect(settings.database_url) as watcher:
        holder.execute(f'LOCK TABLE "{table}" IN EXCLUSIVE MODE')  # type: ignore[call-overload]
        waiting = (
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
            "WHERE NOT l.granted AND d.datname = current_database()"
        )
        yield lambda: watcher.execute(waiting).fetchone() != (0,)
        holder.rollback()


@contextmanager
def takes_no_more(settings: Settings) -> Iterator[None]:
    """A PostgreSQL that was made read-only, which is what happens to a hosted one whose disk is full."""
    _set(settings, "SET default_transaction_read_only = on")
    try:
        yield
    finally:
        _set(settings, "RESET default_transaction_read_only")


@contextmanager
def lets_nobody_in(settings: Settings) -> Iterator[None]:
    """A PostgreSQL that takes no connections."""
    _set(settings, "ALLOW_CONNECTIONS false")
    try:
        yield
    finally:
        _set(settings, "ALLOW_CONNECTIONS true")


def _set(settings: Settings, what: str) -> None:
    """Alter the test's database from outside it; whoever is connected is put out."""
    url = make_url(settings.database_url)
    outside = url.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(outside, autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{url.database}" {what}')  # type: ignore[call-overload]
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
            [url.database],
        )
