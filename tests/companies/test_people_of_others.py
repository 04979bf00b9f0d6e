"""The staff of one programme opens no company's door to another programme, by no name and no invitation."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campapp.accounts.models import Account, Invitation
from campapp.companies.models import Representative
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.programmes.actions.participation import invite_company
from campapp.programmes.actions.programme import set_staff
from campapp.programmes.models import Programme
from tests.cast import browser, person
from tests.factories import BEFORE, camp, company_of
from tests.matching.test_review import Scene

EVE = {"name": "Eve", "mail": "eve@elsewhere.example", "phone": "", "title": ""}


class Two(Scene):
    """The company of a camp, whose representative has joined, is invited to a second camp by that one's owner."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self.app, self.olga = app, person("Olga")
        self.second = camp(self.olga, title="Another camp")
        self.company = company_of(self.participation).id
        with current.set(actor=SYSTEM):
            invite_company(self.second, company_of(self.participation))

    def as_(self, account: Account, programme: Programme) -> FlaskClient:
        return browser(self.app, account, f"organiser:{programme.id}")

    def invitations(self) -> int:
        db.session.rollback()
        return db.session.scalar(select(func.count(Invitation.id))) or 0

    def named(self, client: FlaskClient) -> int:
        assert client.post(f"/companies/{self.company}/representatives", data=EVE).status_code == 303
        db.session.rollback()
        return db.session.scalars(select(Representative.id).where(Representative.name == "Eve")).one()

    def joined(self) -> Representative:
        rows = select(Representative).where(Representative.account_id == self.representative.id)
        return db.session.scalars(rows).one()


@pytest.fixture
def two(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Two(app)


@pytest.mark.parametrize("acting", [False, True])
def test_staff_of_another_programme_lets_nobody_into_a_company_that_has_people(
    two: Two, acting: bool
) -> None:
    client = two.as_(two.olga, two.second)
    if acting:
        assert client.post("/acting", data={"kind": "company", "id": two.company}).status_code == 303
    eve = two.named(client)
    assert client.post(f"/representatives/{eve}/invitation").status_code == 403
    contact = {"mail": "eve@evil.example", "phone": "", "why": "typed wrongly"}
    assert client.post(f"/representatives/{eve}/contact", data=contact).status_code in {403, 404}
    assert two.invitations() == 0
    assert client.delete(f"/representatives/{two.joined().id}").status_code == 403
    db.session.rollback()
    assert two.joined().left_at is None
    page = client.get(f"/companies/{two.company}").text
    assert f"/representatives/{eve}" not in page


def test_its_own_people_an_administrator_and_who_organises_all_its_programmes_do(two: Two) -> None:
    eve = two.named(browser(two.app, two.representative))
    assert two.invitations() == 1
    with current.set(actor=SYSTEM):
        set_staff(two.programme, two.olga, "manager")
    assert two.as_(two.olga, two.second).post(f"/representatives/{eve}/invitation").status_code == 303
    assert two.invitations() == 2


def test_a_first_key_is_handed_over_by_who_manages_all_its_programmes_never_by_helpers(two: Two) -> None:
    two.joined().left_at = clock.now()
    db.session.commit()
    client = two.as_(two.olga, two.second)
    eve = two.named(client)
    assert client.post(f"/representatives/{eve}/invitation").status_code == 403
    assert two.invitations() == 0
    page = client.get(f"/companies/{two.company}").text
    assert f"/representatives/{eve}" not in page and "in programmes of others too" in page
    with current.set(actor=SYSTEM):
        set_staff(two.programme, two.olga, "helper")
    assert client.post(f"/representatives/{eve}/invitation").status_code == 403
    with current.set(actor=SYSTEM):
        set_staff(two.programme, two.olga, "manager")
    helper = person("Hedy")
    with current.set(actor=SYSTEM):
        set_staff(two.programme, helper, "helper")
        set_staff(two.second, helper, "helper")
    hedy = two.as_(helper, two.second)
    assert hedy.post(f"/representatives/{eve}/invitation").status_code == 403
    assert f"/representatives/{eve}" not in hedy.get(f"/companies/{two.company}").text
    assert two.invitations() == 0
    assert client.post(f"/representatives/{eve}/invitation").status_code == 303
    assert two.invitations() == 1


def test_an_administrator_hands_over_a_first_key(two: Two) -> None:
    two.joined().left_at = clock.now()
    db.session.commit()
    two.named(browser(two.app, person("Ada", administrator=True)))
    assert two.invitations() == 1
