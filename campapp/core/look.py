"""What templates are dressed with: the stylesheet, versioned files, icons, moments, the park as pages show it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, Response, request
from markupsafe import Markup
from whitenoise import WhiteNoise

from campapp.core import file_kinds, stylesheet
from campapp.core.access import hidden_fields, signed_in
from campapp.core.clock import now
from campapp.core.compress import A_YEAR, PackedFiles
from campapp.core.current import current
from campapp.core.form.ahead import note_of, note_page, zone_of
from campapp.core.park import Park
from campapp.core.text import codes, moments
from campapp.core.text.sizes import size_shown
from campapp.core.web import guarded_by, public, rooted

# why: both are our own words, and `format` escapes what is put in.
DECORATIVE = Markup('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>')
SPOKEN = Markup('<svg class="i" role="img" aria-label="{}"><use href="{}#{}"/></svg>')


@dataclass(frozen=True)
class House:
    """The park as pages show it; it answers also while there is no park, or no database."""

    name: str
    logo_url: str = ""
    contact: str = ""
    icp: str = ""
    police: str = ""
    """The public-security number, as the park writes it."""
    zone_label: str = ""

    @property
    def police_url(self) -> str:
        """The register's page about this very number, which the rules want the footer to lead to."""
        code = "".join(c for c in self.police if c in "0123456789")
        return (
            f"https://beian.mps.gov.cn/#/query/webSearch?code={code}" if code else "https://beian.mps.gov.cn/"
        )


def house(park: Park | None) -> House:
    """The park in the reader's language."""
    if park is None:
        return House("campapp")
    logo = rooted(f"/logo?v={park.logo_file_id}") if park.logo_file_id else ""
    words = moments.zone_words(ZoneInfo(park.zone), now())
    return House(park.name(current.locale) or "campapp", logo, park.contact, park.icp, park.police, words)


class Files:
    """Addresses under static/. The version is a folder, so that script modules which import each other inherit it."""

    def __init__(self, root: Path, versioned: bool) -> None:
        self.root = root
        self.version = _digest(root) if versioned else ""
        self._sprite = self("vendor/icons.svg")
        self._decorative = lru_cache(maxsize=500)(lambda name: DECORATIVE.format(self._sprite, name))

    def __call__(self, name: str) -> str:
        """Where a file is fetched: `asset("js/app.js")`."""
        return f"/static/{self.version}/{name}" if self.version else f"/static/{name}"

    def icon(self, name: str, label: str = "") -> Markup:
        """An icon of the sprite, listed in static/icons.txt; decorative unless it has a label."""
        return SPOKEN.format(label, self._sprite, name) if label else self._decorative(name)

    def served_by(self, wsgi: Any, development: bool) -> Any:
        """The application with its files before it: versioned ones are kept for a year, others for a minute."""
        kept = f"/static/{self.version}/"
        served = WhiteNoise(
            wsgi, autorefresh=development, immutable_file_test=lambda _path, url: url.startswith(kept)
        )
        for prefix in (f"static/{self.version}/", "static/"):
            served.add_files(str(self.root), prefix=prefix)
        return served if development else PackedFiles(served, self.root, kept)


def _digest(root: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        found.update(path.relative_to(root).as_posix().encode())
        found.update(path.read_bytes())
    return f"v-{found.hexdigest()[:10]}"


def dress(app: Flask, files: Files) -> None:
    """Give the templates what `docs/interface.md` promises them, and serve the stylesheet."""
    folder = files.root / "css"
    sheet = stylesheet.joined(folder)
    app.jinja_env.filters |= {"file_size": size_shown, "file_kinds": file_kinds.in_words}
    app.jinja_env.globals.update(
        asset=files,
        icon=files.icon,
        stylesheet_url=lambda: f"/style/{sheet.name}",
        now=now,
        what_was_sent=what_was_sent,
        in_zone=in_zone,
        note_of=note_of,
        zone_of=zone_of,
        format_date=_date,
        phone_shown=codes.phone_shown,
        format_time=lambda moment, zone="": f"{in_zone(moment, zone):%H:%M:%S}",
        format_datetime=lambda moment, zone="": f"{in_zone(moment, zone):%Y-%m-%d %H:%M:%S}",
        format_moment=lambda moment, zone="": moments.moment_shown(moment, _zone(zone)),
        zone_words=lambda zone, moment=None: moments.zone_words(_zone(zone), moment or now()),
        format_deadline=lambda moment, zone="": moments.deadline_shown(moment, _zone(zone)),
    )

    app.get("/days/note")(guarded_by(signed_in)(note_page))

    @app.get("/style/<name>")
    @public
    def style(name: str) -> Response:
        """The whole stylesheet; an old name gets the present one, but not for long."""
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        answer = Response(sheet.zipped if zipped else sheet.text, mimetype="text/css")
        answer.headers["Cache-Control"] = A_YEAR if name == sheet.name else "no-cache"
        answer.headers["Vary"] = "Accept-Encoding"
        if zipped:
            answer.headers["Content-Encoding"] = "gzip"
        return answer


def _date(moment: date, zone: str | ZoneInfo = "") -> str:
    return moments.day_shown(in_zone(moment, zone).date() if isinstance(moment, datetime) else moment)


def _zone(zone: str | ZoneInfo) -> ZoneInfo:
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone or current.zone)


def in_zone(moment: datetime, zone: str | ZoneInfo = "") -> datetime:
    """A moment by the clock of a zone: by name, or the reader's."""
    return moment.astimezone(_zone(zone))


def what_was_sent(row: Any) -> list[dict[str, str]]:
    """The fields of the present request beside what the row says now: the loser of a race is shown both."""
    pairs = []
    hidden = hidden_fields(current.actor, row)
    for name, mine in request.form.items():
        theirs = getattr(row, name, None)
        if (
            mine
            and name not in hidden
            and name not in {"csrf_token", "version"}
            and not callable(theirs)
            and str(theirs or "") != mine
        ):
            pairs.append({"label": name.replace("_", " "), "mine": mine, "theirs": str(theirs or "—")})
    return pairs
