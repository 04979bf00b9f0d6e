"""A rehearsal: a park of its own for one programme, played through beside the real one, and thrown away."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campapp.accounts.models import Account
from campapp.applications.models import Application
from campapp.core import audit, clock, jobs
from campapp.core.db import db
from campapp.core.files import keep
from campapp.core.jobs import Job
from campapp.demo import rehearsing
from campapp.demo.models import Rehearsal
from campapp.demo.stage import MOST_BYTES, PREFIX, stage_of
from campapp.exchange.park.audit import check
from campapp.messages.views import contract
from campapp.park import testing_mail
from campapp.programmes.models import Programme
from campapp.settings import Settings
from tests.cast import browser, person
from tests.demo.rehearsed import visitor
from tests.factories import camp


def test_the_programme_is_copied_with_invented_teams_and_nothing_of_it_counts_in_the_park(
    app: Flask, ann: FlaskClient, programme: Programme, rehearsal: str
) -> None:
    before = db.session.scalar(select(func.count()).select_from(Account))
    client = visitor(app, rehearsal, "organiser")
    listed = client.get(f"{rehearsal}/programmes/{programme.slug}/applications").text
    assert listed.count('name="row"') == 3
    assert "演练" in listed
    assert db.session.scalar(select(func.count()).select_from(Application)) == 0
    assert db.session.scalar(select(func.count()).select_from(Account)) == before
    assert 'name="row"' not in ann.get(f"/programmes/{programme.slug}/applications").text


def test_every_address_on_its_pages_stays_inside(app: Flask, programme: Programme, rehearsal: str) -> None:
    client = visitor(app, rehearsal, "captain")
    for path in ("/", "/applications", "/programmes", f"/programmes/{programme.slug}", "/team", "/me"):
        text = client.get(f"{rehearsal}{path}", follow_redirects=True).text
        led = set(re.findall(r'(?:href|action|hx-get|hx-post)="(/[^"#]*)', text))
        outside = {one for one in led if not one.startswith((rehearsal, "/static/", "/style/"))}
        assert outside == set(), path


def test_its_clock_can_be_set_and_the_parks_own_goes_on(app: Flask, rehearsal: str) -> None:
    client = visitor(app, rehearsal, "organiser")
    wanted = clock.now() + timedelta(days=40)
    local = (wanted + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(f"{rehearsal}/clock", data={"now": local}).status_code == 303
    assert (wanted + timedelta(hours=8)).strftime("%Y-%m-%d") in client.get(f"{rehearsal}/clock").text
    assert client.post(f"{rehearsal}/clock", data={"now": "soon"}).status_code == 422
    assert abs(clock.now() - (wanted - timedelta(days=40))) < timedelta(minutes=5)
    assert client.delete(f"{rehearsal}/clock").status_code == 303


def test_a_real_session_stays_a_session_and_a_rehearsed_one_opens_nothing_real(
    app: Flask, ann: FlaskClient, programme: Programme, rehearsal: str
) -> None:
    assert ann.post(f"{rehearsal}/demo/as/administrator").status_code == 303
    assert ann.get(f"/programmes/{programme.slug}/overview").status_code == 200
    stranger = visitor(app, rehearsal, "administrator")
    assert stranger.get("/people").status_code in {302, 303, 404}
    assert stranger.get(f"{rehearsal}/people").status_code == 200


def test_every_page_says_that_it_is_a_rehearsal_and_one_click_makes_its_reader_somebody_else(
    app: Flask, rehearsal: str
) -> None:
    client = visitor(app, rehearsal, "captain")
    for path in ("/", "/account", "/clock", "/mailbox", "/nothing-here"):
        text = client.get(f"{rehearsal}{path}").text
        assert "演练" in text and text.count(f'action="{rehearsal}/demo/as/') == 5, path
    client.post(f"{rehearsal}/demo/as/representative")
    assert "砚北智算" in client.get(f"{rehearsal}/").text


def test_the_clock_page_and_the_one_click_roles_are_not_there_in_the_park(ann: FlaskClient) -> None:
    assert ann.get("/clock").status_code == 404
    assert ann.post("/demo/as/administrator").status_code == 404


def test_thrown_away_it_leaves_no_address_and_no_folder(
    app: Flask, ann: FlaskClient, programme: Programme, rehearsal: str
) -> None:
    folder: Path = stage_of(app).folder(rehearsal.removeprefix(PREFIX))
    assert (folder / "campapp.sqlite3").exists()
    assert ann.delete(f"/programmes/{programme.slug}/rehearsal").status_code == 303
    assert app.test_client().get(f"{rehearsal}/").status_code == 404
    assert not folder.exists()


def test_thrown_away_while_it_is_made_nothing_of_it_stays(
    app: Flask, ann: FlaskClient, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/programmes/{programme.slug}/rehearsal"

    def meanwhile(_app: Flask, _script: rehearsing.Script) -> None:
        assert ann.delete(page).status_code == 303
        stage_of(app).folder(token).mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr("campapp.demo.jobs.play", meanwhile)
    ann.post(page)
    token = db.session.scalars(select(Rehearsal.token)).one()
    jobs.work_off()
    assert not stage_of(app).folder(token).exists()
    assert db.session.scalars(select(Job.state)).all() == ["done"]


def test_nobody_else_rehearses_the_programme(app: Flask, programme: Programme) -> None:
    eve = person("Eve")
    other = camp(eve, title="Another camp")
    stranger = browser(app, eve, f"organiser:{other.id}")
    assert stranger.get(f"/programmes/{programme.slug}/rehearsal").status_code == 404
    assert stranger.post(f"/programmes/{programme.slug}/rehearsal").status_code == 404


def test_its_administrator_makes_the_machine_speak_to_no_server(
    app: Flask, rehearsal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(testing_mail, "line", asked.append)
    monkeypatch.setattr(contract, "gateway_of", asked.append)
    client = visitor(app, rehearsal, "administrator")
    data = {
        "smtp_host": "127.0.0.1",
        "smtp_port": "6379",
        "mail_from": "a@park.example",
        "smtp_security": "smtp",
    }
    said = client.post(f"{rehearsal}/park/test-message", data=data).text
    assert "不连接任何服务器" in said
    said = client.post(f"{rehearsal}/park/text-messages/test-message").text
    assert "不连接任何服务商" in said
    assert asked == []


def test_whoever_has_its_address_cannot_fill_the_parks_disk(
    app: Flask, programme: Programme, rehearsal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = stage_of(app).app(rehearsal.removeprefix(PREFIX))
    assert inner is not None
    settings: Settings = inner.config["SETTINGS"]
    assert settings.most_bytes == MOST_BYTES
    client, anybody = visitor(app, rehearsal, "organiser"), app.test_client()
    address = f"{rehearsal}/programmes/{programme.slug}/faq"
    words = {"question-zh": "何时公布?", "answer-zh": "周五。"}
    held = sum(one.stat().st_size for one in settings.data.rglob("*") if one.is_file())
    monkeypatch.setitem(inner.config, "SETTINGS", replace(settings, most_bytes=held + (1 << 20)))
    assert client.post(address, data=words).status_code == 303
    full = client.post(address, data={**words, "answer-zh": "长" * (1 << 19)})
    assert full.status_code == 507
    assert "空间已用完" in full.text
    streamed = anybody.post(address, input_stream=BytesIO(b"x"), headers={"Transfer-Encoding": "chunked"})
    assert streamed.status_code == 411
    with inner.app_context(), pytest.raises(OSError, match="as much as it may"):
        keep(BytesIO(b"x" * (1 << 21)), "large", limit=1 << 30)
    assert not list(settings.files.rglob("tmp*"))
    assert client.get(address).status_code == 200
    assert client.delete(f"{rehearsal}/clock").status_code == 303, "what makes room is let through"


def test_a_rehearsal_begins_a_chain_of_its_own_which_holds_wherever_its_clock_is_set(
    app: Flask, rehearsal: str
) -> None:
    inner = stage_of(app).app(rehearsal.removeprefix(PREFIX))
    assert inner is not None
    with inner.app_context():
        for moved in (timedelta(0), timedelta(days=40), timedelta(days=-3)):
            with clock.shifted(moved):
                person(f"Guest {moved.days}")
                assert audit.seal() > 0
        found = check()
        assert found["problems"] == []
        assert found["sealed"] == found["events"]
        db.session.remove()
    assert audit.newest_block() is None
