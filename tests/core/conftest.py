"""A reader without the rest of the house: Flask-Babel over the catalogue of core alone."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import Babel, force_locale

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
