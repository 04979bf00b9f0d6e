"""Companies invited while the camp is a draft are told when it is published: decide now, tell later."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Letter, Sending
from campapp.programmes.actions.participation import confirm_participation
from campapp.programmes.models import Participation, Programme
from tests.cast import browser, person
from tests.factories import BEFORE, camp


class Scene:
    """A draft camp and its owner's browser."""

    def __init__(self, app: Flask) -> None:
        self.owner = person("Olga")
        self.programme = camp(self.owner, published=False)
        self.client = browser(app, self.owner, f"organiser:{self.programme.id}")
        self.page = f"/programmes/{self.programme.slug}"

    def invite(self, name: str) -> Participation:
        sent = {
            "name": name,
            "max_meetings": "5",
            "own_tables": "1",
            "person": "Rep",
            "mail": f"{name}@c.example",
        }
        assert self.client.post(f"{self.page}/companies", data=sent).status_code == 303
        return db.session.scalars(select(Participation).order_by(Participation.id.desc())).first()  # type: ignore[return-value]


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene(app)


def letters() -> list[Letter]:
    db.session.expire_all()
    return list(
        db.session.scalars(select(Letter).where(Letter.template == "programmes/invited").order_by(Letter.id))
    )


def test_publishing_leads_to_the_page_that_tells_them(scene: Scene) -> None:
    first, second, third = (scene.invite(name) for name in ("Baidu", "Inspur", "Didi"))
    with current.set(actor=SYSTEM):
        confirm_participation(third)  # its word is there already
    assert letters() == []
    answer = scene.client.post(f"{scene.page}/public-page")
    sending = db.session.scalars(select(Sending)).one()
    assert answer.headers["Location"] == f"/sendings/{sending.id}"
    assert [(one.audience, one.state) for one in letters()] == [
        (f"company:{first.company_id}", "held"), (f"company:{second.company_id}", "held"),
    ]  # fmt: skip
    page = scene.client.get(answer.headers["Location"]).text
    assert "Baidu" in page and "Send 2 messages" in page
    assert "2 messages wait" in scene.client.get("/").text
    scene.client.post(f"/sendings/{sending.id}/release")
    assert {one.state for one in letters()} == {"waiting"}
    assert "messages wait" not in scene.client.get("/").text


def test_undoing_the_publication_takes_the_invitations_back_and_a_second_one_makes_them_anew(
    scene: Scene,
) -> None:
    scene.invite("Baidu")
    scene.client.post(f"{scene.page}/public-page")
    assert scene.client.post(f"{scene.page}/public-page?_method=delete").status_code == 303
    assert letters() == []
    scene.client.post(f"{scene.page}/public-page")
    assert [one.state for one in letters()] == ["held"]


def test_who_was_told_is_not_told_twice(scene: Scene) -> None:
    scene.invite("Baidu")
    scene.client.post(f"{scene.page}/public-page")
    sending = db.session.scalars(select(Sending)).one()
    scene.client.post(f"/sendings/{sending.id}/release")
    for letter in letters():
        letter.become("expanded")
    db.session.commit()
    scene.client.post(f"{scene.page}/public-page?_method=delete")
    answer = scene.client.post(f"{scene.page}/public-page")
    assert answer.headers["Location"].endswith("/overview")
    assert len(letters()) == 1


def test_a_company_invited_once_it_is_public_is_told_at_once(scene: Scene) -> None:
    scene.client.post(f"{scene.page}/public-page")
    scene.invite("Baidu")
    assert [(one.state, one.sending_id) for one in letters()] == [("waiting", None)]
    assert db.session.get_one(Programme, scene.programme.id).state == "published"
