"""Beside a no: the reason is shared as before, the note stays with the side that wrote it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.events import Event, EventPerson
from campapp.matching.actions.release import add_match, release
from campapp.matching.models import Match, PrivateNote, Response
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, company_of, participation

NOTE = "Their last prototype caught fire"


class Scene:
    """A released match, its people, and a colleague of the representative."""

    def __init__(self) -> None:
        self.organiser, self.captain, self.representative = person("Olga"), person("Cao"), person("Rep")
        self.programme = camp(self.organiser)
        self.entry = application(self.programme, self.captain, "Alpha", state="accepted")
        self.part = participation(self.programme, "Baidu", representative=self.representative)
        self.company = company_of(self.part)
        with current.set(actor=actor(self.organiser)):
            self.match = add_match(self.programme, self.entry, self.part)
            release(self.programme, [self.match])
        self.page = f"/matches/{self.match.id}"

    def decline(self, client: FlaskClient, **more: str) -> int:
        return client.post(
            f"{self.page}/refusal", data={"reason": "too early", "note": NOTE, **more}
        ).status_code


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


def test_one_s_own_side_reads_it_and_nobody_else(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.representative)
    assert "Only your colleagues read it" in client.get(f"{scene.page}/refusal/new").text
    assert scene.decline(client) == 303
    page = client.get(scene.page).text
    assert NOTE in page and "Not mature enough yet" in page
    organiser = browser(app, scene.organiser).get(scene.page).text
    assert "Not mature enough yet" in organiser and NOTE not in organiser
    seen = {who.name: db.session.scalars(visible(PrivateNote, actor(who))).all() for who in
            (scene.representative, scene.captain, scene.organiser, person("Ada", administrator=True))}  # fmt: skip
    assert {name: len(rows) for name, rows in seen.items()} == {"Rep": 1, "Cao": 0, "Olga": 0, "Ada": 0}


def test_the_audit_log_keeps_the_reason_and_not_the_note(app: Flask, scene: Scene) -> None:
    scene.decline(browser(app, scene.representative))
    assert "too early" in set(db.session.scalars(select(Event.reason)))
    everything = [*db.session.scalars(select(Event)), *db.session.scalars(select(EventPerson))]
    kept = str([(getattr(one, "details", None), getattr(one, "reason", None), getattr(one, "values", None))
                for one in everything])  # fmt: skip
    assert NOTE not in kept
    assert db.session.scalars(select(Response.reason)).one() == "too early"


def test_who_acts_for_the_company_neither_reads_nor_writes_one(app: Flask, scene: Scene) -> None:
    scene.decline(browser(app, scene.representative))
    client = browser(app, scene.organiser, f"organiser:{scene.programme.id}")
    assert client.post("/acting", data={"kind": "company", "id": scene.company.id}).status_code == 303
    page = client.get(scene.page).text
    assert "Not mature enough yet" in page and NOTE not in page
    with clock.at(BEFORE):
        client.post(f"{scene.page}/refusal?_method=delete")
        db.session.expire_all()
        assert db.session.get_one(Match, scene.match.id).state == "released"
        assert "Note for your own side" not in client.get(f"{scene.page}/refusal/new").text
        assert scene.decline(client) == 303
    assert db.session.scalars(select(PrivateNote)).all() == []


def test_undo_takes_the_note_along(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.representative)
    scene.decline(client)
    client.post(f"{scene.page}/refusal?_method=delete")
    assert db.session.scalars(select(PrivateNote)).all() == []


def test_a_note_that_is_too_long_is_refused_and_everything_typed_kept(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.representative)
    answer = client.post(
        f"{scene.page}/refusal", data={"reason": "too early", "words": "Mine", "note": "x" * 1001}
    )
    assert answer.status_code == 422
    assert ">Mine</textarea>" in answer.text and "x" * 1001 in answer.text
    assert db.session.scalars(select(Response)).all() == []
