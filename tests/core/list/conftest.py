"""The application's database with the tables of these tests in it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from campapp.core import access
from campapp.core.current import CONSOLE, current
from campapp.core.db import db
from tests.core.list.rows import Apart, Entry, register


@pytest.fixture
def tables(app: Flask) -> Iterator[None]:
    """Entries can be stored; an administrator reads. Nothing of it is left afterwards."""
    Apart.metadata.create_all(db.engine)
    register()
    with app.test_request_context("/entries"), current.set(actor=CONSOLE, locale="en"):
        yield
    db.session.remove()
    Apart.metadata.drop_all(db.engine)
    access._sights.pop(Entry, None)
    access._hides.pop(Entry, None)
