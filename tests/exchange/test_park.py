"""The whole park as one file, and back, on either database."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import CONSOLE, current
from campapp.core.db import db
from campapp.exchange.camp.exporting import export_folder
from campapp.exchange.park.audit import check
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
    before = exported(tmp_path / "before")
    counts = write(tmp_path / "park.zip", settings)
    db.session.rollback()
    with pytest.raises(NotEmpty):
        read(tmp_path / "park.zip", settings)
    person("Somebody who came later")
    db.session.rollback()
    assert read(tmp_path / "park.zip", settings, replace=True) == counts
    db.session.expire_all()
    assert exported(tmp_path / "after") == before
    assert check()["problems"] == []
    person("The next account gets an id of its own")


def test_a_file_that_is_no_backup_changes_nothing(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_bytes(b"PK nothing")
    with pytest.raises(Unusable):
        read(tmp_path / "other.zip", app.config["SETTINGS"], replace=True)
