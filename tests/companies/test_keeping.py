"""Companies are looked after by the staff of programmes that they take part in, and by nobody else's helpers."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campapp.accounts.models import Account
from campapp.companies.actions import write_down_company
from campapp.companies.models import Company, Need, Representative
from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.programmes.actions.programme import set_staff
from tests.cast import actor, browser, person
from tests.factories import BEFORE, camp, participation

PROFILE = {
    "name": "Renamed",
    "full-zh": "",
    "full-en": "",
    "summary-zh": "",
    "summary-en": "",
    "sector": "",
    "website": "",
}


class Scene:
    """Two camps with a company each, a third company in neither; staff of every level in the first camp."""

    def __init__(self, app: Flask) -> None:
        self.app, self.camp, self.other = app, camp(person("Owner")), camp(person("Else"), title="Elsewhere")
        rows = [participation(self.camp, "Ours", representative=person("Our Rep")),
                participation(self.other, "Theirs", representative=person("Their Rep"))]  # fmt: skip
        self.ours, self.theirs = (row.company_id for row in rows)
        with current.set(actor=SYSTEM):
            self.nobodys = write_down_company(None, "Nobody's").id
            for level in ("manager", "helper", "read-only"):
                set_staff(self.camp, person(level.title()), level)
            db.session.commit()
            self.other.state = "draft"  # no public page shows its companies
            db.session.commit()

    def as_(self, name: str) -> FlaskClient:
        account = db.session.scalars(select(Account).where(Account.name == name)).one()
        return browser(self.app, account, f"organiser:{self.camp.id}")

    def seen(self, name: str) -> set[str]:
        account = db.session.scalars(select(Account).where(Account.name == name)).one()
        with current.set(actor=actor(account, f"organiser:{self.camp.id}")):
            return {row.name for row in db.session.scalars(visible(Company))}


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene(app)


def test_a_helper_keeps_the_companies_of_the_programme_and_knows_of_no_other(scene: Scene) -> None:
    helper = scene.as_("Helper")
    assert scene.seen("Helper") == {"Ours"}
    assert helper.get(f"/companies/{scene.ours}/edit").status_code == 200
    assert helper.post(f"/companies/{scene.ours}", data=PROFILE).status_code == 303
    for other in (scene.theirs, scene.nobodys):
        assert helper.get(f"/companies/{other}").status_code == 404
        assert helper.post(f"/companies/{other}", data=PROFILE).status_code == 404
    assert f"/companies/{scene.theirs}" not in helper.get("/search?q=Theirs").text
    assert f"/companies/{scene.ours}" in helper.get("/search?q=Renamed").text


def test_owner_and_manager_see_all_to_invite_them_and_change_their_own_and_what_is_in_no_programme(
    scene: Scene,
) -> None:
    for name in ("Owner", "Manager"):
        client = scene.as_(name)
        assert scene.seen(name) == {"Ours", "Theirs", "Nobody's"}
        assert client.get(f"/companies/{scene.theirs}").status_code == 200
        assert client.get(f"/companies/{scene.theirs}/edit").status_code in {403, 404}
        assert "/edit" not in client.get(f"/companies/{scene.theirs}").text
        assert client.get(f"/companies/{scene.nobodys}/edit").status_code == 200
        assert client.get(f"/companies/{scene.ours}/edit").status_code == 200


def test_needs_and_people_of_a_company_go_with_it(scene: Scene) -> None:
    need = db.session.scalars(select(Need.id).where(Need.company_id == scene.theirs)).one()
    their = db.session.scalars(
        select(Representative.id).where(Representative.company_id == scene.theirs)
    ).one()
    for name in ("Owner", "Helper"):
        client = scene.as_(name)
        assert client.delete(f"/needs/{need}").status_code in {403, 404}
        assert client.post(f"/companies/{scene.theirs}/needs", data={"title": "X"}).status_code in {403, 404}
        assert client.delete(f"/representatives/{their}").status_code in {403, 404}
    db.session.rollback()
    assert db.session.get_one(Need, need).closed_at is None
    assert db.session.get_one(Representative, their).left_at is None
    mine = db.session.scalars(select(Need.id).where(Need.company_id == scene.ours)).one()
    assert scene.as_("Helper").delete(f"/needs/{mine}").status_code == 303


@pytest.mark.parametrize(
    ("name", "status"), [("Owner", 303), ("Manager", 303), ("Helper", 404), ("Read-Only", 404)]
)
def test_companies_are_written_down_by_owners_and_managers(scene: Scene, name: str, status: int) -> None:
    before = db.session.scalar(select(func.count(Company.id)))
    assert scene.as_(name).post("/companies", data=PROFILE | {"name": "Brand New"}).status_code == status
    db.session.rollback()
    assert db.session.scalar(select(func.count(Company.id))) == (before or 0) + (status == 303)
