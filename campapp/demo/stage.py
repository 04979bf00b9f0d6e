"""Rehearsals: parks of their own beside the real one, each in a folder of its own, under an address of its own.

Nothing of them stands in the park's database but that they exist, so no count, search or export can meet them. What
they send stays in their own mailbox page. Their clock can be set.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from werkzeug.wsgi import ClosingIterator

from campapp.core import clock
from campapp.settings import Settings

PREFIX = "/rehearsals/"
MOST_BYTES = 512 << 20
"""What a rehearsal's folder may hold: whoever has its address may write into it."""
Environ = dict[str, Any]


def shift_of(folder: Path) -> timedelta:
    """How far a rehearsal's clock is ahead of the machine's."""
    try:
        return timedelta(seconds=float((folder / "shift").read_text()))
    except (OSError, ValueError, OverflowError):
        return timedelta(0)


def set_shift(folder: Path, by: timedelta | None) -> None:
    """Set its clock; None: the machine's time."""
    if by is None:
        (folder / "shift").unlink(missing_ok=True)
        return
    fresh = folder / "shift.new"
    fresh.write_text(str(by.total_seconds()))
    fresh.replace(folder / "shift")


class Stage:
    """The rehearsals of one park: found by their folders, built when somebody comes, forgotten when thrown away."""

    def __init__(self, settings: Settings, build: Callable[[Settings], Flask], wsgi: Any) -> None:
        self.settings, self.build, self.wsgi = settings, build, wsgi
        self.root = settings.data / "rehearsals"
        self._built: dict[str, Flask] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX):
            answer: Iterable[bytes] = self.wsgi(environ, start_response)
            return answer
        token, _slash, rest = path.removeprefix(PREFIX).partition("/")
        app = self.app(token)
        if app is None:
            return self.wsgi(environ, start_response)  # type: ignore[no-any-return]  # its 404
        inner = {
            **environ,
            "SCRIPT_NAME": f"{environ.get('SCRIPT_NAME', '')}{PREFIX}{token}",
            "PATH_INFO": f"/{rest}",
        }
        with (
            clock.shifted(shift_of(self.folder(token))),
            closing(ClosingIterator(app.wsgi_app(inner, start_response))) as said,
        ):
            return list(said)

    def folder(self, token: str) -> Path:
        """Where a rehearsal lies."""
        return self.root / token

    def app(self, token: str) -> Flask | None:
        """The application of a rehearsal that is ready; None where there is none (any more)."""
        if (
            not token.replace("-", "").replace("_", "").isalnum()
            or not (self.folder(token) / "ready").exists()
        ):
            self._built.pop(token, None)
            return None
        with self._lock:
            if token not in self._built:
                self._built[token] = self.build(self.settings_of(token))
            return self._built[token]

    def settings_of(self, token: str) -> Settings:
        """A park in its own folder, always on SQLite: it is small, and thrown away with its folder."""
        address = f"{self.settings.public_url}{PREFIX}{token}" if self.settings.public_url else ""
        return replace(
            self.settings, data=self.folder(token), database_url="", redis_url="", smtp_url="", demo=True,
            public_url=address, rehearsal=token, proxies=0, most_bytes=MOST_BYTES,
        )  # fmt: skip

    def open(self, token: str, facts: dict[str, Any]) -> None:
        """Let people in: everything is planted."""
        (self.folder(token) / "ready").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    def throw_away(self, token: str) -> None:
        """The folder and all that is in it; the address leads nowhere from now on."""
        (self.folder(token) / "ready").unlink(missing_ok=True)
        self._built.pop(token, None)
        shutil.rmtree(self.folder(token), ignore_errors=True)

    def plays(self) -> bool:
        """Whether there is any."""
        return any(self.root.glob("*/ready"))

    def playing(self) -> Iterator[tuple[Flask, timedelta]]:
        """Each rehearsal that is ready, with its clock's shift: the worker serves them too."""
        for place in sorted(self.root.glob("*/ready")) if self.root.exists() else ():
            app = self.app(place.parent.name)
            if app is not None:
                yield app, shift_of(place.parent)


def beside(app: Flask, build: Callable[[Settings], Flask]) -> None:
    """Put the stage beside a park's pages."""
    stage = Stage(app.config["SETTINGS"], build, app.wsgi_app)
    app.extensions["stage"] = stage
    app.wsgi_app = stage  # type: ignore[method-assign]


def stage_of(app: Flask | None = None) -> Stage:
    """The stage of the park at hand."""
    found: Stage = (app or current_app).extensions["stage"]
    return found
