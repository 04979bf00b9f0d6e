"""An application without a park: forms are read without a database."""

from __future__ import annotations

import pytest
from flask import Flask

from campapp import create_app
from campapp.settings import Settings


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Enough to read forms in a reader's language."""
    app = create_app(Settings(data=tmp_path_factory.mktemp("plain"), testing=True))
    app.config["WTF_CSRF_ENABLED"] = False
    return app
