"""Bytes that no row names any more go after a day: of files refused or replaced, of what a dying process left.

Nobody is asked to wait. Bytes that are being written are younger than a day, and so are those whose row is still being
written; the same file given anew at this very moment is put down afresh, and is looked at once more before it goes.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from campapp.core import beats
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.upload import Upload

AGE = timedelta(days=1)
ASIDE = ".swept"
AT_ONCE = 500


@beats.every(timedelta(hours=6))
def sweep() -> int:
    """Take away what nothing needs: how many files."""
    root = Path(current_app.config["SETTINGS"].files)
    done = _put_back_or_drop(root)
    for folder in root.glob("[0-9a-f][0-9a-f]"):
        done += sum(_drop(one) for one in _unnamed(one for one in folder.iterdir() if one.suffix != ASIDE))
    for pictures in _unnamed((root / "pages").glob("*")):
        shutil.rmtree(pictures, ignore_errors=True)
    for left in [*root.glob("tmp*"), *_given_up(root / "partial")]:
        if left.is_file() and _is_old(left):
            left.unlink(missing_ok=True)
            done += 1
    return done


def _unnamed(places: Iterator[Path]) -> Iterator[Path]:
    """Of old files that are called by their hash, those that no row names."""
    for some in _in_parts(one for one in places if _is_old(one)):
        named = _named([one.name for one in some])
        yield from (one for one in some if one.name not in named)


def _drop(place: Path) -> bool:
    """Move it aside, look once more, and let it go; what came anew meanwhile is put back."""
    aside = place.with_name(place.name + ASIDE)
    try:
        place.replace(aside)
    except FileNotFoundError:
        return False  # another worker was faster
    return _settle(aside)


def _put_back_or_drop(root: Path) -> int:
    """What a worker that died had moved aside."""
    return sum(_settle(aside) for aside in root.glob(f"[0-9a-f][0-9a-f]/*{ASIDE}"))


def _settle(aside: Path) -> bool:
    place = aside.with_suffix("")
    try:
        if _is_old(aside) and not _named([place.name]):
            aside.unlink()
            return True
        aside.replace(place)
    except FileNotFoundError:
        pass  # another worker was faster
    return False


def _given_up(partial: Path) -> Iterator[Path]:
    """Partial files of uploads that nobody remembers."""
    for some in _in_parts(partial.glob("*")):
        known = set(
            db.session.scalars(select(Upload.token).where(Upload.token.in_([one.name for one in some])))
        )
        db.session.rollback()
        yield from (one for one in some if one.name not in known)


def _in_parts(places: Iterator[Path]) -> Iterator[list[Path]]:
    while some := list(islice(places, AT_ONCE)):
        yield some


def _named(hashes: list[str]) -> set[str]:
    """Those of them that a row names at this moment."""
    db.session.rollback()  # not as of an earlier one
    found = set(db.session.scalars(select(StoredFile.sha256).where(StoredFile.sha256.in_(hashes))))
    db.session.rollback()
    return found


def _is_old(place: Path) -> bool:
    try:
        return time.time() - place.stat().st_mtime > AGE.total_seconds()
    except FileNotFoundError:
        return False
