"""The whole park as one file, and back, on either database."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from flask import Flask

from campapp.core import audit, clock
from campapp.core.access import visible
from campapp.core.current import CONSOLE, current
from campapp.core.db import db
from campapp.exchange.camp.exporting import export_folder
from campapp.exchange.park.audit import check, expected
from campapp.exchange.park.backup import write
from campapp.exchange.park.restore import NotEmpty, Unusable, read
from campapp.programmes.models import Programme
from campapp.settings import Settings
from tests.cast import person
from tests.factories import BEFORE, application, camp, participation


def exported(folder: Path) -> dict[str, bytes]:
    with current.set(actor=CONSOLE):
        export_folder(db.session.scalars(visible(Programme)).one(), folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_backed_up_comes_back_whole_and_only_where_it_may(app: Flask, tmp_path: Path) -> None:
    settings: Settings = app.config["SETTINGS"]
    with clock.at(BEFORE):
        programme = camp(person("Olga"))
        application(programme, person("曹𠮷"), "火花 · Spark", state="accepted")
        participation(programme, "百度 Baidu")
        audit.seal()
        application(programme, person("Ann"), "Later", state="submitted")
    before = exported(tmp_path / "before")
    head = check()["head"]
    counts = write(tmp_path / "park.zip", settings)
    db.session.rollback()
    with pytest.raises(NotEmpty):
        read(tmp_path / "park.zip", settings)
    person("Somebody who came later")
    db.session.rollback()
    assert read(tmp_path / "park.zip", settings, replace=True) == counts
    db.session.expire_all()
    assert exported(tmp_path / "after") == before
    assert check()["problems"] == list(expected(head)) == []
    person("The next account gets an id of its own")
    assert audit.seal() > 0
    found = check()
    assert found["problems"] == list(expected(head)) == []
    assert found["sealed"] == found["events"]
    assert found["blocks"] == 2


def test_a_backup_while_people_work_is_one_moment(app: Flask, tmp_path: Path) -> None:
    settings: Settings = app.config["SETTINGS"]
    with clock.at(BEFORE):
        programme_id = camp(person("Olga")).id
    db.session.rollback()
    ended = threading.Event()
    made: list[int] = []

    def work() -> None:
        with app.app_context(), clock.at(BEFORE):
            programme = db.session.get_one(Programme, programme_id)
            while not ended.is_set():
                number = len(made)
                made.append(application(programme, person(f"Worker {number}"), f"Team {number}").id)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        while len(made) < 2 and worker.is_alive():
            ended.wait(0.05)
        counts = write(tmp_path / "park.zip", settings)
    finally:
        ended.set()
        worker.join()
    db.session.rollback()
    assert 2 <= counts["applications"] <= len(made)
    assert counts["submissions"] == counts["applications"] == counts["teams"]
    assert read(tmp_path / "park.zip", settings, replace=True) == counts
    db.session.expire_all()
    assert check()["problems"] == []


def test_a_file_that_is_no_backup_changes_nothing(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_bytes(b"PK nothing")
    with pytest.raises(Unusable):
        read(tmp_path / "other.zip", app.config["SETTINGS"], replace=True)
