"""campapp: an innovation park's year in one place, from registration to what came of it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from campapp.settings import Settings, beside

ROOMS = (
    "accounts", "organisations", "companies", "teams", "pool", "programmes", "applications", "runs", "matching",
    "scheduling", "outcomes", "messages", "park", "exchange", "reports", "desk", "demo",
)  # fmt: skip
"""In floor order, lowest first."""

DOORS = ("models", "rules", "audiences", "inviting", "actions", "queries", "lists", "jobs", "views")


def create_app(settings: Settings | None = None) -> Flask:
    """Wire the rooms together.

    Raises:
        RuntimeError: an endpoint names no rule.
    """
    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder=str(beside("templates")), static_folder=str(beside("static")))
    app.config.from_mapping(
        SETTINGS=settings,
        SECRET_KEY=settings.secret(),
        SQLALCHEMY_DATABASE_URI=settings.database,
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=64 << 20,
        MAX_FORM_MEMORY_SIZE=2 << 20,
        MAX_FORM_PARTS=4000,
        SESSION_COOKIE_NAME="campapp",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="zh_CN",
        BABEL_TRANSLATION_DIRECTORIES=str(Path(__file__).parent / "translations"),
    )
    from campapp import wiring  # why: rooms import campapp while it is being made
    from campapp.core import (  # noqa: F401  # why: as above; their tables
        beats,
        files,
        jobs,
        outbox,
        park,
        web_app,
        workdays,  # why: as above; its table
    )
    from campapp.core.list import views  # why: as above

    web_app.prepare(app, settings)
    for room in ROOMS:
        for door in DOORS:
            if find_spec(f"campapp.{room}.{door}"):
                module = import_module(f"campapp.{room}.{door}")
                if door == "views":
                    app.register_blueprint(module.bp)
    app.register_blueprint(views.bp)
    wiring.connect(app)
    web_app.refuse_unguarded(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *([settings.proxies] * 4))  # type: ignore[method-assign]
    return app
