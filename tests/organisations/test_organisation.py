"""A legal entity once over all years: by its code, verified with its licence, merged where it stood twice."""

from __future__ import annotations

import io
import threading
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.companies.models import Company
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.organisations.actions import write_down_organisation
from campapp.organisations.models import Organisation
from campapp.organisations.words import countries
from campapp.programmes.models import Unit
from campapp.teams.models import Team
from tests.cast import browser, person
from tests.core.soundness.making import paper
from tests.factories import BEFORE
from tests.matching.test_review import Scene

CODE, SECOND = "91000000DEM0000019", "91000000DEM000002C"
YANBEI = {"name": "砚北智算有限公司", "country": "CN", "credit_code": CODE, "registered_on": "2019-05-06",
          "kind_of_entity": "company", "district": "海淀区", "qualifications": ["high-tech", "tech-sme"]}  # fmt: skip
ABROAD = {
    "name": "Far Ltd",
    "country": "DE",
    "registration_number": "HRB 12345",
    "registered_on": "2018-01-02",
}
SCAN = paper()


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


def organisation(code: str = CODE) -> Organisation:
    db.session.rollback()
    return db.session.scalars(select(Organisation).where(Organisation.credit_code == code)).one()


def written(name: str, **values: Any) -> Organisation:
    with current.set(actor=SYSTEM):
        return write_down_organisation(None, name, **values)


def give_scan(client: FlaskClient, row: Organisation, content: bytes = SCAN):
    return client.post(
        f"/organisations/{row.id}/licence", data={"licence": (io.BytesIO(content), "licence.pdf")}
    )


def test_the_code_is_read_in_full_width_with_blanks_and_its_check_character_is_computed(
    app: Flask, scene: Scene
) -> None:
    client = browser(app, scene.organiser)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in CODE.lower())
    assert (
        client.post("/organisations", data={**YANBEI, "credit_code": f" {wide[:9]} {wide[9:]} "}).status_code
        == 303
    )
    assert organisation().district == "海淀区"
    for wrong in (CODE[:-1] + "8", CODE[:-1], "9.11E+17", ""):
        answer = client.post("/organisations", data={**YANBEI, "credit_code": wrong})
        assert answer.status_code == 422
        assert 'id="credit_code-error"' in answer.text
        assert "砚北智算有限公司" in answer.text


def test_an_entrant_from_abroad_needs_country_and_number_and_no_code(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.organiser)
    assert client.post("/organisations", data={**ABROAD, "registration_number": ""}).status_code == 422
    assert client.post("/organisations", data={**ABROAD, "country": "XX"}).status_code == 422
    assert client.post("/organisations", data=ABROAD).status_code == 303
    row = db.session.scalars(select(Organisation)).one()
    assert (row.country, row.registration_number, row.credit_code) == ("DE", "HRB 12345", None)
    again = client.post("/organisations", data={**ABROAD, "name": "FAR Limited"})
    assert again.location == f"/organisations/{row.id}"
    assert "Germany" in client.get(again.location).text


def test_a_team_and_a_company_with_one_code_belong_to_one_record_that_keeps_its_facts(
    app: Flask, scene: Scene
) -> None:
    team = db.session.scalars(select(Team).order_by(Team.id)).first()
    company = db.session.scalars(select(Company)).one()
    captain, rep = browser(app, scene.captain), browser(app, scene.representative)
    assert captain.post(f"/organisations/of/team/{team.id}", data=YANBEI).status_code == 303
    typed = {**YANBEI, "name": "Another name", "district": "朝阳区"}
    assert rep.post(f"/organisations/of/company/{company.id}", data=typed).status_code == 303
    row = organisation()
    assert (row.name, row.district) == ("砚北智算有限公司", "海淀区")
    assert {
        db.session.get_one(Team, team.id).organisation_id,
        db.session.get_one(Company, company.id).organisation_id,
    } == {row.id}
    page = browser(app, scene.organiser).get(f"/organisations/{row.id}").text
    assert "Team 0" in page
    assert "Baidu" in page
    mine = captain.get(f"/organisations/{row.id}").text
    assert "Team 0" in mine
    assert "砚北智算有限公司" in captain.get("/team").text
    assert captain.delete(f"/organisations/of/team/{team.id}").status_code == 303
    db.session.rollback()
    assert db.session.get_one(Team, team.id).organisation_id is None
    assert captain.get(f"/organisations/{row.id}").status_code == 404


def test_nobody_speaks_for_anothers_team_company_or_unit(app: Flask, scene: Scene) -> None:
    teams = db.session.scalars(select(Team).order_by(Team.id)).all()
    company = db.session.scalars(select(Company)).one()
    db.session.add(Unit(programme_id=scene.programme.id, role="host", name_zh="承办单位"))
    db.session.commit()
    unit = db.session.scalars(select(Unit)).one()
    paths = [
        f"/organisations/of/team/{teams[1].id}",
        f"/organisations/of/company/{company.id}",
        f"/organisations/of/unit/{unit.id}",
    ]
    captain = browser(app, scene.captain)
    for path in [*paths, "/organisations/of/planet/1", "/organisations/of/team/999"]:
        assert captain.get(path).status_code == 404
        assert captain.post(path, data=YANBEI).status_code == 404
    from tests.factories import camp

    other = person("Other Organiser")
    camp(other, title="Another Camp", slots=False)
    assert browser(app, other).post(paths[2], data=YANBEI).status_code == 404
    assert browser(app, scene.organiser).post(paths[2], data=YANBEI).status_code == 303
    assert db.session.get_one(Unit, unit.id).organisation_id == organisation().id
    for reader in (scene.captain, scene.representative):
        assert browser(app, reader).get("/organisations").status_code == 404


def test_it_is_verified_beside_its_licence_and_a_change_of_what_that_says_undoes_it(
    app: Flask, scene: Scene
) -> None:
    team = db.session.scalars(select(Team).order_by(Team.id)).first()
    captain, organiser = browser(app, scene.captain), browser(app, scene.organiser)
    captain.post(f"/organisations/of/team/{team.id}", data=YANBEI)
    row = organisation()
    place, looked_at = f"/organisations/{row.id}/verification", row.version
    organiser.post(place, data={"version": looked_at})
    assert organisation().verified_at is None  # nothing to look at yet
    assert give_scan(captain, row, b"no licence").status_code == 422
    assert give_scan(captain, row).status_code == 303
    assert organiser.get(f"/organisations/{row.id}/licence").data == SCAN
    assert captain.post(place, data={"version": organisation().version}).status_code == 404
    assert (
        organiser.post(place, data={"version": looked_at}).status_code == 409
    )  # it changed since it was looked at
    organiser.post(place, data={"version": organisation().version})
    assert organisation().verified_by == "Org"
    assert captain.post(f"/organisations/{row.id}", data={**YANBEI, "name": "Mine"}).status_code == 403
    facts = {**YANBEI, "version": organisation().version}
    assert organiser.post(f"/organisations/{row.id}", data={**facts, "district": "朝阳区"}).status_code == 303
    assert organisation().verified_at is not None
    facts = {**facts, "version": organisation().version, "registered_on": "2020-01-01"}
    organiser.post(f"/organisations/{row.id}", data=facts)
    assert organisation().verified_at is None


def test_two_records_become_one_and_everything_belongs_to_it(app: Flask, scene: Scene) -> None:
    kept = written("砚北智算有限公司", credit_code=CODE)
    dropped = written(
        "砚北 智算有限公司",
        country="HK",
        registration_number="77",
        district="海淀区",
        qualifications=["listed"],
    )
    team = db.session.scalars(select(Team).order_by(Team.id)).first()
    team.organisation_id = dropped.id
    db.session.commit()
    organiser = browser(app, scene.organiser)
    assert (
        f"/organisations/{kept.id}/merger?other={dropped.id}"
        in organiser.get(f"/organisations/{kept.id}").text
    )
    assert "砚北 智算" in organiser.get(f"/organisations/{kept.id}/merger?other={dropped.id}").text
    assert organiser.post(f"/organisations/{kept.id}/merger", data={"other": dropped.id}).status_code == 422
    data = {"other": dropped.id, "reason": "same licence"}
    assert organiser.post(f"/organisations/{kept.id}/merger", data=data).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Team, team.id).organisation_id == kept.id
    row = organisation()
    assert (row.district, row.qualifications, row.country) == ("海淀区", ["listed"], "CN")
    assert organiser.get(f"/organisations/{dropped.id}").location == f"/organisations/{kept.id}"
    assert organiser.get("/organisations?as=csv").data.decode("utf-8-sig").count("砚北") == 1
    event = db.session.scalars(select(Event).where(Event.name == "organisations_merged")).one()
    assert (event.reason, event.details["dropped"]) == ("same licence", dropped.id)


def test_two_codes_are_two_entities(app: Flask, scene: Scene) -> None:
    first, second = written("A", credit_code=CODE), written("A", credit_code=SECOND)
    data = {"other": second.id, "reason": "looks alike"}
    organiser = browser(app, scene.organiser)
    assert organiser.post(f"/organisations/{first.id}/merger", data=data).status_code == 409
    assert (
        organiser.post(f"/organisations/{first.id}/merger", data={**data, "other": first.id}).status_code
        == 409
    )
    facts = {**YANBEI, "version": first.version, "credit_code": SECOND}
    answer = organiser.post(f"/organisations/{first.id}", data=facts)
    assert answer.status_code == 409
    assert 'id="credit_code-error"' in answer.text


def test_the_list_finds_by_name_initials_and_code_and_goes_out_whole(app: Flask, scene: Scene) -> None:
    written("百度在线网络技术有限公司", credit_code=CODE, qualifications=["high-tech"])
    written("=Far Ltd", country="DE", registration_number="HRB 12345")
    client = browser(app, scene.organiser)
    for query, found in (
        ("bd", "百度"),
        ("百度", "百度"),
        (CODE[:6].lower(), "百度"),
        ("hrb 123", "Far"),
        ("far", "Far"),
    ):
        page = client.get(f"/organisations?q={query}").text
        assert found in page, query
        assert ("Far" in page) is (found == "Far"), query
    sheet = client.get("/organisations?as=csv").data.decode("utf-8-sig")
    assert CODE in sheet
    assert "'=Far Ltd" in sheet
    assert "High and new technology enterprise" in sheet
    assert [name in client.get("/organisations?abroad=1").text for name in ("百度", "Far")] == [False, True]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_many_statements_whatever_its_length(app: Flask, statements: Any, rows: int) -> None:
    with clock.at(BEFORE):
        scene = Scene(1)
        for n in range(rows):
            written(f"Entity {n}", country="DE", registration_number=f"{n}")
        client = browser(app, scene.organiser)
        client.get("/organisations")
        assert statements(lambda: client.get("/organisations")) == 6


def test_six_who_write_one_code_at_once_make_one_record(app: Flask, scene: Scene) -> None:
    clients = [browser(app, scene.organiser) for _ in range(6)]
    start, answers = threading.Barrier(6), []

    def press(client: FlaskClient, n: int) -> None:
        start.wait()
        answers.append(client.post("/organisations", data={**YANBEI, "name": f"Entity {n}"}).status_code)

    db.session.remove()
    threads = [threading.Thread(target=press, args=(client, n)) for n, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 6
    assert len(db.session.scalars(select(Organisation)).all()) == 1


def test_whoever_types_a_code_opens_no_papers_of_others_and_changes_nothing(app: Flask, scene: Scene) -> None:
    team = db.session.scalars(select(Team).order_by(Team.id)).first()
    company = db.session.scalars(select(Company)).one()
    captain, rep = browser(app, scene.captain), browser(app, scene.representative)
    captain.post(f"/organisations/of/team/{team.id}", data=YANBEI)
    row = organisation()
    assert give_scan(captain, row).status_code == 303
    place = f"/organisations/{row.id}"
    assert captain.get(f"{place}/licence").data == SCAN
    rep.post(f"/organisations/of/company/{company.id}", data=YANBEI)
    page = rep.get(place)
    assert page.status_code == 200 and f"{place}/licence" not in page.text
    assert rep.get(f"{place}/licence").status_code == 404
    assert give_scan(rep, row, SCAN + b"another").status_code == 403
    for client in (rep, captain):
        assert client.post(place, data={**YANBEI, "name": "Mine"}).status_code == 403
    assert organisation().name == YANBEI["name"]
    assert captain.get(f"{place}/licence").data == SCAN
    assert browser(app, scene.organiser).get(f"{place}/licence").data == SCAN
    captain.delete(f"/organisations/of/team/{team.id}")
    assert rep.get(f"{place}/licence").status_code == 404  # the last to speak for it did not give the scan


def test_countries_stand_in_the_order_of_pinyin_and_of_the_alphabet() -> None:
    chinese, english = list(countries("zh_CN").values()), list(countries("en").values())
    wanted = ["阿富汗", "德国", "美国", "英国", "中国", "中国台湾", "中国香港特别行政区"]
    assert [name for name in chinese if name in wanted] == wanted
    assert english.index("Åland Islands") < english.index("Albania") < english.index("Zambia")
