"""Publishing the result leads to the page that tells those who do not know it yet, each once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.db import db
from campapp.core.outbox import Letter
from campapp.programmes.models import Notice
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp

WORDS = {"title-zh": "结果", "title-en": "Result", "text-zh": "甲", "text-en": "A"}


class Scene:
    """Four teams: one told of its decision, one whose message is held, one that nobody wrote to, one undecided."""

    def __init__(self, app: Flask) -> None:
        olga = person("Olga")
        self.programme = camp(olga)
        names = ("Told", "Held", "Quiet", "Open")
        rows = [application(self.programme, person(f"C {name}"), name, state="eligible") for name in names]
        self.told, self.held, self.quiet, self.open = rows
        self.client = browser(app, olga, f"organiser:{self.programme.id}")
        self.page = f"/programmes/{self.programme.slug}"
        first = self.decide(self.told, "accepted")
        self.client.post(f"{first}/release")
        for letter in letters(self.told):
            letter.become("expanded")
        db.session.commit()
        self.before = self.decide(self.held, "not accepted")
        third = self.decide(self.quiet, "waitlisted")
        self.client.post(f"{third}?_method=delete")  # tell nobody

    def decide(self, row: Application, state: str) -> str:
        sent = {"to": state, "chosen": f"{row.id}:eligible", "reason": "Words"}
        return self.client.post(f"{self.page}/decisions", data=sent).headers["Location"]

    def publish(self) -> str:
        answer = self.client.post(f"{self.page}/result", data=WORDS)
        assert answer.status_code == 303
        return answer.headers["Location"]


def letters(row: Application) -> list[Letter]:
    """What is told of its decisions, the receipt and the formal check apart."""
    news = Letter.template.not_in(("applications/receipt", "applications/eligible"))
    mine = Letter.kind == "application", Letter.subject_id == row.id
    return list(db.session.scalars(select(Letter).where(*mine, news).order_by(Letter.id)))


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene(app)


def test_who_was_not_told_is_told_on_the_next_page_and_nobody_twice(scene: Scene) -> None:
    place = scene.publish()
    sending = int(re.fullmatch(r"/sendings/(\d+)", place)[1])  # type: ignore[index]
    db.session.expire_all()
    waiting = {row.team_name: [(one.template, one.sending_id) for one in letters(row)] for row in
               (scene.told, scene.held, scene.quiet, scene.open)}  # fmt: skip
    assert waiting["Held"] == [("applications/not_accepted", sending)]
    assert waiting["Quiet"] == [("applications/waitlisted", sending)]
    assert sending not in {one for _template, one in waiting["Told"]}
    assert waiting["Open"] == []
    assert "Send 2 messages" in scene.client.get(place).text
    assert scene.client.post(f"{place}/release").status_code == 303
    db.session.expire_all()
    assert {one.state for row in (scene.held, scene.quiet) for one in letters(row)} == {"waiting"}


def test_where_everybody_knows_it_leads_to_the_notice(scene: Scene) -> None:
    place = scene.publish()
    scene.client.post(f"{place}/release")
    again = scene.publish()
    assert again == f"/notices/{db.session.scalars(select(Notice.id).order_by(Notice.id.desc())).first()}"


def test_undo_takes_the_result_and_its_messages_back_to_where_they_were(scene: Scene) -> None:
    old = letters(scene.held)[0].sending_id
    scene.publish()
    notice = db.session.scalars(select(Notice)).one()
    scene.client.post(f"{scene.page}/result/{notice.id}?_method=delete")
    db.session.expire_all()
    assert notice.published_at is None
    assert [one.sending_id for one in letters(scene.held)] == [old]
    assert letters(scene.quiet) == []
    assert "Send 1 message" in scene.client.get(scene.before).text
