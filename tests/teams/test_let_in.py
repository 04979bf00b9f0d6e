"""The staff of one programme lets nobody into a team that has entered another."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campapp.accounts.models import Invitation
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.programmes.actions.programme import set_staff
from campapp.teams.actions import join_team, name_member
from campapp.teams.models import Member, Team
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp


class Scene:
    """A team with a captain entered two camps; somebody is written down who has no account."""

    def __init__(self, app: Flask) -> None:
        self.app, self.olga, self.captain = app, person("Olga"), person("Cao")
        self.first, self.second = camp(self.olga), camp(person("Else"), title="Another camp")
        entry = application(self.first, self.captain, "Spark", state="accepted")
        there = application(self.second, self.captain, "There", state="draft")
        there.team_id = self.team = entry.team_id
        db.session.commit()
        with current.set(actor=SYSTEM):
            self.eve = name_member(db.session.get_one(Team, self.team), "Eve", mail="eve@x.example").id

    def acting(self) -> FlaskClient:
        client = browser(self.app, self.olga, f"organiser:{self.first.id}")
        assert client.post("/acting", data={"kind": "team", "id": self.team}).status_code == 303
        return client

    def invitations(self) -> int:
        db.session.rollback()
        return db.session.scalar(select(func.count(Invitation.id))) or 0


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene(app)


def test_who_acts_for_a_team_of_another_programme_too_invites_nobody_into_it(scene: Scene) -> None:
    client = scene.acting()
    assert f"/members/{scene.eve}/invitation" not in client.get("/team").text
    assert client.post(f"/members/{scene.eve}/invitation").status_code == 403
    staff = browser(scene.app, scene.olga, f"organiser:{scene.first.id}")
    contact = {"mail": "evil@x.example", "phone": "", "why": "typed wrongly"}
    assert staff.post(f"/members/{scene.eve}/contact", data=contact).status_code == 403
    assert scene.invitations() == 0
    own = browser(scene.app, scene.captain, f"member:{scene.team}")
    assert f"/members/{scene.eve}/invitation" in own.get("/team").text
    assert own.post(f"/members/{scene.eve}/invitation").status_code == 303
    assert scene.invitations() == 1


def test_who_acts_for_it_takes_nobody_out_and_hands_it_over_to_nobody(scene: Scene) -> None:
    bea = person("Bea")
    with current.set(actor=SYSTEM):
        row = join_team(name_member(db.session.get_one(Team, scene.team), "Bea"), bea).id
    client = scene.acting()
    shown = client.get("/team").text
    assert "Make captain" not in shown and "Take out" not in shown
    assert client.delete(f"/members/{row}").status_code == 403
    assert client.post(f"/members/{row}/captaincy").status_code == 403
    assert client.post(f"/members/{row}/roles", data={"contact": "y", "title": ""}).status_code == 403
    db.session.rollback()
    member = db.session.get_one(Member, row)
    assert (member.left_at, member.captain) == (None, False)
    own = browser(scene.app, scene.captain, f"member:{scene.team}")
    assert "Make captain" in own.get("/team").text
    assert own.post(f"/members/{row}/captaincy").status_code == 303


def test_where_they_manage_both_programmes_they_invite(scene: Scene) -> None:
    with current.set(actor=SYSTEM):
        set_staff(scene.second, scene.olga, "helper")
    assert scene.acting().post(f"/members/{scene.eve}/invitation").status_code == 403
    with current.set(actor=SYSTEM):
        set_staff(scene.second, scene.olga, "manager")
    assert scene.acting().post(f"/members/{scene.eve}/invitation").status_code == 303
    assert scene.invitations() == 1


def test_a_team_without_anybody_in_campapp_gets_its_first_key_from_who_manages_all_its_programmes(
    scene: Scene,
) -> None:
    for row in db.session.scalars(select(Member).where(Member.team_id == scene.team)):
        row.joined_at = None
    db.session.commit()
    assert scene.acting().post(f"/members/{scene.eve}/invitation").status_code == 403
    assert "has entered programmes of others too" in scene.acting().get("/team").text
    with current.set(actor=SYSTEM):
        set_staff(scene.second, scene.olga, "owner")
    assert scene.acting().post(f"/members/{scene.eve}/invitation").status_code == 303
    assert scene.invitations() == 1
