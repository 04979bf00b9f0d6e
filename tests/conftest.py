"""One application a database kind, a clean park for each test, and clients that are somebody."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import event, text

from campapp import create_app
from campapp.core.current import SYSTEM, current, forget
from campapp.core.db import Base, db
from campapp.settings import Settings, beside
from tests.browser.served import chromium_path, launch

POSTGRES = os.environ.get("CAMPAPP_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


def postgres_answers() -> bool:
    """Whether a PostgreSQL lets the test role in."""
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def park(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application over a migrated, empty database of each kind."""
    data = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        yield from _made(Settings(data=data, testing=True))
        return
    if not postgres_answers():
        pytest.skip("no PostgreSQL answers")
    name = f"campapp_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    url = POSTGRES.rpartition("/")[0] + "/" + name
    yield from _made(Settings(data=data, testing=True, database_url=url))
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _made(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade()
        db.session.remove()
    if not settings.database_url:
        with app.app_context():
            db.engine.dispose()
        shutil.copy(settings.data / "campapp.sqlite3", settings.data / "empty.sqlite3")
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(park: Flask) -> Iterator[Flask]:
    """The application over a clean park, in its context."""
    settings: Settings = park.config["SETTINGS"]
    with park.app_context():
        _clean(settings)
        yield park
        db.session.remove()
        forget()


def _clean(settings: Settings) -> None:
    db.session.remove()
    shutil.rmtree(settings.files, ignore_errors=True)
    if settings.database_url:
        deletions = [f'DELETE FROM "{table.name}"' for table in reversed(Base.metadata.sorted_tables)]
        with db.engine.begin() as connection:
            connection.execute(text("; ".join(["UPDATE applications SET submission_id = NULL", *deletions])))
        return
    db.engine.dispose()
    for leftover in Path(settings.data).glob("campapp.sqlite3*"):
        leftover.unlink()
    shutil.copy(settings.data / "empty.sqlite3", settings.data / "campapp.sqlite3")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, one for all browser tests of a process."""
    if chromium_path() is None:
        pytest.skip("no Chromium found")
    if not (beside("static") / "vendor" / "htmx.min.js").exists():
        pytest.skip("the front-end files are not built")
    with sync_playwright() as play:
        browser = launch(play)
        yield browser
        browser.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def system(app: Flask) -> Iterator[None]:
    """Act as the system for the whole test: to arrange, not to ask rules."""
    with current.set(actor=SYSTEM):
        yield


@pytest.fixture
def statements(app: Flask) -> Callable[[Callable[[], object]], int]:
    """How many SQL statements a call asks (BEGIN, COMMIT and the like left out)."""

    def count(call: Callable[[], object]) -> int:
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            if statement.split(None, 1)[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
                seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            call()
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    return count
