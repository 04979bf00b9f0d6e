"""What every request passes: who acts, the language, CSRF, the guard, the headers, the error pages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask, abort, g, request
from flask_babel import Babel, get_locale
from flask_login import LoginManager, current_user
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect

from campapp.core import clock, look, timeline, web
from campapp.core import current as current_module
from campapp.core.action import may
from campapp.core.compress import pack
from campapp.core.current import ANONYMOUS, Actor, current
from campapp.core.db import db, let_go, tune
from campapp.core.language import LOCALES, gettext, ngettext, npgettext, pgettext, say, tag
from campapp.core.park import the_park
from campapp.core.text import lines, markdown
from campapp.core.web_cookie import BrowserCookie
from campapp.core.web_errors import answer_errors
from campapp.core.web_request import CampRequest, NumberInAddress
from campapp.settings import Settings, beside

load_actor: list[Callable[[], tuple[Actor, str, str] | None]] = []
"""`accounts` registers: from the request's cookie to (actor, locale, zone)."""
csrf = CSRFProtect()
babel = Babel()
login = LoginManager()
migrate = Migrate()


def prepare(app: Flask, settings: Settings) -> None:
    """Put database, languages, sign-in, guards, headers and errors into the application."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        tempfile.gettempdir()  # looked for by writing, and remembered: later the disk may be full
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _engine_options(settings))
    app.request_class = CampRequest
    app.session_interface = BrowserCookie()
    app.url_map.converters["int"] = NumberInAddress
    db.init_app(app)
    with app.app_context():
        tune(db.engine, settings.patience)
    migrate.init_app(app, db, directory=str(_migrations()), render_as_batch=False)
    babel.init_app(app, locale_selector=lambda: current.locale, timezone_selector=lambda: current.zone)
    login.init_app(app)
    login.request_loader(lambda _request: ANONYMOUS)
    app.before_request(_open)
    csrf.init_app(app)
    app.before_request(web.guard_request)
    app.after_request(pack)
    app.after_request(web.guard_was_asked)
    app.after_request(web.lead_within)
    app.after_request(web.protect)
    app.teardown_request(_close)
    app.teardown_appcontext(
        lambda _problem: let_go()
    )  # the answer is made: no matter of its reader's any more
    answer_errors(app)
    files = look.Files(Path(app.static_folder or "static"), versioned=not settings.testing)
    _templates(app, files, settings)
    app.wsgi_app = web.MethodOverride(app.wsgi_app)  # type: ignore[method-assign]
    if not settings.testing:
        app.wsgi_app = files.served_by(app.wsgi_app, settings.development)  # type: ignore[method-assign]


def _engine_options(settings: Settings) -> dict[str, Any]:
    if settings.database.startswith("sqlite"):
        return {"connect_args": {"check_same_thread": False}, "pool_size": 20}
    return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}


def _migrations() -> Path:
    return beside("migrations")


def refuse_unguarded(app: Flask) -> None:
    """Default deny at start-up."""
    missing = web.unguarded(app)
    if missing:
        raise RuntimeError(f"no rule guards {', '.join(missing)}")


def _open() -> None:
    g.opened = True
    current.put(request_id=web.request_id(), locale=_chosen_locale())  # known before the database is asked
    if request.endpoint in {"static", "style"}:  # the same for everybody
        return
    if "\0" in request.path:
        abort(404)  # PostgreSQL refuses to be asked for such text
    found = load_actor[0]() if load_actor else None
    actor, locale, zone = found or (ANONYMOUS, "", "")
    park = g.park = the_park()
    if actor.is_authenticated:
        current.put(locale=locale if locale in LOCALES else _wanted_locale())
    current.put(actor=actor, zone=zone or (park.zone if park else "Asia/Shanghai"))
    g._login_user = actor


def _chosen_locale() -> str:
    chosen = request.cookies.get("locale", "")
    return chosen if chosen in LOCALES else _wanted_locale()


def _wanted_locale() -> str:
    best = request.accept_languages.best_match(["zh-CN", "zh", "zh-TW", "zh-HK", "en"], "zh-CN")
    return "en" if best == "en" else "zh_CN"


def _close(_problem: BaseException | None) -> None:
    if g.pop("opened", False):
        current_module.forget()


def _templates(app: Flask, files: look.Files, settings: Settings) -> None:
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        current=current, may=may, say=say, _=gettext, gettext=gettext,
        ngettext=ngettext, pgettext=pgettext, npgettext=npgettext, lang_tag=tag, current_user=current_user,
        stops_of=timeline.stops, rooted=web.rooted, markdown=markdown.render, characters=lines.length,
    )  # fmt: skip
    look.dress(app, files)

    @app.context_processor
    def _page() -> dict[str, Any]:
        return {"park": look.house(g.get("park")), "locale": current.locale, "get_locale": get_locale,
                "demo": settings.demo, "rehearsal": clock.now() if settings.rehearsal else None,
                "mailbox": settings.demo or settings.development}  # fmt: skip
