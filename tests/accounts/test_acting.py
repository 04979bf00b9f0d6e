"""An organiser acts for a team: a banner, both names, one summary; and one membership is in use at a time."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.db import db
from campapp.core.events import Event
from campapp.matching.models import Match
from campapp.pool.models import Project
from campapp.programmes.models import Participation, Programme, Staff
from campapp.teams.models import Member, Team
from tests.cast import browser, person
from tests.factories import BEFORE, application, participation
from tests.factories import camp as arranged_camp
from tests.matching.test_review import Scene


@pytest.fixture
def camp(app: Flask) -> Programme:
    programme = Programme(
        slug="camp", kind="camp", state="published", first_day=date(2026, 12, 1), last_day=date(2026, 12, 2)
    )  # fmt: skip
    db.session.add(programme)
    db.session.commit()
    return programme


def staff(camp: Programme, level: str) -> Account:
    account = person(f"Staff {level}")
    db.session.add(Staff(programme_id=camp.id, account_id=account.id, level=level))
    db.session.commit()
    return account


def team_in(camp: Programme | None, name: str = "Spark") -> Team:
    ann = person(f"Ann {name}")
    team = Team(name=name, name_key=name.lower())
    db.session.add(team)
    db.session.flush()
    db.session.add(
        Member(team_id=team.id, account_id=ann.id, name="Ann", captain=True, joined_at=ann.created_at)
    )
    if camp is not None:
        project = Project(team_id=team.id, title="Lamp")
        db.session.add(project)
        db.session.flush()
        row = Application(programme_id=camp.id, team_id=team.id, project_id=project.id, state="submitted")
        row.submitted_at = ann.created_at
        db.session.add(row)
    db.session.commit()
    return team


def test_a_banner_says_for_whom_and_both_names_are_written_down(app: Flask, camp: Programme) -> None:
    team, olga = team_in(camp), staff(camp, "manager")
    client = browser(app, olga, f"organiser:{camp.id}")
    assert (
        client.post("/acting", data={"kind": "team", "id": team.id, "next": "/account"}).location
        == "/account"
    )
    assert "Spark" in client.get("/account").text
    assert "_method=delete" in client.get("/account").text
    client.post("/language", data={"language": "zh_CN", "next": "/"})
    event = db.session.scalars(select(Event).where(Event.name == "language_switched")).one()
    assert (event.account_id, event.role, event.acting_for) == (olga.id, "organiser", f"team:{team.id}")
    client.delete("/acting")
    assert "Spark" not in client.get("/account").text


@pytest.mark.parametrize("level", ["helper", "read-only"])
def test_helpers_and_readers_act_for_nobody(app: Flask, camp: Programme, level: str) -> None:
    team = team_in(camp)
    client = browser(app, staff(camp, level), f"organiser:{camp.id}")
    assert client.post("/acting", data={"kind": "team", "id": team.id}).status_code == 404
    assert "Spark" not in client.get("/account").text


def test_nobody_acts_for_a_team_of_another_programme(app: Flask, camp: Programme) -> None:
    team = team_in(None, "Foreign")
    client = browser(app, staff(camp, "owner"), f"organiser:{camp.id}")
    assert client.post("/acting", data={"kind": "team", "id": team.id}).status_code == 404
    assert client.post("/acting", data={"kind": "planet", "id": "1"}).status_code == 404
    assert client.post("/acting", data={"kind": "team", "id": "९"}).status_code == 404


def test_a_membership_is_switched_in_one_click_and_only_to_ones_own(app: Flask, camp: Programme) -> None:
    olga = staff(camp, "owner")
    team = team_in(None, "Own")
    db.session.add(Member(team_id=team.id, account_id=olga.id, name="Olga", joined_at=olga.created_at))
    db.session.commit()
    client = browser(app, olga)
    for key in (f"organiser:{camp.id}", f"member:{team.id}"):
        client.post("/membership", data={"membership": key})
        page = client.get("/account").text
        assert f'value="{key}" aria-current="true"' in page
    client.post("/membership", data={"membership": "administrator:0"})
    assert client.get("/people").status_code == 404


def test_who_acts_for_a_side_sees_it_in_their_own_programme_only(app: Flask) -> None:
    with clock.at(BEFORE):
        scene, olga, captain = Scene(), person("Olga"), person("Zhao")
        mine = arranged_camp(olga, title="Another camp")
        entry = application(mine, captain, "Ember", state="accepted")
        participation(mine, "Tencent")
        there = db.session.get_one(Application, db.session.get_one(Match, scene.ids[0]).application_id)
        here = application(mine, scene.captain, "Both", state="accepted")
        here.team_id = there.team_id
        company_id = scene.participation.company_id
        db.session.commit()
        client = browser(app, olga, f"organiser:{mine.id}")
        assert client.post("/acting", data={"kind": "company", "id": company_id}).status_code == 404
        db.session.add(Participation(programme_id=mine.id, company_id=company_id, state="confirmed"))
        db.session.commit()
        assert client.post("/acting", data={"kind": "company", "id": company_id}).status_code == 303
        for match_id in scene.ids:
            assert client.get(f"/matches/{match_id}").status_code == 404
            assert client.post(f"/matches/{match_id}/acceptance").status_code == 404
        assert "Team 0" not in client.get("/matches").text
        assert client.post("/acting", data={"kind": "team", "id": there.team_id}).status_code == 303
        assert client.get(f"/applications/{here.id}").status_code == 200
        assert client.get(f"/applications/{entry.id}").status_code == 404
        for page in ("", "/draft", "/consents", "/submission"):
            assert client.get(f"/applications/{there.id}{page}").status_code == 404
        assert client.post(f"/applications/{there.id}/withdrawal").status_code == 404
        itself = browser(app, scene.captain, f"member:{there.team_id}")
        assert itself.get(f"/applications/{there.id}").status_code == 200
