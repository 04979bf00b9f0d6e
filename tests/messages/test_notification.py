"""What one was told: unread on the first page, read by opening it, and nobody else's business."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.core.access import anyone
from campapp.core.action import Act, action
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Delivery, Letter, Sending, open_sending, tell
from campapp.core.park import Park
from campapp.messages.actions import deliver, expand
from tests.cast import actor, browser, person
from tests.messages.test_post import greet

TITLE = "Your password at Software Park has been changed"


@pytest.fixture
def root(app: Flask) -> Account:
    db.session.add(Park(name_en="Software Park"))
    db.session.commit()
    return person("Root", administrator=True)


def test_what_is_unread_stands_on_the_first_page_until_it_is_opened(app: Flask, root: Account) -> None:
    greet(root)
    expand()
    client = browser(app, root, "administrator:0")
    assert TITLE in client.get("/").text
    told = db.session.scalars(select(Delivery.id).where(Delivery.channel == "app")).one()
    assert client.post(f"/notifications/{told}/reading").location == "/reset"
    assert TITLE not in client.get("/").text
    assert TITLE in client.get("/notifications").text


def test_nobody_reads_another_persons_notification(app: Flask, root: Account) -> None:
    greet(root)
    expand()
    told = db.session.scalars(select(Delivery.id).where(Delivery.channel == "app")).one()
    stranger = browser(app, person("Ann"))
    assert stranger.post(f"/notifications/{told}/reading").status_code == 404
    stranger.post("/notifications/reading")
    assert TITLE not in stranger.get("/notifications").text
    assert TITLE in browser(app, root, "administrator:0").get("/").text


@action("decided", rule=anyone)
def decide(act: Act, park: Park, people: list[Account]) -> Sending:
    sending = open_sending("Results", park)
    for one in people:
        tell(one, "accounts/password_changed", one, sending=sending)
    return sending


def decided(root: Account, *names: str) -> int:
    people = [person(name) for name in names]
    park = db.session.scalars(select(Park)).one()
    with current.set(actor=actor(root, "administrator:0")):
        return decide(park, people).id


def test_a_sending_says_how_many_reach_whom_and_shows_three_and_sends_exactly_those(
    app: Flask, root: Account
) -> None:
    key = decided(root, "Ann", "Bob", "Cleo", "Dora")
    client = browser(app, root, "administrator:0")
    page = client.get(f"/sendings/{key}").text
    assert "Send 4 messages" in page
    assert page.count(TITLE) == 3
    assert expand() == 0
    words = {"words-zh": "请带身份证", "words-en": "Bring your badge"}
    assert client.post(f"/sendings/{key}", data=words).status_code == 303
    assert "Bring your badge" in client.get(f"/sendings/{key}").text
    assert client.post(f"/sendings/{key}/release").status_code == 303
    assert (expand(), deliver()) == (4, 4)
    mails = db.session.scalars(select(Delivery).where(Delivery.channel == "mail")).all()
    assert len({m.recipient for m in mails}) == len(mails) == 4
    assert all("Bring your badge" in m.text for m in mails)
    assert client.post(f"/sendings/{key}/release").status_code == 403
    assert "dora@people.example" in client.get(f"/sendings/{key}").text


def test_what_is_taken_back_reaches_nobody(app: Flask, root: Account) -> None:
    key = decided(root, "Ann")
    client = browser(app, root, "administrator:0")
    assert client.delete(f"/sendings/{key}").status_code == 303
    assert client.post(f"/sendings/{key}/release").status_code == 403
    assert expand() == 0
    assert db.session.scalars(select(Letter)).all() == []


def test_a_sending_is_seen_by_its_own_people_only(app: Flask, root: Account) -> None:
    key = decided(root, "Ann")
    assert browser(app, person("Eve")).get(f"/sendings/{key}").status_code == 404


def test_the_mailbox_exists_in_the_demo_and_in_development_only(app: Flask, root: Account) -> None:
    with current.set(actor=SYSTEM):
        greet(person("Ann"))
    expand()
    deliver()
    mail = db.session.scalars(select(Delivery.id).where(Delivery.channel == "mail")).one()
    client = browser(app, root, "administrator:0")
    assert client.get("/mailbox").status_code == client.get(f"/mailbox/{mail}").status_code == 404
    settings = app.config["SETTINGS"]
    object.__setattr__(settings, "development", True)
    try:
        assert "ann@people.example" in client.get("/mailbox?q=ann").text
        assert "ann@people.example" not in client.get("/mailbox?q=bob").text
        assert "Message-ID" in client.get(f"/mailbox/{mail}").text
    finally:
        object.__setattr__(settings, "development", False)
