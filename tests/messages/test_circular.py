"""A message to many: written beforehand, its people looked up when it leaves, by the channels that were chosen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from campapp.accounts.models import Account, Address
from campapp.applications.actions.submission import submit
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Delivery, Letter, Sending
from campapp.messages.actions import deliver, deliver_texts, expand
from campapp.messages.actions.delivery import mail_of
from campapp.messages.models import Circular
from campapp.programmes.models import Programme
from tests.cast import actor, browser, person
from tests.factories import BEFORE, DEADLINE, application, camp, participation

WORDS = {"title-zh": "提醒", "title-en": "A reminder", "text-zh": "请提交", "text-en": "Please submit"}


class Scene:
    """A camp with an open draft, an accepted team and a company."""

    def __init__(self, app: Flask) -> None:
        self.app, self.organiser = app, person("Olga")
        self.programme: Programme = camp(self.organiser)
        self.drafter, self.accepted, self.rep = person("Drafty"), person("Acc"), person("Rep")
        self.draft = application(self.programme, self.drafter, "Dreamers", state="draft")
        application(self.programme, self.accepted, "Doers", state="accepted")
        participation(self.programme, "Baidu", representative=self.rep)
        self.client: FlaskClient = browser(app, self.organiser)
        expand()
        db.session.execute(delete(Delivery))
        db.session.commit()

    def write(self, *groups: str, **words: str) -> str:
        answer = self.client.post(
            f"/programmes/{self.programme.slug}/messages", data={"groups": list(groups), **WORDS, **words}
        )
        assert answer.status_code == 303, answer.text
        return str(answer.location)

    def release(self, page: str, **more: str) -> int:
        return self.client.post(f"{page}/release", data={"choosing": "1", "mail": "y", **more}).status_code


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    with clock.at(BEFORE):
        yield Scene(app)


def reached(channel: str = "mail") -> list[str]:
    db.session.expire_all()
    return sorted(db.session.scalars(select(Delivery.recipient).where(Delivery.channel == channel)))


def test_a_group_is_reached_and_nobody_else(scene: Scene) -> None:
    page = scene.write("accepted", "confirmed")
    assert "acc@people.example" in scene.client.get(page).text
    assert scene.release(page) == 303
    expand()
    assert reached() == ["acc@people.example", "rep@people.example"]
    assert "A reminder" in browser(scene.app, scene.rep).get("/").text


def test_a_reminder_reaches_whoever_still_has_an_open_draft_when_it_leaves(scene: Scene) -> None:
    late = application(scene.programme, person("Late Draft"), "Late", state="draft")
    page = scene.write("drafts")
    assert scene.release(page, at="2026-11-27 09:00") == 303
    expand()
    assert reached() == []
    with current.set(actor=SYSTEM):
        submit(db.session.get_one(Application, late.id), "n", agreed=("companies",))
    application(scene.programme, person("New Draft"), "Newcomers", state="draft")
    with clock.at(BEFORE + timedelta(days=7)):
        expand()
    assert [one for one in reached() if "late" not in one] == [
        "drafty@people.example",
        "new.draft@people.example",
    ]
    letter = db.session.scalars(select(Letter).where(Letter.template == "messages/reminder")).one()
    told = db.session.scalars(select(Delivery.recipient).where(Delivery.letter_id == letter.id)).all()
    assert "late.draft@people.example" not in told
    text = db.session.scalars(select(Delivery.text).where(Delivery.letter_id == letter.id)).first() or ""
    assert "not submitted yet" in text and "2026" in text


def test_after_the_deadline_no_draft_is_reminded(scene: Scene) -> None:
    page = scene.write("drafts")
    scene.release(page, at="2026-11-29 09:00")
    with clock.at(DEADLINE + timedelta(days=2)):
        expand()
    assert reached() == []


def test_who_has_a_draft_is_shown_to_the_staff_neither_before_nor_after(scene: Scene) -> None:
    page = scene.write("drafts", "accepted")
    for _again in range(2):
        text = scene.client.get(page).text
        assert "Drafty" not in text and "drafty@" not in text and "Dreamers" not in text
        scene.release(page)
        expand()
    assert "drafty@people.example" in reached()
    staff = actor(scene.organiser)
    assert db.session.scalars(visible(Delivery, staff).where(Delivery.channel == "mail")).all() == []


def test_what_leaves_later_can_be_taken_back_until_then(scene: Scene) -> None:
    page = scene.write("accepted")
    scene.release(page, at="2026-11-25 09:00")
    assert "Leaves at" in scene.client.get(page).text
    assert scene.client.delete(page).status_code == 303
    with clock.at(BEFORE + timedelta(days=7)):
        expand()
    assert reached() == []
    page = scene.write("accepted")
    scene.release(page)
    expand()
    assert scene.client.delete(page).status_code == 403


def test_a_text_message_goes_by_an_approved_text_and_never_in_typed_words(scene: Scene) -> None:
    with current.set(actor=SYSTEM):
        account = db.session.get_one(Account, scene.accepted.id)
        db.session.add(
            Address(account_id=account.id, kind="phone", value="+8613812345678", confirmed_at=clock.now())
        )
        db.session.commit()
    page = scene.write("accepted")
    scene.release(page, sms="y")
    expand()
    deliver_texts()
    row = db.session.scalars(select(Delivery).where(Delivery.channel == "sms")).one()
    assert (row.recipient, row.state) == ("+8613812345678", "kept")
    assert "Open Source Camp" in row.text and "Please submit" not in row.text
    assert reached() == ["acc@people.example"]


def test_without_mail_it_is_read_in_the_application_only(scene: Scene) -> None:
    page = scene.write("accepted")
    assert scene.client.post(f"{page}/release", data={"choosing": "1"}).status_code == 303
    expand()
    assert (reached(), len(reached("app"))) == ([], 1)


def test_what_has_left_is_sent_again_from_the_log_to_the_address_of_today(scene: Scene) -> None:
    page = scene.write("accepted")
    scene.release(page)
    expand()
    deliver()
    row = db.session.scalars(select(Delivery).where(Delivery.channel == "mail")).one()
    before = mail_of(row).message_id
    assert row.state == "kept"
    address = db.session.scalars(select(Address).where(Address.account_id == scene.accepted.id)).one()
    address.value = "new@people.example"
    db.session.commit()
    assert scene.client.post(f"/deliveries/{row.id}/sending", data={"next": page}).status_code == 303
    db.session.expire_all()
    row = db.session.get_one(Delivery, row.id)
    assert (row.state, row.recipient, row.again) == ("waiting", "new@people.example", 1)
    assert mail_of(row).message_id != before
    rival = person("Rival")
    camp(rival, title="Other", slots=False)
    deliver()
    assert browser(scene.app, rival).post(f"/deliveries/{row.id}/sending").status_code == 404


def test_all_that_did_not_arrive_goes_out_again_at_once(scene: Scene) -> None:
    page = scene.write("accepted", "confirmed")
    scene.release(page)
    expand()
    rows = db.session.scalars(select(Delivery).where(Delivery.channel == "mail").order_by(Delivery.id)).all()
    rows[0].become("given up", "550")
    rows[1].become("sent")
    db.session.commit()
    assert "Send again what did not arrive" in scene.client.get(page).text
    scene.client.post(f"{page}/sending-again")
    db.session.expire_all()
    assert [row.state for row in rows] == ["waiting", "sent"]


def test_the_text_for_a_chat_group_and_who_pasted_it_stand_in_the_record(scene: Scene) -> None:
    page = scene.write("accepted")
    shown = scene.client.get(page).text
    assert "【A reminder】" in shown and f"/programmes/{scene.programme.slug}" in shown
    assert scene.client.post(f"{page}/pasting").status_code == 303
    assert "Pasted into a group by Olga" in scene.client.get(page).text


def test_words_are_changed_while_it_is_held_and_a_helper_writes_none(scene: Scene) -> None:
    page = scene.write("accepted")
    circular = db.session.scalars(select(Circular)).one()
    changed = {**WORDS, "title-en": "Better words", "groups": ["confirmed"], "version": str(circular.version)}
    assert scene.client.post(f"/circulars/{circular.id}", data=changed).status_code == 303
    scene.release(page)
    expand()
    assert reached() == ["rep@people.example"]
    assert scene.client.post(f"/circulars/{circular.id}", data=changed).status_code in {403, 409}
    db.session.expire_all()
    assert db.session.scalars(select(Sending)).one().title == "Better words"


def test_a_message_without_a_group_or_words_is_refused_and_keeps_what_was_typed(scene: Scene) -> None:
    answer = scene.client.post(f"/programmes/{scene.programme.slug}/messages", data={"title-en": "Only this"})
    assert answer.status_code == 422
    assert "Only this" in answer.text
