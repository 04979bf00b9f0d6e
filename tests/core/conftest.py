"""A reader without the rest of the house: Flask-Babel over the catalogue of core alone."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import Babel, force_locale
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

CATALOGUE = Path(__file__).parents[2] / "campapp/translations/parts/core.po"


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application that does nothing but speak both languages."""
    folder = tmp_path_factory.mktemp("translations")
    compiled = folder / "zh_Hans_CN/LC_MESSAGES"
    compiled.mkdir(parents=True)
    with CATALOGUE.open("rb") as written, (compiled / "messages.mo").open("wb") as file:
        write_mo(file, read_po(written, locale="zh_CN"))
    (folder / "zh_CN").symlink_to("zh_Hans_CN")
    app = Flask("campapp-reader")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder)
    Babel(app)
    return app


@pytest.fixture
def reading(reader: Flask) -> Callable[[str], AbstractContextManager[None]]:
    """`with reading("zh_CN"):` somebody reads Chinese."""

    @contextmanager
    def speak(language: str) -> Iterator[None]:
        with reader.test_request_context(), force_locale(language):
            yield

    return speak


SERVER = os.environ.get("CAMPAPP_TEST_DATABASE_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of each kind; its own schema on PostgreSQL, gone afterwards."""
    if request.param == "sqlite":
        made = create_engine(f"sqlite:///{tmp_path}/park.db")
        yield made
        made.dispose()
        return
    server = create_engine(
        SERVER,
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": 2, "options": "-c lock_timeout=10s"},
    )
    schema = f"core_{uuid.uuid4().hex[:12]}"
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        pytest.skip("no PostgreSQL server lets a test role in")
    made = create_engine(SERVER, connect_args={"options": f"-c search_path={schema} -c lock_timeout=10s"})
    yield made
    made.dispose()
    with server.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    server.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session in that database."""
    with Session(engine) as opened:
        yield opened
