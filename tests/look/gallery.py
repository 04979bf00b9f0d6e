"""The component sheet, served without the rest of the house: `python -m tests.look.gallery`, then open it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po
from flask import Flask, Response, render_template, request, send_from_directory
from jinja2 import StrictUndefined
from markupsafe import Markup

from campapp.core.stylesheet import joined
from tests.look.sample import sample_of

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 26, 13, 46, 31, tzinfo=UTC)
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'"
PO = ROOT / "campapp" / "translations" / "parts" / "look.po"


class Words:
    """gettext from the part's own catalogue, without compiling it."""

    def __init__(self) -> None:
        with PO.open("rb") as handle:
            self.zh = {m.id: m.string for m in read_po(handle, locale="zh_CN") if m.id}

    def gettext(self, text: str) -> str:
        """The text in the language of the page."""
        found = self.zh.get(text) if language() == "zh_CN" else text
        return str(found or text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form for a number; Chinese has one."""
        found = self.zh.get((one, many)) if language() == "zh_CN" else None
        return found[0] if found else (one if n == 1 else many)


def language() -> str:
    """`zh_CN` unless the page is asked for in English."""
    return "en" if request.args.get("lang") == "en" else "zh_CN"


def icon(name: str) -> Markup:
    """One icon of the sprite."""
    return Markup('<svg class="i" aria-hidden="true"><use href="/static/vendor/icons.svg#{}"/></svg>').format(name)


def local(moment: datetime, pattern: str) -> str:
    """A moment in the park's zone."""
    return moment.astimezone(ZoneInfo("Asia/Shanghai")).strftime(pattern)


def create_gallery() -> Flask:
    """A Flask app with one page: every component in every state."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.secret_key = "the component sheet keeps no secrets"
    words, sheet = Words(), joined(ROOT / "static" / "css")
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = False
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        icon=icon,
        asset=lambda path: f"/static/{path}",
        stylesheet_url=lambda: f"/{sheet.name}",
        csrf_token=lambda: "token",
        format_date=lambda moment: local(moment, "%Y-%m-%d"),
        format_time=lambda moment: local(moment, "%H:%M"),
        format_datetime=lambda moment: local(moment, "%Y-%m-%d %H:%M:%S"),
        now=lambda: NOW,
    )

    @app.context_processor
    def frame() -> dict[str, Any]:
        return frame_of(language(), role=request.args.get("role", "organiser"))

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CSP
        return response

    @app.get(f"/{sheet.name}")
    def stylesheet() -> Response:
        return Response(joined(ROOT / "static" / "css").text, mimetype="text/css")

    @app.get("/icon.svg")
    def favicon() -> Response:
        return send_from_directory(ROOT / "static", "icon.svg")

    @app.get("/")
    @app.get("/errors/<name>")
    def show(name: str = "") -> str:
        template = f"errors/{name}.html" if name else "_layout/gallery.html"
        return render_template(template, **sample_of(language()))

    return app


def frame_of(locale: str, role: str) -> dict[str, Any]:
    """What core gives every template, for somebody who organises a camp."""
    zh = locale == "zh_CN"
    camp = "开源创新加速营 2026" if zh else "Open Source Acceleration Camp 2026"
    organiser = SimpleNamespace(key="organiser:1", role="organiser", level="owner", name=camp)
    captain = SimpleNamespace(key="member:7", role="member", level="captain", name="青禾视觉" if zh else "Qinghe Vision")
    nobody = SimpleNamespace(key="visitor:0", role="visitor", level="", name="")
    signed_in = role != "visitor"
    actor = SimpleNamespace(
        name="孙若安" if zh else "Sun Ruo’an",
        is_authenticated=signed_in,
        membership=organiser if signed_in else nobody,
        scope=organiser if signed_in else nobody,
        memberships=(organiser, captain) if signed_in else (),
        acting_for=captain if role == "acting" else None,
    )
    labels = ("今天", "报名", "匹配", "日程", "成果") if zh else ("Today", "Applications", "Matching", "Schedule", "Outcomes")
    icons = ("house", "inbox", "handshake", "calendar-days", "chart-column")
    menu = [
        SimpleNamespace(label=label, url="#", icon=name, active=name == "inbox", count=5 if name == "house" else 0)
        for label, name in zip(labels, icons, strict=True)
    ]
    park = SimpleNamespace(name="中关村软件园" if zh else "Zhongguancun Software Park", logo_url="", icp="京ICP备00000000号", police="")
    current = SimpleNamespace(actor=actor, locale=locale, zone="Asia/Shanghai")
    return {"current": current, "park": park, "menu": menu if signed_in else [], "where": camp, "later": NOW + timedelta(days=2)}


if __name__ == "__main__":
    create_gallery().run(port=8123)
