"""No public notice names a team that did not agree to it: its number stands there, and the page says whose."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.actions.consent import give_consent, withdraw_consent
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.programmes.models import Notice
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp


class Scene:
    """Two accepted teams, of which the first agrees to publication, and the second to nothing of the kind."""

    def __init__(self, app: Flask) -> None:
        olga = person("Olga")
        self.programme = camp(olga)
        self.willing = application(self.programme, person("Cao"), "Bright [Star]", state="accepted")
        self.shy = application(self.programme, person("Shen"), "Quiet_Pond", state="accepted")
        with current.set(actor=SYSTEM):
            give_consent(self.willing, "publication")
        self.olga = browser(app, olga)
        self.page = f"/programmes/{self.programme.slug}"

    def notice(self, words: str) -> int:
        sent = {"title-zh": "通知", "title-en": "Notice", "text-zh": "", "text-en": words}
        return int(self.olga.post(f"{self.page}/notices", data=sent).location.split("/")[2])


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene(app)


def is_public(notice_id: int) -> bool:
    db.session.rollback()
    return db.session.get_one(Notice, notice_id).published_at is not None


def test_the_result_gives_the_number_of_who_did_not_agree_and_says_by_name_who_that_is(scene: Scene) -> None:
    page = scene.olga.get(f"{scene.page}/result/new").text
    said, words = page[: page.index('class="fields column"')], page[page.index("<textarea") :]
    assert f'href="/applications/{scene.shy.id}/consents#publication">Quiet_Pond</a>' in said
    assert "Bright" not in said
    assert "Bright" in words
    assert "Quiet" not in words
    assert str(scene.shy.number) in words
    with current.set(actor=SYSTEM):
        give_consent(scene.shy, "publication")
    assert "Quiet" in scene.olga.get(f"{scene.page}/result/new").text.partition("<textarea")[2]


def test_a_result_that_names_them_is_not_published_unless_the_staff_insist(scene: Scene) -> None:
    sent = {"title-zh": "结果", "title-en": "Result", "text-zh": "Quiet\\_Pond", "text-en": "A-0002"}
    answer = scene.olga.post(f"{scene.page}/result", data=sent)
    assert answer.status_code == 422
    assert "not agreed to be named in public: Quiet_Pond" in answer.text
    assert db.session.scalars(select(Notice)).all() == []
    assert scene.olga.post(f"{scene.page}/result", data=sent | {"sure": "y"}).status_code == 303
    db.session.rollback()
    event = db.session.scalars(select(Event).where(Event.name == "notice_published")).one()
    assert event.details["published_over_warning"] == 1


def test_any_notice_is_asked_before_it_is_public_and_when_a_public_one_changes(scene: Scene) -> None:
    harmless, naming = scene.notice("Welcome, Bright [Star]!"), scene.notice("Welcome, Quiet_Pond!")
    assert scene.olga.post(f"/notices/{harmless}/publication").status_code == 303
    answer = scene.olga.post(f"/notices/{naming}/publication")
    assert answer.status_code == 409
    assert "Quiet_Pond" in answer.text
    assert (is_public(harmless), is_public(naming)) == (True, False)
    changed = {
        "title-zh": "通知",
        "title-en": "Notice",
        "text-zh": "",
        "text-en": "The Quiet_Pond project wins.",
    }
    assert scene.olga.post(f"/notices/{harmless}", data=changed).status_code == 422
    assert "Bright" in db.session.get_one(Notice, harmless).text_en
    assert scene.olga.post(f"/notices/{naming}/publication", data={"sure": "1"}).status_code == 303
    assert is_public(naming)


def test_who_withdraws_is_shown_to_the_staff_with_the_notices_that_still_name_them(scene: Scene) -> None:
    number = scene.notice("Welcome, Bright [Star]!")
    scene.olga.post(f"/notices/{number}/publication")
    place = f"/applications/{scene.willing.id}/consents"
    assert "still name this team" not in scene.olga.get(place).text
    with current.set(actor=SYSTEM):
        withdraw_consent(scene.willing, "publication")
    page = scene.olga.get(place).text
    assert "still name this team" in page
    assert f"/notices/{number}/edit" in page
