"""Organisers put a mistyped address right: confirmed at the new, told to the old, never one that is confirmed."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.accounts.models import Account, Code, Invitation
from campapp.companies.actions import invite_representative, name_representative
from campapp.companies.models import Representative
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.outbox import Letter
from campapp.programmes.actions.programme import set_staff
from campapp.teams.models import Member
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, company_of, participation

WRONG, RIGHT = "cao@people.exmaple", "cao@people.example"
SENT = {"mail": RIGHT, "phone": "", "reason": "Called; she spelt it out"}


class Scene:
    """A camp with a team whose captain signed up with a mistyped address, and a company with an invited person."""

    def __init__(self, app: Flask) -> None:
        self.app, self.olga = app, person("Olga")
        self.captain = person("Cao", mail=WRONG, confirmed=False)
        self.programme = camp(self.olga)
        self.entry = application(self.programme, self.captain, "Alpha")
        self.company = company_of(participation(self.programme, "Baidu"))
        with current.set(actor=SYSTEM):
            self.rep = name_representative(self.company, "Rep", mail="rep@baidu.exmaple", lead=True)
            self.invitation = invite_representative(self.rep)
        self.client = self.as_(self.olga)
        self.member = db.session.scalars(select(Member)).one()

    def as_(self, account: Account) -> FlaskClient:
        return browser(self.app, account, f"organiser:{self.programme.id}")


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene(app)


def told() -> dict[str, str]:
    rows = db.session.scalars(select(Letter).order_by(Letter.id))
    return {row.template: row.audience for row in rows}


def test_an_unconfirmed_captain_gets_a_code_at_the_right_address_and_the_wrong_one_is_told(
    scene: Scene,
) -> None:
    page = scene.client.get(f"/applications/{scene.entry.id}").text
    assert WRONG in page and f"/members/{scene.member.id}/contact" in page
    answer = scene.client.post(f"/members/{scene.member.id}/contact", data=SENT)
    assert answer.status_code == 303
    db.session.expire_all()
    assert scene.captain.mail == RIGHT and not scene.captain.confirmed
    assert scene.member.mail == RIGHT
    code = db.session.scalars(select(Code).where(Code.purpose == "confirm", Code.spent_at.is_(None))).one()
    assert code.value == RIGHT
    assert told()["accounts/typed_address_corrected"] == f"address:{WRONG}"
    assert SENT["reason"] in set(
        db.session.scalars(select(Event.reason).where(Event.name == "member_corrected"))
    )


def test_an_invitation_to_the_wrong_address_opens_nothing_and_a_new_one_is_sent(scene: Scene) -> None:
    data = {"mail": "rep@baidu.example", "phone": "138 0000 8000", "reason": "Business card"}
    assert scene.client.post(f"/representatives/{scene.rep.id}/contact", data=data).status_code == 303
    db.session.expire_all()
    assert (scene.rep.mail, scene.rep.phone) == ("rep@baidu.example", "+8613800008000")
    assert scene.invitation.revoked_at is not None
    fresh = db.session.scalars(select(Invitation).where(Invitation.revoked_at.is_(None))).one()
    assert (fresh.address, fresh.subject_id) == ("rep@baidu.example", scene.rep.id)
    assert told()["accounts/typed_address_corrected"] == "address:rep@baidu.exmaple"
    assert told()["accounts/invitation"] == f"invitation:{fresh.id}"


def test_a_confirmed_address_is_its_person_s_own(scene: Scene) -> None:
    settled = person("Settled")
    entry = application(scene.programme, settled, "Beta")
    member = db.session.scalars(select(Member).where(Member.team_id == entry.team_id)).one()
    answer = scene.client.post(f"/members/{member.id}/contact", data=SENT)
    assert answer.status_code == 422
    assert "This person has confirmed their address" in answer.text
    assert f'value="{RIGHT}"' in answer.text
    db.session.expire_all()
    assert settled.mail == "settled@people.example" and member.mail == "settled@people.example"
    assert "accounts/typed_address_corrected" not in told()


def test_a_reason_is_needed_and_what_was_typed_is_kept(scene: Scene) -> None:
    answer = scene.client.post(f"/members/{scene.member.id}/contact", data=SENT | {"reason": ""})
    assert answer.status_code == 422 and f'value="{RIGHT}"' in answer.text
    db.session.expire_all()
    assert scene.member.mail == WRONG


def test_two_who_correct_at_once_do_not_overwrite_each_other(scene: Scene) -> None:
    seen = {"version": str(scene.member.version)}
    scene.client.post(f"/members/{scene.member.id}/contact", data=SENT | seen)
    late = scene.client.post(
        f"/members/{scene.member.id}/contact", data=SENT | seen | {"mail": "x@y.example"}
    )
    assert late.status_code == 409
    db.session.expire_all()
    assert scene.member.mail == RIGHT


def test_nobody_else_corrects(scene: Scene) -> None:
    helper, other = person("Helga"), person("Oskar")
    with current.set(actor=actor(scene.olga)):
        set_staff(scene.programme, helper, "helper")
    elsewhere = camp(other, title="Other")
    strangers = [
        scene.as_(helper), browser(scene.app, other, f"organiser:{elsewhere.id}"), browser(scene.app, scene.captain),
        browser(scene.app, person("Eve")),
    ]  # fmt: skip
    for client in strangers:
        for path in (f"/members/{scene.member.id}/contact", f"/representatives/{scene.rep.id}/contact"):
            assert client.get(path).status_code in {403, 404}
            assert client.post(path, data=SENT).status_code in {403, 404}
    assert WRONG not in scene.as_(helper).get(f"/applications/{scene.entry.id}").text
    db.session.expire_all()
    assert scene.member.mail == WRONG
    assert db.session.get_one(Representative, scene.rep.id).mail == "rep@baidu.exmaple"
