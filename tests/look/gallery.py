"""The component sheet, served without the rest of the house: `python -m tests.look.gallery`, then open it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po
from flask import Flask, Response, current_app, render_template, request
from jinja2 import StrictUndefined
from markupsafe import Markup

from campapp.core.stylesheet import joined
from tests.look.board import places, timetable
from tests.look.sample import sample_of

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 26, 13, 46, 31, tzinfo=UTC)
CSP = "default-src 'none'; " + "; ".join(
    f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect")
)
PO = ROOT / "campapp" / "translations" / "parts" / "look.po"
ICON = Markup('<svg class="i" aria-hidden="true"><use href="/static/vendor/icons.svg#{}"/></svg>')


class Words:
    """gettext from the part's own catalogue, without compiling it."""

    def __init__(self) -> None:
        with PO.open("rb") as handle:
            self.zh = {(m.context, m.id): m.string for m in read_po(handle, locale="zh_CN") if m.id}

    def gettext(self, text: str) -> str:
        """The text in the language of the page."""
        return self.pgettext(None, text)

    def pgettext(self, context: str | None, text: str) -> str:
        """The same, of the text in a context."""
        found = self.zh.get((context, text)) if language() == "zh_CN" else text
        return str(found or text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form for a number; Chinese has one."""
        found = self.zh.get((None, (one, many))) if language() == "zh_CN" else None
        return found[0] if found else (one if n == 1 else many)


def language() -> str:
    """`zh_CN` unless the page is asked for in English."""
    return "en" if request.args.get("lang") == "en" else "zh_CN"


def local(moment: datetime, pattern: str) -> str:
    """A moment in the park's zone."""
    return moment.astimezone(ZoneInfo("Asia/Shanghai")).strftime(pattern)


def teach(app: Flask) -> None:
    """Give the templates the globals that core gives them in the product."""
    env, words = app.jinja_env, Words()
    env.undefined = StrictUndefined
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext)  # type: ignore[attr-defined]
    env.globals.update(
        icon=ICON.format,
        asset=lambda path: f"/static/{path}",
        stylesheet_url=lambda: "/all.css",
        csrf_token=lambda: "token",
        format_date=lambda moment: local(moment, "%Y-%m-%d"),
        format_time=lambda moment: local(moment, "%H:%M:%S"),
        format_datetime=lambda moment: local(moment, "%Y-%m-%d %H:%M:%S"),
        now=lambda: NOW,
    )


def create_gallery() -> Flask:
    """A Flask app with one page of every component, and the error pages."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.secret_key = "the component sheet keeps no secrets"
    teach(app)

    @app.context_processor
    def frame() -> dict[str, Any]:
        return frame_of(language(), role=request.args.get("role", "organiser"))

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CSP
        return response

    @app.get("/all.css")
    def stylesheet() -> Response:
        return Response(joined(ROOT / "static" / "css").text, mimetype="text/css")

    @app.get("/")
    @app.get("/<folder>/<name>")
    def show(folder: str = "_layout", name: str = "gallery") -> str:
        current_app.jinja_env.globals["current"] = frame_of(language(), request.args.get("role", ""))[
            "current"
        ]
        table = timetable(language() == "zh_CN")
        return render_template(f"{folder}/{name}.html", timetable=table, **sample_of(language()))

    @app.get("/places/<meeting>")
    def costs(meeting: str) -> dict[str, Any]:
        return places("lang=zh" in (request.referrer or ""))

    return app


def people(zh: bool, role: str) -> SimpleNamespace:
    """An organiser who is also a captain, acting for a team or not; or a visitor."""
    camp = "开源创新加速营 2026" if zh else "Open Source Acceleration Camp 2026"
    team = "青禾视觉" if zh else "Qinghe Vision"
    organiser = SimpleNamespace(key="organiser:1", role="organiser", level="owner", name=camp)
    captain = SimpleNamespace(key="member:7", role="member", level="captain", name=team)
    nobody = SimpleNamespace(key="visitor:0", role="visitor", level="", name="")
    used = nobody if role == "visitor" else organiser
    return SimpleNamespace(
        name="孙若安" if zh else "Sun Ruo’an",
        is_authenticated=role != "visitor",
        membership=used,
        scope=used,
        memberships=() if role == "visitor" else (organiser, captain),
        acting_for=captain if role == "acting" else None,
    )


def frame_of(locale: str, role: str) -> dict[str, Any]:
    """What core gives every template."""
    zh = locale == "zh_CN"
    chinese = ("今天", "报名", "匹配", "日程", "成果")
    english = ("Today", "Applications", "Matching", "Schedule", "Outcomes")
    icons = ("house", "inbox", "handshake", "calendar-days", "chart-column")
    menu = [
        SimpleNamespace(
            label=label, url="#", icon=name, active=name == "inbox", count=5 if name == "house" else 0
        )
        for label, name in zip(chinese if zh else english, icons, strict=True)
    ]
    name = "中关村软件园" if zh else "Zhongguancun Software Park"
    return {
        "current": SimpleNamespace(actor=people(zh, role), locale=locale, zone="Asia/Shanghai"),
        "park": SimpleNamespace(name=name, logo_url="", icp="京ICP备00000000号", police=""),
        "menu": [] if role == "visitor" else menu,
        "where": "开源创新加速营 2026" if zh else "Open Source Acceleration Camp 2026",
        "later": NOW + timedelta(days=2),
    }


if __name__ == "__main__":
    create_gallery().run(port=8123)
