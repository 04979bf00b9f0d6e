"""Nobody is brought back into a team: who left, or was taken out a while ago, agrees by an invitation of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Invitation
from campapp.accounts.proofs import link_token
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.teams.actions import SECOND_THOUGHTS, join_team, name_member
from campapp.teams.models import Member
from tests.cast import browser, person
from tests.factories import BEFORE, team_of


class Scene:
    """A team of a captain and one who joined."""

    def __init__(self, app: Flask) -> None:
        cao, mei = person("Cao"), person("Mei")
        self.team = team_of(cao, "Spark")
        with current.set(actor=SYSTEM):
            self.member = name_member(self.team, "Mei")
            db.session.flush()
            join_team(self.member, mei)
            db.session.commit()
        self.captain, self.mei = browser(app, cao), browser(app, mei)
        self.path = f"/members/{self.member.id}"

    def is_in(self) -> bool:
        db.session.rollback()
        rows = select(Member.id).where(Member.team_id == self.team.id, Member.left_at.is_(None))
        return len(db.session.scalars(rows.where(Member.account_id.is_not(None))).all()) == 2


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene(app)


def test_the_captain_undoes_at_once_that_somebody_was_taken_out_and_not_later(scene: Scene) -> None:
    assert scene.captain.delete(scene.path).status_code == 303
    assert not scene.is_in()
    assert scene.captain.delete(f"{scene.path}/departure").status_code == 303
    assert scene.is_in()
    scene.captain.delete(scene.path)
    with clock.at(BEFORE + SECOND_THOUGHTS + timedelta(seconds=1)):
        answer = scene.captain.delete(f"{scene.path}/departure")
    assert answer.status_code == 403
    assert "without agreeing" in answer.text
    assert not scene.is_in()


def test_who_left_by_themselves_cannot_be_taken_out_and_so_brought_back(scene: Scene) -> None:
    assert scene.mei.delete(scene.path).status_code == 303
    assert scene.captain.delete(scene.path).status_code == 404
    assert scene.captain.delete(f"{scene.path}/departure").status_code == 403
    assert not scene.is_in()


def test_taking_out_is_not_undone_for_who_has_joined_anew_since(scene: Scene) -> None:
    scene.captain.delete(scene.path)
    scene.captain.post(f"/teams/{scene.team.id}/members", data={"name": "Mei"})
    again = db.session.scalars(select(Member).order_by(Member.id.desc())).first()
    scene.captain.post(f"/members/{again.id}/invitation")
    scene.mei.post(f"/invitations/{link_token(db.session.scalars(select(Invitation)).one())}")
    answer = scene.captain.delete(f"{scene.path}/departure")
    assert answer.status_code == 403
    assert "in the team again" in answer.text
    assert scene.is_in()


def test_who_left_comes_back_by_accepting_an_invitation_and_in_no_other_way(scene: Scene) -> None:
    assert scene.mei.delete(scene.path).status_code == 303
    assert scene.captain.delete(f"{scene.path}/departure").status_code == 403
    assert scene.captain.post(f"{scene.path}/captaincy").status_code in {403, 404}
    assert not scene.is_in()
    scene.captain.post(f"/teams/{scene.team.id}/members", data={"name": "Mei"})
    again = db.session.scalars(select(Member).order_by(Member.id.desc())).first()
    scene.captain.post(f"/members/{again.id}/invitation")
    assert not scene.is_in()
    token = link_token(db.session.scalars(select(Invitation)).one())
    assert scene.mei.post(f"/invitations/{token}").status_code == 303
    assert scene.is_in()
