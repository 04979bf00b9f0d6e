"""What accepted teams and companies still owe: asked by state, handed in, locked, unlocked for one, reminded of."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from campapp.applications.actions.decision import decide, undo_decision
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.form.composing import digest
from campapp.core.outbox import Delivery, Letter
from campapp.dues.actions.follow_up import write_follow_up
from campapp.dues.actions.settling import settle_all
from campapp.dues.models import Due, DueFile
from campapp.dues.wanted import owed
from campapp.messages.actions import expand
from campapp.programmes.actions.form import change_form, put_to_use
from campapp.programmes.models import FollowUp
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, participation

DUE = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n"  # noqa: E501
DOCUMENT = {"sections": [{"key": "s", "title_zh": "材料", "title_en": "Material", "fields": [
    {"key": "badge", "kind": "text", "label_zh": "胸卡姓名", "label_en": "Name on the badge", "required": True},
    {"key": "car", "kind": "choice", "label_zh": "开车", "label_en": "By car", "required": True,
     "choices": [{"value": "yes", "zh": "是", "en": "Yes"}, {"value": "no", "zh": "否", "en": "No"}]},
    {"key": "plate", "kind": "text", "label_zh": "车牌", "label_en": "Number plate", "required": True,
     "when": {"key": "car", "is": ["yes"]}},
    {"key": "deck", "kind": "file", "label_zh": "路演材料", "label_en": "Deck", "required": True, "kinds": ["pdf"],
     "due": "2026-11-30 18:00:00"},
    {"key": "note", "kind": "long", "label_zh": "备注", "label_en": "Note"},
]}]}  # fmt: skip


def asked(programme: Any, wanted: str = "team:accepted", document: Any = DOCUMENT) -> FollowUp:
    with current.set(actor=SYSTEM, locale="en"):
        row = write_follow_up(programme, wanted, due_at=DUE, title_en="Before you come", title_zh="行前")
        change_form(row, lambda _before: document)
        put_to_use(row)
    return row


class Scene:
    """A camp with two accepted teams, one that is only eligible, and a company."""

    def __init__(self, app: Flask) -> None:
        self.app, self.organiser = app, person("Olga")
        self.programme = camp(self.organiser)
        self.captain, self.rival = person("Cara"), person("Rival")
        self.entry = application(self.programme, self.captain, "Alpha", state="accepted")
        self.other = application(self.programme, self.rival, "Beta", state="accepted")
        self.waiting = application(self.programme, person("Wei Ting"), "Gamma", state="eligible")
        self.rep = person("Rep")
        self.part = participation(self.programme, "Baidu", representative=self.rep)
        self.follow_up = asked(self.programme)
        self.client: FlaskClient = browser(app, self.captain)
        self.staff: FlaskClient = browser(app, self.organiser)
        self.page = f"/applications/{self.entry.id}/follow-ups/{self.follow_up.id}"

    def states(self, entry: Application | None = None) -> dict[str, str]:
        db.session.expire_all()
        rows = db.session.scalars(
            select(Due).where(Due.application_id == (entry or self.entry).id, Due.dropped_at.is_(None))
        )
        return {row.key: row.stands for row in rows}

    def due(self, key: str = "badge") -> Due:
        return db.session.scalars(
            select(Due).where(Due.application_id == self.entry.id, Due.key == key)
        ).one()


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    with clock.at(BEFORE):
        yield Scene(app)


def owing() -> set[int | None]:
    return set(db.session.scalars(select(Due.application_id).where(owed())))


def test_whoever_is_in_the_state_is_asked_and_nobody_else(scene: Scene) -> None:
    assert owing() == {scene.entry.id, scene.other.id}
    with current.set(actor=SYSTEM):
        decide(db.session.get_one(Application, scene.waiting.id), "accepted", quiet=True)
    assert owing() == {scene.entry.id, scene.other.id, scene.waiting.id}
    with current.set(actor=SYSTEM):
        undo_decision(db.session.get_one(Application, scene.waiting.id), "eligible")
    assert owing() == {scene.entry.id, scene.other.id}


def test_today_says_what_is_owed_and_until_when(scene: Scene) -> None:
    page = scene.client.get("/").text
    assert 'id="owing"' in page and "Name on the badge" in page and "Number plate" not in page
    assert 'id="owing"' not in browser(scene.app, scene.rep).get("/").text


def test_answers_are_handed_in_in_parts_and_conditions_decide_what_is_asked(scene: Scene) -> None:
    assert scene.states() == {
        "badge": "owed", "car": "owed", "plate": "not asked", "deck": "owed", "note": "open",
    }  # fmt: skip
    assert scene.client.post(scene.page, data={"badge": "Cara 张", "car": "yes"}).status_code == 303
    assert scene.states() == {
        "badge": "given", "car": "given", "plate": "owed", "deck": "owed", "note": "open",
    }  # fmt: skip
    scene.client.post(scene.page, data={"badge": "Cara 张", "car": "no", "note": "Late"})
    assert scene.states()["plate"] == "not asked"
    staff = scene.staff.get(scene.page).text
    assert "Cara 张" in staff and "Late" in staff


def test_a_file_is_checked_kept_and_shown_to_the_staff_only(scene: Scene) -> None:
    def send(client: FlaskClient, content: bytes) -> int:
        data = {"deck": (io.BytesIO(content), "deck.pdf")}
        return client.post(
            f"{scene.page}/files/deck", data=data, content_type="multipart/form-data"
        ).status_code

    assert send(scene.client, b"MZ no pdf") == 422
    assert send(browser(scene.app, scene.rival), PDF) == 404
    assert send(scene.client, PDF) == 303
    file = db.session.scalars(select(DueFile)).one()
    assert scene.states()["deck"] == "given"
    assert scene.staff.get(f"/due-files/{file.id}").data == PDF
    for somebody in (scene.rival, scene.rep):
        assert browser(scene.app, somebody).get(f"/due-files/{file.id}").status_code == 404
    scene.client.delete(f"/due-files/{file.id}")
    assert scene.states()["deck"] == "owed"


def test_nobody_else_sees_or_hands_in_what_a_team_owes(scene: Scene) -> None:
    scene.client.post(scene.page, data={"badge": "Secret guest"})
    for somebody in (scene.rival, scene.rep):
        client = browser(scene.app, somebody)
        assert client.get(scene.page).status_code == 404
        assert client.post(scene.page, data={"badge": "X"}).status_code == 404
        rows = db.session.scalars(visible(Due, actor(somebody))).all()
        assert "Secret guest" not in [row.answer for row in rows]
    assert scene.staff.post(scene.page, data={"badge": "X"}).status_code == 404


def test_after_its_date_it_is_locked_and_unlocking_for_one_opens_it_for_that_one(scene: Scene) -> None:
    with clock.at(DUE + timedelta(hours=1)):
        scene.client.post(scene.page, data={"badge": "Late"})
        assert scene.states()["badge"] == "owed"
        assert "locked since" in scene.client.get(scene.page).text
        assert 'name="deck"' in scene.client.get(scene.page).text  # has a later date of its own
        answer = scene.staff.post(f"/dues/{scene.due().id}/unlocking", data={"until": "2026-11-27 12:00"})
        assert answer.status_code == 422
        words = {"until": "2026-11-27 12:00", "reason": "Their mail was down"}
        past = {**words, "until": "2020-01-01 12:00"}
        assert scene.staff.post(f"/dues/{scene.due().id}/unlocking", data=past).status_code == 422
        assert scene.staff.post(f"/dues/{scene.due().id}/unlocking", data=words).status_code == 303
        assert "Their mail was down" in scene.client.get(scene.page).text
        scene.client.post(scene.page, data={"badge": "Late", "car": "no"})
        assert scene.states()["badge"] == "given"
        theirs = f"/applications/{scene.other.id}/follow-ups/{scene.follow_up.id}"
        browser(scene.app, scene.rival).post(theirs, data={"badge": "Late too"})
        assert scene.states(scene.other)["badge"] == "owed"
    with clock.at(datetime(2026, 11, 27, 4, 0, 1, tzinfo=UTC)):
        scene.client.post(scene.page, data={"badge": "Too late"})
        assert scene.due().answer == "Late"


def test_the_board_filters_sorts_and_exports_who_owes_what(scene: Scene) -> None:
    scene.client.post(scene.page, data={"badge": "Cara", "car": "no"})
    board = f"/programmes/{scene.programme.slug}/dues"
    page = scene.staff.get(f"{board}?state=owed&q=alph").text
    assert "Deck" in page and "Name on the badge" not in page and "Beta" not in page
    csv = scene.staff.get(f"{board}?state=given&as=csv").text
    assert "Alpha" in csv and "Cara" in csv and "Beta" not in csv
    with clock.at(DUE + timedelta(days=1)):
        late = scene.staff.get(f"{board}?state=overdue").text
        assert "Beta" in late and "Alpha" not in late
        assert "things that were asked for are overdue" in scene.staff.get("/").text
    assert browser(scene.app, scene.captain).get(board).status_code == 404


@pytest.mark.parametrize("teams", [1, 3])
def test_the_board_asks_as_few_statements_for_three_teams_as_for_one(
    app: Flask, scene: Scene, statements: Callable[[Callable[[], object]], int], teams: int
) -> None:
    for n in range(teams):
        application(scene.programme, person(f"More {n}"), f"More {n}", state="accepted")
    board = f"/programmes/{scene.programme.slug}/dues"
    scene.staff.get(board)
    assert statements(lambda: scene.staff.get(board)) == 9


def test_a_reminder_goes_to_exactly_those_who_still_owe_when_it_leaves(scene: Scene) -> None:
    board = f"/programmes/{scene.programme.slug}/dues"
    sending = scene.staff.post(f"{board}/reminders", data={"all": "1"}).location
    letters = db.session.scalars(select(Letter.audience).where(Letter.template == "dues/reminder")).all()
    assert sorted(letters) == [f"owing_application:{scene.entry.id}", f"owing_application:{scene.other.id}"]
    scene.client.post(scene.page, data={"badge": "Cara", "car": "no"})
    data = {"deck": (io.BytesIO(PDF), "deck.pdf")}
    scene.client.post(f"{scene.page}/files/deck", data=data, content_type="multipart/form-data")
    scene.staff.post(f"{sending}/release")
    expand()
    told = db.session.execute(
        select(Delivery.recipient, Delivery.text)
        .join(Letter, Letter.id == Delivery.letter_id)
        .where(Letter.template == "dues/reminder", Delivery.channel == "mail")
    ).all()
    assert [row[0] for row in told] == ["rival@people.example"]
    assert "Name on the badge" in told[0][1] and "/follow-ups/" in told[0][1]


def test_companies_are_asked_the_same_way(scene: Scene) -> None:
    row = asked(scene.programme, "company:confirmed")
    page = f"/participations/{scene.part.id}/follow-ups/{row.id}"
    client = browser(scene.app, scene.rep)
    assert 'id="owing"' in client.get("/").text
    assert client.post(page, data={"badge": "Ms Li", "car": "no"}).status_code == 303
    assert "Ms Li" in scene.staff.get(page).text
    for client in (scene.client, scene.app.test_client()):
        assert client.get(page).status_code in {302, 303, 404}
    mine = f"/applications/{scene.entry.id}/follow-ups/{row.id}"
    assert scene.client.get(mine).status_code == 404


def test_who_changed_the_same_answer_meanwhile_is_not_overwritten_silently(scene: Scene) -> None:
    stale = {"badge": "Mine", "seen.badge": digest(None)}
    scene.client.post(scene.page, data={"badge": "Theirs", "seen.badge": digest(None)})
    answer = scene.client.post(scene.page, data=stale)
    assert answer.status_code == 409
    assert "Mine" in answer.text
    assert scene.due().answer == "Theirs"


def test_a_changed_form_asks_the_new_and_keeps_the_old_answers(scene: Scene) -> None:
    scene.client.post(scene.page, data={"badge": "Cara"})
    fields = [
        *DOCUMENT["sections"][0]["fields"][1:],
        {"key": "bus", "kind": "text", "label_zh": "班车", "required": True},
    ]  # type: ignore[index]
    with current.set(actor=SYSTEM):
        row = db.session.get_one(FollowUp, scene.follow_up.id)
        change_form(row, lambda _before: {"sections": [{**DOCUMENT["sections"][0], "fields": fields}]})  # type: ignore[dict-item]
        put_to_use(row)
    assert scene.states()["bus"] == "owed"
    assert "badge" not in scene.states()
    assert scene.due("badge").answer == "Cara"


def test_a_closed_follow_up_is_owed_by_nobody_until_it_is_opened_again(scene: Scene) -> None:
    scene.staff.post(f"/follow-ups/{scene.follow_up.id}/closing")
    assert owing() == set()
    assert scene.client.get(scene.page).status_code == 404
    scene.staff.delete(f"/follow-ups/{scene.follow_up.id}/closing")
    assert owing() == {scene.entry.id, scene.other.id}


def test_whoever_came_in_past_the_events_is_asked_by_the_regular_look(scene: Scene) -> None:
    row = db.session.get_one(Application, scene.waiting.id)
    db.session.execute(update(Application).where(Application.id == row.id).values(state="accepted"))
    db.session.commit()
    assert scene.waiting.id not in owing()
    settle_all()
    assert scene.waiting.id in owing()


def test_a_follow_up_is_composed_with_the_same_builder_and_asks_nobody_before(scene: Scene) -> None:
    slug = scene.programme.slug
    words = {"title-en": "Logo", "wanted": "team:accepted", "due_at": "2026-11-25 24:00", "usual": "y"}
    builder = scene.staff.post(f"/programmes/{slug}/follow-ups", data=words).location
    page = scene.staff.get(builder).text
    assert "Who comes" in page and 'value="identity"' not in page
    assert "Identity numbers are not asked here" in page
    assert scene.staff.post(f"{builder}/fields", data={"ready": "agreement"}).status_code == 303
    assert len(owing()) == 2
    assert db.session.scalar(select(Due.id).where(Due.key == "agreement")) is None
    assert scene.staff.post(f"{builder}/use").status_code == 303
    assert db.session.scalar(select(Due.id).where(Due.key == "agreement")) is not None
    entry = scene.staff.get(f"/programmes/{slug}/form").text
    assert "Who comes" not in entry
    rival = person("Other Staff")
    camp(rival, title="Other", slots=False)
    assert browser(scene.app, rival).get(builder).status_code == 404
