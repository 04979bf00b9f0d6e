"""The component sheet, served without the rest of the house: `python -m tests.look.gallery`, then open it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from babel.messages.pofile import read_po
from flask import Flask, Response, flash, render_template, render_template_string, request
from flask_babel import Babel
from jinja2 import StrictUndefined

from campapp.core import look
from campapp.core.current import ANONYMOUS, Actor, Membership, current
from campapp.core.text import lines
from tests.look.board import places, timetable
from tests.look.sample import sample_of

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 26, 13, 46, 31, tzinfo=UTC)
CSP = "default-src 'none'; " + "; ".join(
    f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect")
)
PO = ROOT / "campapp" / "translations" / "parts" / "look.po"


HITS = '{% from "_macros/search.html" import hits %}{{ hits(groups) }}'


def found(query: str) -> list[dict[str, Any]]:
    """What the palette is told of a query."""
    hits = [{"url": f"#{name}", "title": name, "sub": "T0"} for name in ("Baidu", "Inspur", "Tencent")]
    hits = [hit for hit in hits if query and query.lower() in hit["title"].lower()]
    return [{"label": "Companies", "hits": hits}] if hits else []


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


def create_gallery() -> Flask:
    """A Flask app with one page of every component, and the error pages."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.secret_key = "the component sheet keeps no secrets"
    env, words = app.jinja_env, Words()
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    app.extensions["saved"] = []
    Babel(app, locale_selector=language)
    env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext)  # type: ignore[attr-defined]
    env.globals.update(csrf_token=lambda: "token", current=current, characters=lines.length, rooted=str)
    look.dress(app, look.Files(ROOT / "static", versioned=False))
    env.globals["now"] = lambda: NOW

    @app.before_request
    def enter() -> None:
        role = request.args.get("role", "organiser")
        current.put(actor=people(language() == "zh_CN", role), locale=language())

    @app.context_processor
    def frame() -> dict[str, Any]:
        return frame_of(language(), request.args.get("role", "organiser"))

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CSP
        return response

    @app.get("/")
    @app.get("/<folder>/<name>")
    def show(folder: str = "_layout", name: str = "gallery") -> str:
        if request.args.get("toast"):
            flash({"text": request.args["toast"], "undo": "/undone"}, "done")  # type: ignore[arg-type]
        table = timetable(language() == "zh_CN")
        return render_template(f"{folder}/{name}.html", timetable=table, **sample_of(language()))

    @app.post("/save")
    def save() -> dict[str, Any]:
        app.extensions["saved"].append(request.form.to_dict(flat=False))
        return {"saved": NOW.isoformat(), "versions": dict.fromkeys(request.form.getlist("fields"), 2)}

    @app.get("/search")
    def search() -> str:
        return render_template_string(HITS, groups=found(request.args["q"]))

    @app.get("/places/<meeting>")
    def costs(meeting: str) -> dict[str, Any]:
        return places("lang=zh" in (request.referrer or ""))

    return app


def people(zh: bool, role: str) -> Actor:
    """An organiser who is also a captain, acting for a team or not; or a visitor."""
    if role == "visitor":
        return ANONYMOUS
    camp = "开源创新加速营 2026" if zh else "Open Source Acceleration Camp 2026"
    organiser = Membership("organiser", "programme", 1, "owner", camp)
    captain = Membership("member", "team", 7, "captain", "青禾视觉" if zh else "Qinghe Vision")
    name = "孙若安" if zh else "Sun Ruo’an"
    helping = captain if role == "acting" else None
    return Actor(1, name, True, membership=organiser, memberships=(organiser, captain), acting_for=helping)


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
        "park": look.House(name, icp="京ICP备00000000号", zone_label="北京时间" if zh else "Beijing time"),
        "menu": [] if role == "visitor" else menu,
        "where": "开源创新加速营 2026" if zh else "Open Source Acceleration Camp 2026",
        "later": NOW + timedelta(days=2),
    }


if __name__ == "__main__":
    create_gallery().run(port=8123)
