"""The whole park as one file, and back, on either database."""

from __future__ import annotations

import json
import threading
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core import audit, clock
from campapp.core.access import visible
from campapp.core.current import CONSOLE, current
from campapp.core.db import db
from campapp.core.search import matches
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


def older(source: Path, target: Path) -> None:
    """The backup as a version wrote it that searched only applications, and those not in letters."""
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as made:
        for name in archive.namelist():
            text = archive.read(name)
            if name == "manifest.json":
                text = json.dumps(json.loads(text) | {"revision": "0022"}).encode()
            elif name.startswith("rows/"):
                rows = [json.loads(one) for one in text.splitlines()]
                kept = [
                    {k: v for k, v in row.items() if k not in {"search_text", "search_terms"}} for row in rows
                ]
                if name == "rows/applications.jsonl":
                    kept = [row | {"search_text": "spark", "search_terms": ["spark"]} for row in kept]
                text = b"\n".join(json.dumps(row).encode() for row in kept)
            made.writestr(name, text)


def test_a_backup_of_an_older_version_is_searched_like_a_new_one(app: Flask, tmp_path: Path) -> None:
    settings: Settings = app.config["SETTINGS"]
    with clock.at(BEFORE):
        programme = camp(person("Olga"))
        application(programme, person("曹𠮷"), "火花队")
        participation(programme, "百度")
    write(tmp_path / "park.zip", settings)
    older(tmp_path / "park.zip", tmp_path / "older.zip")
    db.session.rollback()
    read(tmp_path / "older.zip", settings, replace=True)
    db.session.expire_all()
    for model, words in ((Application, "hhd"), (Company, "bd"), (Programme, "开源")):
        assert len(db.session.scalars(select(model).where(matches(model, words))).all()) == 1
    assert db.session.scalars(select(Application).where(matches(Application, "spark"))).all() == []


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
