"""Invitations: single-use, bound or handed over, spent by the button and by nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts import proofs
from campapp.accounts.actions import invite
from campapp.accounts.models import Account, Invitation
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Letter
from campapp.teams.models import Member, Team
from tests.cast import actor, browser, person

ENTER = {"name": "Bea", "password": "eleven lamps"}


@pytest.fixture
def team(app: Flask) -> Team:
    team = Team(name="火花", name_key="火花")
    db.session.add(team)
    db.session.flush()
    db.session.add(Member(team_id=team.id, name="Bea", mail="bea@people.example"))
    db.session.commit()
    return team


def invited(team: Team, address: str = "", by: Account | None = None) -> Invitation:
    with current.set(actor=actor(by) if by else SYSTEM):
        member = db.session.scalars(select(Member.id)).first() or 0
        return invite("team", team.id, subject_id=member, name="Bea", address=address)


def path_of(invitation: Invitation) -> str:
    db.session.rollback()
    return f"/invitations/{proofs.link_token(db.session.get_one(Invitation, invitation.id))}"


def members(team: Team) -> list[int | None]:
    db.session.rollback()
    return list(
        db.session.scalars(select(Member.account_id).where(Member.team_id == team.id).order_by(Member.id))
    )


def test_opening_it_spends_nothing_and_the_button_once(app: Flask, team: Team) -> None:
    path, bea = path_of(invited(team)), person("Bea")
    scanner = app.test_client(use_cookies=False)
    for _ in range(2):
        assert scanner.get(path, follow_redirects=True).status_code == 200
        assert scanner.head(path, follow_redirects=True).status_code == 200
    assert members(team) == [None]
    assert browser(app, bea).post(path).status_code == 303
    assert members(team) == [bea.id]
    assert browser(app, person("Carl")).post(path).status_code == 403
    assert members(team) == [bea.id]


def test_a_mailed_one_founds_a_confirmed_account_in_one_step(app: Flask, team: Team) -> None:
    invitation = invited(team, "bea@people.example")
    assert db.session.scalars(select(Letter.audience)).one() == f"invitation:{invitation.id}"
    client = app.test_client()
    path = path_of(invitation)
    assert "bea@people.example" in client.get(path).text
    assert client.post(f"{path}/account", data={**ENTER, "password": "12345678"}).status_code == 422
    assert client.post(f"{path}/account", data=ENTER).status_code == 303
    bea = db.session.scalars(select(Account)).one()
    assert (bea.mail, bea.confirmed) == ("bea@people.example", True)
    assert members(team) == [bea.id]
    assert app.test_client().post(f"{path}/account", data=ENTER).status_code == 403


def test_a_bound_one_is_for_that_address_only(app: Flask, team: Team) -> None:
    path = path_of(invited(team, "bea@people.example"))
    answer = browser(app, person("Carl")).post(path)
    assert answer.status_code == 403
    assert "b" in answer.text
    assert "bea@people.example" not in answer.text
    assert members(team) == [None]


def test_a_bound_ones_button_confirms_the_address_that_it_was_mailed_to(app: Flask, team: Team) -> None:
    bea = person("Bea", confirmed=False)
    assert browser(app, bea).post(path_of(invited(team, "bea@people.example"))).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Account, bea.id).confirmed


def test_who_is_unconfirmed_claims_nothing_by_a_handed_over_one(app: Flask, team: Team) -> None:
    path = path_of(invited(team))
    page = browser(app, person("Dora", confirmed=False))
    assert page.post(path).status_code == 403
    assert f"/confirmation?then={path}" in page.get(path).text
    assert members(team) == [None]


def test_a_bound_address_that_has_an_account_must_sign_in(app: Flask, team: Team) -> None:
    person("Bea")
    path = path_of(invited(team, "bea@people.example"))
    assert f"/sign-in?then={path}" in app.test_client().get(path).text
    assert app.test_client().post(f"{path}/account", data=ENTER).status_code == 403


def test_it_expires_and_can_be_taken_back(app: Flask, team: Team) -> None:
    bea, olga = person("Bea"), person("Olga")
    old, kept = invited(team, by=olga), invited(team, by=olga)
    with clock.at(clock.now() + timedelta(days=15)):
        assert browser(app, bea).post(path_of(old)).status_code == 403
    assert browser(app, bea).delete(f"/invitations/{kept.id}/card").status_code == 404
    assert browser(app, olga).delete(f"/invitations/{kept.id}/card").status_code == 303
    assert browser(app, bea).post(path_of(kept)).status_code == 403
    assert members(team) == [None]


def test_the_card_shows_the_same_link_as_a_qr_code_to_who_made_it_only(app: Flask, team: Team) -> None:
    olga = person("Olga")
    db.session.add(Member(team_id=team.id, account_id=olga.id, name="Olga", joined_at=clock.now()))
    db.session.commit()
    invitation = invited(team, by=olga)
    page = browser(app, olga).get(f"/invitations/{invitation.id}/card").text
    assert re.search(r'src="data:image/png;base64,[A-Za-z0-9+/=%]+', page)
    assert path_of(invitation) in page
    assert browser(app, person("Carl")).get(f"/invitations/{invitation.id}/card").status_code == 404
    bound = invited(team, "bea@people.example", by=olga)
    assert browser(app, olga).get(f"/invitations/{bound.id}/card").status_code == 404


def test_an_administrators_link_from_the_machine_lets_in(app: Flask) -> None:
    from campapp.accounts.setup import administrator_link
    from campapp.core.current import CONSOLE

    with current.set(actor=CONSOLE):
        link = administrator_link("root@park.example")
    path = link.partition("127.0.0.1:8000")[2]
    client = app.test_client()
    assert client.post(f"{path}/account", data=ENTER).status_code == 303
    assert client.get("/people").status_code == 200
    with current.set(actor=CONSOLE):
        again = administrator_link("root@park.example").partition("127.0.0.1:8000")[2]
    assert app.test_client().post(again, data={"password": "twelve candles"}).status_code == 303
