"""Who has gone does not come back by an invitation that they made while they were there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts import proofs
from campapp.accounts.models import Account, Invitation
from campapp.companies.actions import join_company, leave_company, name_representative
from campapp.companies.models import Representative
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.programmes.actions.programme import drop_staff, invite_staff, set_staff
from campapp.programmes.models import Staff
from campapp.teams.actions import join_team, name_member
from campapp.teams.models import Member
from tests.cast import actor, browser, person
from tests.factories import BEFORE, camp, company_of, participation, team_of


@pytest.fixture(autouse=True)
def before() -> Iterator[None]:
    with clock.at(BEFORE):
        yield


def latest() -> str:
    db.session.rollback()
    made = db.session.scalars(select(Invitation).order_by(Invitation.id.desc())).first()
    assert made is not None
    return f"/invitations/{proofs.link_token(made)}"


def presses(app: Flask, account: Account, path: str) -> int:
    client = browser(app, account)
    page = client.get(path)
    assert page.status_code == 200
    return client.post(path).status_code


@pytest.mark.parametrize("level", ["manager", ""])
def test_an_owner_who_is_no_longer_one(app: Flask, level: str) -> None:
    olga, programme = person("Olga"), camp(person("Else"))
    with current.set(actor=SYSTEM):
        row = set_staff(programme, olga, "owner")
    with current.set(actor=actor(olga, f"organiser:{programme.id}")):
        invite_staff(programme, "owner", name="Olga again")
    path = latest()
    with current.set(actor=SYSTEM):
        if level:
            set_staff(programme, olga, level)
        else:
            drop_staff(programme, row)
    assert "can no longer let you in" in browser(app, olga).get(path).text
    assert presses(app, olga, path) == 403
    db.session.rollback()
    mine = select(Staff.level).where(Staff.account_id == olga.id, Staff.left_at.is_(None))
    assert list(db.session.scalars(mine)) == ([level] if level else [])


def test_a_member_who_was_taken_out(app: Flask) -> None:
    cao, mei = person("Cao"), person("Mei")
    team = team_of(cao, "Spark")
    with current.set(actor=SYSTEM):
        place = join_team(name_member(team, "Mei"), mei).id
        free = name_member(team, "Somebody").id
    assert browser(app, mei).post(f"/members/{free}/invitation").status_code == 303
    path = latest()
    assert browser(app, cao).delete(f"/members/{place}").status_code == 303
    assert presses(app, mei, path) == 403
    db.session.rollback()
    inside = select(Member.id).where(Member.account_id == mei.id, Member.left_at.is_(None))
    assert db.session.scalars(inside).all() == []


def test_a_representative_who_acts_for_the_company_no_longer(app: Flask) -> None:
    rep = person("Rep")
    row = participation(camp(person("Olga")), "Baidu", representative=rep)
    with current.set(actor=SYSTEM):
        free = name_representative(company_of(row), "Somebody").id
    assert browser(app, rep).post(f"/representatives/{free}/invitation").status_code == 303
    path = latest()
    place = db.session.scalars(select(Representative).where(Representative.account_id == rep.id)).one()
    with current.set(actor=SYSTEM):
        leave_company(place)
    assert presses(app, rep, path) == 403
    other = person("Other")
    with current.set(actor=SYSTEM):
        join_company(db.session.get_one(Representative, free), other)
    assert presses(app, rep, path) == 403
