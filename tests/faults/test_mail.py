"""SMTP refuses, breaks off, or the worker is killed: nothing is lost, nothing is sent twice, and the page says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.db import db
from campapp.core.outbox import Delivery
from campapp.core.park import Park
from campapp.messages.actions import deliver, delivery, expand
from tests.cast import browser, person
from tests.messages.test_post import greet
from tests.post_office import PostOffice, post_office


@pytest.fixture
def office(app: Flask) -> Iterator[PostOffice]:
    with post_office() as found:
        db.session.add(Park(name_en="Software Park", smtp_url=found.url, mail_from="park@park.example"))
        db.session.commit()
        greet(person("Ann"))
        expand()
        yield found


def the_mail() -> Delivery:
    db.session.rollback()
    return db.session.scalars(select(Delivery).where(Delivery.channel == "mail")).one()


def test_a_server_that_is_busy_is_tried_again_later_and_the_mail_arrives_once(office: PostOffice) -> None:
    office.answers["MAIL"] = b"421 busy"
    with clock.at(clock.now()) as hands:
        deliver()
        assert (the_mail().state, the_mail().attempts) == ("failed", 1)
        assert deliver() == 0
        hands.forward(timedelta(minutes=1))
        office.answers.clear()
        assert deliver() == 1
        assert deliver() == 0
    assert the_mail().state == "sent"
    assert len(office.taken) == 1


def test_a_server_that_does_not_answer_costs_one_try_a_round(app: Flask, office: PostOffice) -> None:
    park = db.session.scalars(select(Park)).one()
    park.smtp_url = "smtp://127.0.0.1:9"
    db.session.commit()
    greet(person("Bob"))
    expand()
    assert deliver() == 1
    states = db.session.scalars(
        select(Delivery.state).where(Delivery.channel == "mail").order_by(Delivery.id)
    ).all()
    assert list(states) == ["failed", "waiting"]


def test_an_address_that_is_refused_for_ever_is_given_up_and_shown(app: Flask, office: PostOffice) -> None:
    office.answers["RCPT"] = b"550 no such mailbox"
    deliver()
    assert the_mail().state == "given up"
    page = browser(app, person("Root", administrator=True), "administrator:0").get("/deliveries").text
    assert "550 no such mailbox" in page
    assert "ann@people.example" in page


def test_after_the_last_try_it_is_given_up(office: PostOffice) -> None:
    office.answers["MAIL"] = b"451 later"
    with clock.at(clock.now()) as hands:
        for _ in range(len(delivery.WAITS) + 1):
            deliver()
            hands.forward(timedelta(days=1))
    assert (the_mail().state, the_mail().attempts) == ("given up", 8)


def test_a_line_that_breaks_after_the_text_leaves_it_unknown_and_it_is_not_sent_twice(
    office: PostOffice,
) -> None:
    office.answers["DATA-END"] = b"hang up"
    with clock.at(clock.now()) as hands:
        deliver()
        assert the_mail().state == "unknown"
        office.answers.clear()
        hands.forward(timedelta(days=2))
        deliver()
    assert len(office.taken) == 1


def test_an_administrator_sends_an_unknown_one_again(app: Flask, office: PostOffice) -> None:
    office.answers["DATA-END"] = b"hang up"
    deliver()
    office.answers.clear()
    admin = browser(app, person("Root", administrator=True), "administrator:0")
    path = f"/deliveries/{the_mail().id}/sending"
    assert admin.post(path, data={"next": "/deliveries"}).location == "/deliveries"
    deliver()
    assert the_mail().state == "sent"
    assert office.taken[0]["Message-ID"] == office.taken[1]["Message-ID"]
    assert admin.post(path).status_code == 303  # what has left goes once more only where somebody asks for it
    assert the_mail().state == "waiting"


def test_a_crash_between_claim_and_sending_is_seen_and_sends_nothing_twice(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with clock.at(clock.now()) as hands:
        with monkeypatch.context() as broken:
            broken.setattr(delivery, "send", crash)
            with pytest.raises(KeyboardInterrupt):
                deliver()
        assert the_mail().state == "sending"
        assert deliver() == 0
        hands.forward(timedelta(minutes=6))
        assert deliver() == 0
    assert the_mail().state == "unknown"
    assert office.taken == []


def test_without_a_mail_server_mails_wait_and_the_page_says_so(app: Flask, office: PostOffice) -> None:
    park = db.session.scalars(select(Park)).one()
    park.smtp_url = ""
    db.session.commit()
    settings = app.config["SETTINGS"]
    try:
        object.__setattr__(settings, "testing", False)
        assert deliver() == 0
        assert the_mail().state == "waiting"
        page = browser(app, person("Root", administrator=True), "administrator:0").get("/deliveries").text
        assert "No mail server is set" in page
    finally:
        object.__setattr__(settings, "testing", True)


def test_a_worker_killed_in_the_middle_of_a_mail_loses_nothing_and_sends_nothing_twice(
    app: Flask, office: PostOffice
) -> None:
    settings = app.config["SETTINGS"]
    office.answers["DATA-END"] = b"hang"
    values = {**os.environ, "CAMPAPP_DATA": str(settings.data), "CAMPAPP_DATABASE_URL": settings.database_url}
    greet(person("Bob"))
    greet(person("Cleo"))
    with post_office() as slow:
        slow.answers["MAIL"] = b"silence"
        _point_at(_silent())
        worker = subprocess.Popen(
            [sys.executable, "-m", "campapp.cli", "worker"], env=values, cwd=Path(__file__).parents[2]
        )
        try:
            _until(lambda: _count("sending") == 1)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    office.answers.clear()
    _point_at(office.url)
    assert _count("waiting") == 2
    with clock.at(clock.now() + timedelta(minutes=6)):
        deliver()
    assert (_count("unknown"), _count("sent")) == (1, 2)
    assert len({str(mail["To"]) for mail in office.taken}) == len(office.taken) == 2


def _silent() -> str:
    """A server that takes the call and says nothing."""
    import socket

    listener = socket.create_server(("127.0.0.1", 0))
    _kept.append(listener)
    return f"smtp://127.0.0.1:{listener.getsockname()[1]}"


_kept: list[object] = []


def _point_at(url: str) -> None:
    db.session.rollback()
    db.session.scalars(select(Park)).one().smtp_url = url
    db.session.commit()


def _count(state: str) -> int:
    db.session.rollback()
    statement = select(Delivery.id).where(Delivery.channel == "mail", Delivery.state == state)
    return len(db.session.scalars(statement).all())


def _until(happened: object) -> None:
    for _ in range(600):
        if happened():  # type: ignore[operator]
            return
        time.monotonic()
        subprocess.run(["sleep", "0.1"], check=True)
    raise AssertionError("it never happened")
