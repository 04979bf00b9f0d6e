"""Who is erased is gone from the tables and single answers of their team; free texts are the team's, which is told."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.actions.submission import submit
from campapp.applications.models import Application
from campapp.core import audit, clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Delivery, Letter
from campapp.exchange.park.audit import check
from campapp.messages.actions import expand
from campapp.pool.models import Snapshot
from campapp.programmes.actions.form import change_form, put_to_use
from campapp.programmes.ready_made import MEMBERS
from campapp.teams.actions import join_team, name_member
from campapp.teams.models import Team
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp

TEXTS = [
    {"key": "call", "kind": "text", "label_en": "Whom to call", "filter": True},
    {"key": "story", "kind": "long", "label_en": "Your story"},
]


class Scene:
    """An entry of Cao and Zyx, submitted, which names both in a table, Zyx as contact and in its story."""

    def __init__(self) -> None:
        self.cao, self.zyx = person("Cao"), person("Zyx Wvu", mail="zyx@people.example")
        programme = camp(person("Olga"))
        self.entry: Application = application(programme, self.cao, "Spark", state="draft")
        document = {"sections": [{"key": "all", "title_en": "All", "fields": [MEMBERS, *TEXTS]}]}
        with current.set(actor=SYSTEM):
            change_form(programme, lambda _before: document)
            put_to_use(programme)
            team = db.session.get_one(Team, self.entry.team_id)
            join_team(name_member(team, "Zyx Wvu"), self.zyx)
            entry = db.session.get_one(Application, self.entry.id)
            people = [{"name": "Cao", "school": "Old"}, {"name": "Zyx Wvu", "school": "Far", "duty": "All"}]
            entry.answers = {"members": people, "call": "zyx@people.example", "story": "Zyx Wvu had an idea."}
            db.session.commit()
            submit(entry, "n")
        expand()

    def erase(self, app: Flask) -> None:
        assert browser(app, self.zyx).post("/account/erasure", data={"sure": "y"}).status_code == 303
        db.session.rollback()


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


def test_rows_and_answers_about_them_alone_are_emptied_in_the_draft_and_in_what_was_submitted(
    app: Flask, scene: Scene
) -> None:
    audit.seal()
    scene.erase(app)
    audit.seal()
    entry = db.session.get_one(Application, scene.entry.id)
    frozen = db.session.scalars(select(Snapshot)).one().document
    for answers in (entry.answers, frozen["answers"]):
        assert answers["members"] == [{"name": "Cao", "school": "Old"}, {"name": "—"}]
        assert "call" not in answers
        assert answers["story"] == "Zyx Wvu had an idea."
    assert frozen["erased"]
    assert [one["name"] for one in frozen["team"]["members"]] == ["Cao", "—"]
    found = check()
    assert found["problems"] == []
    assert found["sealed"] == found["events"]
    assert found["erased"] > 0


def test_the_others_are_told_where_to_look_and_the_letter_names_nobody(app: Flask, scene: Scene) -> None:
    scene.erase(app)
    letter = db.session.scalars(select(Letter).where(Letter.template == "applications/member_erased")).one()
    assert [one["en"] for one in letter.words["emptied"]] == ["Members", "Whom to call"]
    assert [one["en"] for one in letter.words["still"]] == ["Your story"]
    expand()
    sent = db.session.scalars(select(Delivery).where(Delivery.letter_id == letter.id)).all()
    assert {one.account_id for one in sent} == {scene.cao.id}
    assert "Your story" in sent[0].text
    assert "Zyx" not in sent[0].text


def test_another_of_the_same_name_stays(app: Flask, scene: Scene) -> None:
    with current.set(actor=SYSTEM):
        name_member(db.session.get_one(Team, scene.entry.team_id), "Zyx  Wvu")
    scene.erase(app)
    entry = db.session.get_one(Application, scene.entry.id)
    assert entry.answers["members"][1]["name"] == "Zyx Wvu"
    assert "call" not in entry.answers
