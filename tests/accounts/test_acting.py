"""An organiser acts for a team: a banner, both names, one summary; and one membership is in use at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Account, SignIn
from campapp.accounts.sessions import make_actor
from campapp.applications.models import Application, Consent, EntryFile, Submission
from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.files import StoredFile
from campapp.core.upload import Upload
from campapp.matching.models import Match
from campapp.pool.models import Project, Snapshot
from campapp.programmes.actions.programme import drop_staff, set_staff
from campapp.programmes.models import Participation, Programme, Staff
from campapp.teams.models import Member, Team
from tests.cast import actor, browser, person
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


class Acting:
    """A manager of two camps acts for a team that entered both, in the first."""

    def __init__(self, app: Flask) -> None:
        self.olga, self.captain = person("Olga"), person("Zhao")
        self.app, captain = app, self.captain
        self.first, self.second = (
            arranged_camp(person("Else")),
            arranged_camp(person("Other"), title="Second"),
        )
        entry = application(self.first, captain, "Ember", state="accepted")
        application(self.second, captain, "There").team_id = entry.team_id
        db.session.commit()
        self.staff(self.first, "manager")
        self.staff(self.second, "manager")
        self.client = browser(app, self.olga, f"organiser:{self.first.id}")
        assert (
            self.client.post("/acting", data={"kind": "team", "id": entry.team_id, "next": "/team"}).location
            == "/team"
        )

    def staff(self, camp: Programme, level: str) -> None:
        with current.set(actor=SYSTEM):
            set_staff(camp, self.olga, level)

    def acts(self) -> bool:
        db.session.rollback()
        return self.client.get("/team").status_code == 200


@pytest.fixture
def acting(app: Flask) -> Iterator[Acting]:
    with clock.at(BEFORE):
        yield Acting(app)


@pytest.mark.parametrize("level", ["helper", "read-only"])
def test_acting_ends_with_the_level_that_allowed_it_and_does_not_come_back_by_itself(
    acting: Acting, level: str
) -> None:
    assert acting.acts()
    acting.staff(acting.first, level)
    assert not acting.acts()
    acting.staff(acting.first, "manager")
    assert not acting.acts()


def test_acting_ends_with_the_membership_and_does_not_go_on_in_another(acting: Acting) -> None:
    row = db.session.scalars(
        select(Staff).where(Staff.account_id == acting.olga.id, Staff.programme_id == acting.first.id)
    ).one()
    with current.set(actor=SYSTEM):
        drop_staff(acting.first, row)
    assert not acting.acts()
    acting.staff(acting.first, "manager")
    assert not acting.acts()


def test_each_request_asks_whether_they_still_act(acting: Acting) -> None:
    row = db.session.scalars(
        select(Staff).where(Staff.account_id == acting.olga.id, Staff.programme_id == acting.first.id)
    ).one()
    row.level = "helper"
    db.session.commit()
    assert not acting.acts()
    row.level, row.left_at = "manager", clock.now()
    db.session.commit()
    assert not acting.acts()


def test_who_acts_by_the_role_that_the_session_opened_with_keeps_that_role(
    app: Flask, camp: Programme
) -> None:
    """No role was ever pressed: a newer one does not take its place while they act."""
    team, olga = team_in(camp), staff(camp, "manager")
    client = browser(app, olga)
    assert client.post("/acting", data={"kind": "team", "id": team.id}).status_code == 303
    with current.set(actor=SYSTEM):
        set_staff(arranged_camp(person("Else")), olga, "owner")
    assert client.get("/team").status_code == 200


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


def test_who_acts_for_a_team_begins_nothing_in_a_programme_of_others(acting: Acting) -> None:
    third = arranged_camp(person("Third"), title="Third camp")
    for camp in (third, acting.second):
        page = acting.client.get(f"/programmes/{camp.slug}/entry/new")
        assert page.status_code == 404 and "/applications/" not in (page.location or "")
        sent = {"team": "Ember", "project": "Sneaked in"}
        assert acting.client.post(f"/programmes/{camp.slug}/entry", data=sent).status_code == 404
    db.session.rollback()
    assert list(db.session.scalars(select(Application.id).where(Application.programme_id == third.id))) == []


def test_what_is_begun_for_a_team_names_who_acted(acting: Acting) -> None:
    team_id = int(
        db.session.scalars(select(SignIn.acting_for).where(SignIn.acting_for != "")).one().split(":")[1]
    )
    entry = db.session.scalars(select(Application).where(Application.programme_id == acting.first.id)).one()
    entry.state = "withdrawn"
    db.session.commit()
    sent = {"team": "Ember", "project": "For them"}
    assert acting.client.post(f"/programmes/{acting.first.slug}/entry", data=sent).status_code == 303
    event = db.session.scalars(
        select(Event).where(Event.name == "application_begun").order_by(Event.id.desc())
    ).first()
    assert event is not None
    assert (event.account_id, event.acting_for) == (acting.olga.id, f"team:{team_id}")


def test_who_acts_for_a_team_reaches_no_file_and_no_project_of_its_other_entries(acting: Acting) -> None:
    there = db.session.scalars(select(Application).where(Application.programme_id == acting.second.id)).one()
    here = db.session.scalars(select(Application).where(Application.programme_id == acting.first.id)).one()
    stored = StoredFile(sha256="a" * 64, size=1, name="secret.pdf", media_type="application/pdf")
    db.session.add(stored)
    db.session.flush()
    db.session.add(EntryFile(application_id=there.id, key="deck", file_id=stored.id))
    db.session.add(
        Upload(
            owner_kind="application", owner_id=there.id, token="t" * 20, name="secret.pdf", size=5, key="deck"
        )
    )
    db.session.commit()
    membership, theirs = f"organiser:{acting.first.id}", f"team:{here.team_id}"
    olga = make_actor(acting.olga.id, "Olga", True, membership, theirs)
    assert olga.team_id == here.team_id
    assert [db.session.scalars(visible(model, olga)).all() for model in (StoredFile, Upload)] == [[], []]
    assert [one.id for one in db.session.scalars(visible(Project, olga))] == [here.project_id]
    taken = [db.session.get_one(Submission, there.submission_id).snapshot_id]
    taken.append(db.session.get_one(Submission, here.submission_id).snapshot_id)
    assert [one.id for one in db.session.scalars(visible(Snapshot, olga))] == taken[1:]
    captain = actor(acting.captain, theirs.replace("team", "member"))
    assert len(db.session.scalars(visible(StoredFile, captain)).all()) == 1
    assert sorted(one.id for one in db.session.scalars(visible(Snapshot, captain))) == sorted(taken)


def test_what_somebody_agrees_to_for_a_team_stands_as_declared_by_them(acting: Acting) -> None:
    here = db.session.scalars(select(Application).where(Application.programme_id == acting.first.id)).one()
    captain = browser(acting.app, acting.captain, f"member:{here.team_id}")
    captain.delete(f"/applications/{here.id}/consents/companies")
    assert acting.client.post(f"/applications/{here.id}/consents/companies").status_code == 303
    db.session.rollback()
    team = select(Consent).where(Consent.application_id == here.id, Consent.member_id.is_(None))
    row = db.session.scalars(team.where(Consent.purpose == "companies", Consent.withdrawn_at.is_(None))).one()
    assert (row.how, row.name, row.collected_on) == ("outside", "Olga", date(2026, 11, 20))
    assert captain.delete(f"/applications/{here.id}/consents/companies").status_code == 303
    assert captain.post(f"/applications/{here.id}/consents/companies").status_code == 303
    db.session.rollback()
    row = db.session.scalars(team.where(Consent.purpose == "companies", Consent.withdrawn_at.is_(None))).one()
    assert (row.how, row.name) == ("here", "Zhao")
