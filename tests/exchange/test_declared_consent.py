"""Imported teams carry a consent that the organiser collected outside campapp: declared and logged at the import."""

from __future__ import annotations

import io
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from campapp.applications.models import Application, Consent
from campapp.core import clock
from campapp.core.current import CONSOLE, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.exchange.camp.importing import import_folder
from campapp.teams.models import Member
from tests.cast import browser, person
from tests.exchange.sheets import SHEETS, as_csv


def agreeing() -> int:
    db.session.rollback()
    return db.session.scalar(
        select(func.count(Application.id)).where(Application.companies_agreed_at.is_not(None))
    )


def test_on_the_command_line_the_import_itself_declares_it_once(app: Flask, tmp_path: Path) -> None:
    for name, rows in SHEETS.items():
        (tmp_path / f"{name}.csv").write_text(as_csv(rows))
    with current.set(actor=CONSOLE):
        import_folder(tmp_path)
        import_folder(tmp_path)
    teams = len(SHEETS["teams"]) - 1
    assert agreeing() == teams
    consents = db.session.scalars(select(Consent)).all()
    people = [row for row in consents if row.member_id]
    assert len(consents) == 2 * teams + len(people)
    named = db.session.scalars(select(Member.id).where(Member.team_id.in_(select(Application.team_id))))
    assert {row.member_id for row in people} == set(named)
    assert {(row.how, row.name, row.collected_on) for row in consents} == {
        ("outside", "console", clock.now().date())
    }
    event = db.session.scalars(select(Event).where(Event.name == "camp_imported").order_by(Event.id)).first()
    assert event.details["consents_collected_on"] == clock.now().date().isoformat()
    declared = db.session.scalar(select(func.count(Event.id)).where(Event.name == "consent_declared"))
    assert declared == 2 * teams


def test_on_the_page_somebody_declares_it_with_its_day_or_the_teams_are_still_to_be_asked(app: Flask) -> None:
    client = browser(app, person("Ada", administrator=True), "administrator:0")

    def upload() -> str:
        sent = {
            "sheets": [(io.BytesIO(as_csv(rows).encode()), f"{name}.csv") for name, rows in SHEETS.items()]
        }
        return client.post("/imports", data=sent, content_type="multipart/form-data").headers["Location"]

    place = upload()
    assert client.post(f"{place}/acceptance", data={"declared": "y"}).status_code == 422
    assert client.post(f"{place}/acceptance").status_code == 200
    assert agreeing() == 0
    assert "do not agree" in client.get("/programmes/small-camp/consents").text


def test_declared_on_the_page_it_names_who_declared(app: Flask) -> None:
    client = browser(app, person("Ada", administrator=True), "administrator:0")
    sent = {"sheets": [(io.BytesIO(as_csv(rows).encode()), f"{name}.csv") for name, rows in SHEETS.items()]}
    place = client.post("/imports", data=sent, content_type="multipart/form-data").headers["Location"]
    data = {"declared": "y", "collected_on": "2026-10-09"}
    assert client.post(f"{place}/acceptance", data=data).status_code == 200
    assert agreeing() == len(SHEETS["teams"]) - 1
    assert {(row.name, str(row.collected_on)) for row in db.session.scalars(select(Consent))} == {
        ("Ada", "2026-10-09")
    }
