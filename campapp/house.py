"""Wires the rooms together, and nothing else."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from campapp.core import audit, beats, files, jobs, outbox, park, sweeping, upload, web_app, workdays
from campapp.core.list import views as lists
from campapp.settings import Settings, beside

TABLES = (audit, beats, files, jobs, outbox, park, sweeping, upload, workdays)
"""Modules of core that bring tables, or work for the worker, of their own."""

ROOMS = (
    "accounts", "organisations", "companies", "teams", "pool", "programmes", "applications", "runs", "matching",
    "scheduling", "outcomes", "threads", "dues", "messages", "exchange", "reports", "park", "desk", "demo",
)  # fmt: skip
"""In floor order, lowest first."""

DOORS = ("models", "rules", "audiences", "inviting", "actions", "queries", "lists", "jobs", "views")


def build(settings: Settings | None = None) -> Flask:
    """The application.

    Raises:
        RuntimeError: an endpoint names no rule.
    """
    settings = settings or Settings.from_environment()
    app = Flask("campapp", template_folder=str(beside("templates")), static_folder=str(beside("static")))
    app.config.from_mapping(_configuration(settings))
    from campapp import wiring  # why: it names the rooms' own pages, which import the house
    from campapp.demo import stage  # why: as above

    web_app.prepare(app, settings)
    for room in ROOMS:
        for door in DOORS:
            if find_spec(f"campapp.{room}.{door}"):
                module = import_module(f"campapp.{room}.{door}")
                if door == "views":
                    app.register_blueprint(module.bp)
    app.register_blueprint(lists.bp)
    wiring.connect(app)
    web_app.refuse_unguarded(app)
    if not settings.rehearsal:
        stage.beside(app, build)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *([settings.proxies] * 4))  # type: ignore[method-assign]
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret(),
        "SQLALCHEMY_DATABASE_URI": settings.database,
        "TESTING": settings.testing,
        "MAX_CONTENT_LENGTH": 64 << 20,
        "MAX_FORM_MEMORY_SIZE": 2 << 20,
        "MAX_FORM_PARTS": 4000,
        "SESSION_COOKIE_NAME": f"campapp_{settings.rehearsal[:8]}" if settings.rehearsal else "campapp",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "zh_CN",
        "BABEL_TRANSLATION_DIRECTORIES": str(Path(__file__).parent / "translations"),
    }
