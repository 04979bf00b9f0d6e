"""Sheets that a person uploaded to be checked and taken in: a folder of theirs, kept for a day."""

from __future__ import annotations

import json
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import current_app
from werkzeug.datastructures import FileStorage

from campapp.core.current import current
from campapp.core.text.filenames import distinct, safe_name
from campapp.settings import Settings

KEPT_FOR = 24 * 3600
MOST_FILES = 30
LONGEST = 60
"""Characters of a file's name: 255 bytes are what a folder takes."""
_CHOICES = "choices.json"


def _root() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data / "imports"


def folder_of(token: str) -> Path | None:
    """The folder of one's own upload; None where there is none (any more), or it is somebody else's."""
    if not token.isalnum():
        return None
    folder = _root() / f"{current.actor.account_id or 0}-{token}"
    return folder if folder.is_dir() else None


def keep(files: Iterable[FileStorage]) -> str:
    """Keep what was uploaded, in a folder that only this person opens: its token."""
    _sweep()
    token = secrets.token_hex(16)
    folder = _root() / f"{current.actor.account_id or 0}-{token}"
    folder.mkdir(parents=True)
    taken = {_CHOICES}
    for file in list(files)[:MOST_FILES]:
        file.save(folder / distinct(safe_name(file.filename or "", LONGEST), taken))
    return token


def names(folder: Path) -> list[str]:
    """The files in it."""
    return sorted(path.name for path in folder.iterdir() if path.name != _CHOICES)


def _choices(folder: Path) -> dict[str, Any]:
    kept = folder / _CHOICES
    return dict(json.loads(kept.read_text("utf-8"))) if kept.exists() else {}


def _choose(folder: Path, **choices: Any) -> None:
    (folder / _CHOICES).write_text(json.dumps(_choices(folder) | choices), "utf-8")


def encodings(folder: Path) -> dict[str, str]:
    """How the person chose to read files that are not UTF-8."""
    return dict(_choices(folder).get("encodings", {}))


def choose(folder: Path, name: str, encoding: str) -> None:
    """Read this file so from now on."""
    if name in names(folder):
        _choose(folder, encodings=encodings(folder) | {name: encoding})


def into(folder: Path) -> str:
    """The slug of the camp that the person chose to bring the sheets into; empty: the one that they name."""
    return str(_choices(folder).get("into", ""))


def bring(folder: Path, slug: str) -> None:
    """Bring them into this camp."""
    _choose(folder, into=slug)


def drop(folder: Path) -> None:
    """Throw it away."""
    shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    root = _root()
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.stat().st_mtime < time.time() - KEPT_FOR:
            drop(folder)
