"""Bytes that no row names go after a day; what anything needs, or may need in a moment, stays."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from campapp.core import files, sweeping
from campapp.core.action import transaction
from campapp.core.db import db
from campapp.core.files import StoredFile, keep, place
from campapp.core.sweeping import ASIDE, sweep
from campapp.core.upload import Upload, append, new_token

DAY = sweeping.AGE.total_seconds()


def aged(at: Path) -> Path:
    """As if it had been written two days ago."""
    os.utime(at, (time.time() - 2 * DAY,) * 2)
    return at


def given(content: bytes) -> StoredFile:
    return keep(io.BytesIO(content), "a.txt", limit=1000)


def stored(content: bytes) -> Path:
    """An old file with its row."""
    with transaction():
        file = files.add(given(content))
    return aged(place(file.sha256))


def refused(content: bytes) -> Path:
    """An old file whose row was never written."""
    return aged(place(given(content).sha256))


def test_what_no_row_names_goes_after_a_day_and_what_one_names_stays(app: Flask) -> None:
    named, unnamed, young = stored(b"kept"), refused(b"refused"), place(given(b"just now").sha256)
    assert sweep() == 1
    assert (named.exists(), unnamed.exists(), young.exists()) == (True, False, True)


def test_the_bytes_go_only_with_the_last_row_that_names_them(app: Flask) -> None:
    first, second = stored(b"twice"), stored(b"twice")
    assert first == second
    rows = db.session.query(StoredFile).order_by(StoredFile.id).all()
    for row, remains in zip(rows, (True, False), strict=True):
        key = row.id
        with transaction():
            db.session.delete(db.session.get_one(StoredFile, key))
        sweep()
        assert first.exists() is remains


def test_an_unfinished_upload_keeps_its_bytes_and_one_that_is_forgotten_loses_them(app: Flask) -> None:
    with transaction():
        uploads = [
            Upload(token=new_token(), owner_kind="application", owner_id=1, key="deck", name="a", size=9)
            for _ in range(2)
        ]
        db.session.add_all(uploads)
    for one in uploads:
        append(one, 0, io.BytesIO(b"0123"))
        aged(one.place)
    known, forgotten = (one.place for one in uploads)
    with transaction():
        db.session.delete(db.session.get_one(Upload, uploads[1].id))
    assert sweep() == 1
    assert (known.exists(), forgotten.exists()) == (True, False)


def test_a_file_that_was_long_on_its_way_is_young_when_it_arrives(app: Flask) -> None:
    upload = Upload(token=new_token(), owner_kind="application", owner_id=1, key="deck", name="a", size=4)
    append(upload, 0, io.BytesIO(b"slow"))
    aged(upload.place)
    arrived = files.adopt(upload.place, upload.name)  # its row is still being written
    assert sweep() == 0
    assert place(arrived.sha256).exists()


@pytest.mark.parametrize("when", ["before it is moved", "after it is moved"])
def test_the_same_bytes_given_anew_while_they_are_swept_stay(
    app: Flask, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    at, look, looks = refused(b"again"), sweeping._named, []

    def meanwhile(hashes: list[str]) -> set[str]:
        found = look(hashes)
        looks.append(hashes)
        if len(looks) == (1 if when.startswith("before") else 2):
            given(b"again")  # its row comes a moment later
        return found

    monkeypatch.setattr(sweeping, "_named", meanwhile)
    sweep()
    assert at.read_bytes() == b"again"
    assert list(at.parent.glob(f"*{ASIDE}")) == []


@pytest.mark.parametrize(("make", "remains"), [(stored, True), (refused, False)])
def test_what_a_worker_that_died_had_moved_aside_is_put_back_or_goes(
    app: Flask, make: Callable[[bytes], Path], remains: bool
) -> None:
    at = make(b"aside")
    aside = at.with_name(at.name + ASIDE)
    at.replace(aside)
    sweep()
    assert (at.exists(), aside.exists()) == (remains, False)


def test_what_a_process_that_died_was_writing_goes_and_pictures_go_with_their_file(app: Flask) -> None:
    root = Path(app.config["SETTINGS"].files)
    named, unnamed = stored(b"with pictures"), refused(b"without a row")
    for one in (named, unnamed):
        (root / "pages" / one.name).mkdir(parents=True)
        (root / "pages" / one.name / "1.png").write_bytes(b"png")
        aged(root / "pages" / one.name)
    left, now = root / "tmpleft", root / "tmpnow"
    for one in (left, now):
        one.touch()
    aged(left)
    sweep()
    assert (left.exists(), now.exists()) == (False, True)
    assert [one.name for one in (root / "pages").iterdir()] == [named.name]


def test_two_workers_that_sweep_at_once_do_not_stumble(app: Flask) -> None:
    at = refused(b"both")
    assert sweeping._drop(at)
    assert not sweeping._drop(at), "the other was faster"
    assert not sweeping._settle(at.with_name(at.name + ASIDE))
