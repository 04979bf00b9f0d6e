"""All files of chosen entries in one ZIP, made by the worker."""

from __future__ import annotations

import io
import os
import zipfile

import openpyxl
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.applications.actions.file import give_file
from campapp.applications.actions.submission import submit
from campapp.applications.models import Application
from campapp.core import clock, files, jobs, sweeping
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.exchange.actions.package import KEPT, sweep_packages
from campapp.exchange.models import Package
from campapp.exchange.packing import Piece, clean, path_of
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp


def given(entry: Application, captain: object, name: str, content: bytes) -> None:
    with current.set(actor=actor(captain, f"member:{entry.team_id}")):  # type: ignore[arg-type]
        give_file(
            entry, {"key": "introduction", "kind": "file"}, files.keep(io.BytesIO(content), name, limit=1000)
        )


def asked(client: FlaskClient, slug: str, *ids: int) -> str:
    answer = client.post(f"/programmes/{slug}/packages", data={"row": list(ids)})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_files_of_chosen_entries_come_named_by_one_rule_with_a_sheet(app: Flask) -> None:
    ann, zhao = person("Ann"), person("赵 晓")
    programme = camp(ann)
    entry = application(programme, zhao, "Spark")
    given(entry, zhao, "介绍.pdf", b"%PDF-1.7 first")
    given(entry, zhao, "介绍.pdf", b"%PDF-1.7 second")
    with clock.at(BEFORE), current.set(actor=SYSTEM):
        submit(entry, "with files")
    given(entry, zhao, "draft.pdf", b"%PDF-1.7 not submitted")
    client = browser(app, ann, f"organiser:{programme.id}")
    place = asked(client, programme.slug, entry.id)
    assert "Packing" in client.get(place).text
    jobs.work_off()
    assert "Download" in client.get(place).text
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{place}/file").data))
    folder = f"{entry.number}-Spark project-赵 晓"
    names = [f"{folder}/introduction-介绍.pdf", f"{folder}/introduction-介绍 (2).pdf", "Summary sheet.xlsx"]
    assert archive.namelist() == names
    assert archive.read(names[1]) == b"%PDF-1.7 second"
    rows = list(openpyxl.load_workbook(io.BytesIO(archive.read("Summary sheet.xlsx"))).active.values)  # type: ignore[union-attr]
    assert [row[5] for row in rows if row[0] == entry.number] == names[:2]


def test_only_who_manages_the_programme_asks_for_and_fetches_it(app: Flask) -> None:
    ann, zhao, eve = person("Ann"), person("Zhao"), person("Eve")
    programme, other = camp(ann), camp(eve, title="Another camp")
    entry = application(programme, zhao, "Spark")
    place = asked(browser(app, ann, f"organiser:{programme.id}"), programme.slug, entry.id)
    jobs.work_off()
    for stranger in (
        browser(app, eve, f"organiser:{other.id}"),
        browser(app, zhao, f"member:{entry.team_id}"),
    ):
        assert stranger.get(place).status_code == 404
        assert stranger.get(f"{place}/file").status_code == 404
        assert stranger.post(
            f"/programmes/{programme.slug}/packages", data={"row": entry.id}
        ).status_code in (403, 404)


def test_a_package_is_swept_away_after_a_week_with_its_bytes(app: Flask) -> None:
    ann = person("Ann")
    programme = camp(ann)
    entry = application(programme, person("Zhao"), "Spark")
    asked(browser(app, ann, f"organiser:{programme.id}"), programme.slug, entry.id)
    jobs.work_off()
    with clock.at(clock.now() + KEPT * 2), current.set(actor=SYSTEM):
        assert sweep_packages() == 1
    assert db.session.scalars(select(Package)).all() == []
    kept = [one for one in files.place("00").parent.parent.rglob("*") if one.is_file()]
    assert len(kept) == 1
    os.utime(kept[0], (0, 0))  # long ago
    assert sweeping.sweep() == 1
    assert not kept[0].exists()


def test_the_bytes_stay_while_somebody_else_has_the_same_file(app: Flask) -> None:
    ann, zhao = person("Ann"), person("Zhao")
    programme = camp(ann)
    entry = application(programme, zhao, "Spark")
    place = asked(browser(app, ann, f"organiser:{programme.id}"), programme.slug, entry.id)
    jobs.work_off()
    packed = browser(app, ann, f"organiser:{programme.id}").get(f"{place}/file").data
    with current.set(actor=actor(zhao, f"member:{entry.team_id}")):
        stored = files.keep(io.BytesIO(packed), "copy.zip", limit=1 << 20)
        give_file(entry, {"key": "introduction", "kind": "file"}, stored)
        sha256 = stored.sha256
    with clock.at(clock.now() + KEPT * 2), current.set(actor=SYSTEM):
        assert sweep_packages() == 1
    os.utime(files.place(sha256), (0, 0))
    assert sweeping.sweep() == 0
    assert files.place(sha256).read_bytes() == packed


def test_names_are_ones_that_every_system_takes() -> None:
    assert clean('a/b\\c:"d"?.pdf') == "a_b_c__d__.pdf"
    assert clean("长" * 100 + ".pdf") == "长" * 56 + ".pdf"
    assert clean(" . ") == "_"


def test_the_longest_names_make_a_path_that_windows_and_linux_open() -> None:
    for sign in ("长", "a", "👩🏽‍🔬", "é"):
        path = path_of(
            Piece("A-0001", sign * 300, "", sign * 80, "a_question_of_the_form", sign * 200 + ".pdf", 1, "")
        )
        assert len(path) <= 200
        assert all(len(part.encode()) <= 250 for part in path.split("/"))
        assert path.endswith(".pdf")
