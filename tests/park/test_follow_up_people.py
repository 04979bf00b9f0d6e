"""Who comes and names for badges: in the file of the person whom they name, and emptied when that person is erased."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Account, Address
from campapp.companies.actions import join_company, name_representative
from campapp.companies.models import Representative
from campapp.core import clock, files
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.core.outbox import Delivery, Letter
from campapp.core.upload import Upload
from campapp.dues.actions.answer import answer, give_file
from campapp.dues.models import Due
from campapp.dues.rules import UPLOADED
from campapp.messages.actions import expand
from campapp.park.traces import Traces
from campapp.programmes.ready_made import PEOPLE
from campapp.teams.actions import join_team, name_member
from campapp.teams.models import Team
from tests.cast import browser, person
from tests.dues.test_dues import asked
from tests.factories import BEFORE, application, camp, company_of, participation
from tests.park.test_personal_data import everything

DECK = {"key": "deck", "kind": "file", "label_en": "Deck", "kinds": ["pdf"]}
DOCUMENT = {"sections": [{"key": "s", "title_en": "All", "fields": [
    PEOPLE, {"key": "contact", "kind": "text", "label_en": "Whom to call"},
    {"key": "note", "kind": "long", "label_en": "Note"}, DECK,
]}]}  # fmt: skip
LISTED = [{"name": "Rep"}, {"name": "Zyx Wvu", "title": "Head of cars"}, {"name": "Zyx Wvu Tsr"}]
GIVEN = {"people": LISTED, "contact": "ZYX@people.example", "note": "Zyx Wvu brings the robot."}


class Scene:
    """A company and a team; in both a colleague wrote down that Zyx comes."""

    def __init__(self) -> None:
        self.organiser, self.rep = person("Olga"), person("Rep")
        self.zyx = person("Zyx Wvu", mail="zyx@people.example")
        self.programme = camp(self.organiser)
        self.part = participation(self.programme, "Baidu", representative=self.rep)
        self.cara = person("Cara")
        self.entry = application(self.programme, self.cara, "Alpha", state="accepted")
        with current.set(actor=SYSTEM):
            company = company_of(self.part)
            join_company(name_representative(company, "Zyx Wvu", mail="zyx@people.example"), self.zyx)
            join_company(name_representative(company, "Zyx Wvu Tsr"), person("Zyx Wvu Tsr"))
            team = db.session.get_one(Team, self.entry.team_id)
            join_team(name_member(team, "Zyx Wvu"), self.zyx)
            name_member(team, "Zyx Wvu Tsr")
            for wanted, subject in (("company:confirmed", self.part), ("team:accepted", self.entry)):
                follow_up = asked(self.programme, wanted, DOCUMENT)
                answer(subject, follow_up, GIVEN)
                for name in ("Zyx_Wvu 名片.pdf", "Zyx Wvu Tsr.pdf"):
                    give_file(subject, follow_up, DECK, _file(name, self.rep.id))
        expand()

    def handed(self, app: Flask, who: Account) -> dict[str, Any]:
        with zipfile.ZipFile(io.BytesIO(browser(app, who).post("/account/data").data)) as archive:
            found: dict[str, Any] = json.loads(archive.read("data.json"))
        return found

    def answers(self, *, company: bool) -> dict[str, Any]:
        db.session.rollback()
        link = Due.participation_id if company else Due.application_id
        return {due.key: due.answer for due in db.session.scalars(select(Due).where(link.is_not(None)))}


def _file(name: str, giver: int) -> StoredFile:
    return files.keep(io.BytesIO(b"%PDF-1.7 card"), name, limit=100, account_id=giver)


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


def test_my_data_holds_what_colleagues_wrote_of_me_and_nothing_of_others(app: Flask, scene: Scene) -> None:
    about = scene.handed(app, scene.zyx)["named_by_others"]
    assert {one["by"] for one in about} == {"Baidu", "Alpha"}
    for by in ("Baidu", "Alpha"):
        said = {one["question"]: one["says"] for one in about if one["by"] == by and "follow-up" in one["in"]}
        assert said == {"people": [LISTED[1]], "contact": GIVEN["contact"]}
    others = scene.handed(app, scene.rep)["named_by_others"]
    assert [one["says"] for one in others] == [[{"name": "Rep"}]]
    assert scene.handed(app, scene.organiser)["named_by_others"] == []


def test_who_has_left_is_handed_nothing_of_another_by_taking_their_name_or_an_address_of_theirs(
    app: Flask, scene: Scene
) -> None:
    thief = person("Thief")
    with current.set(actor=SYSTEM):
        join_company(name_representative(company_of(scene.part), "Thief"), thief)
    before = scene.handed(app, thief)["named_by_others"]
    with current.set(actor=SYSTEM):
        place = db.session.scalars(select(Representative).where(Representative.account_id == thief.id)).one()
        place.left_at = clock.now()
        zyx = db.session.scalars(
            select(Representative).where(Representative.account_id == scene.zyx.id)
        ).one()
        zyx.name, zyx.account_id = "Zyx", None  # so that nobody of that name is known there
        account = db.session.get_one(Account, thief.id)
        account.name = "Zyx Wvu"
        address = db.session.scalars(select(Address).where(Address.value == "zyx@people.example")).one()
        address.account_id, address.confirmed_at = thief.id, None
        db.session.commit()
    after = scene.handed(app, thief)["named_by_others"]
    assert before == after == []


def test_the_erasure_reaches_answers_and_files_of_team_and_company(app: Flask, scene: Scene) -> None:
    with current.set(actor=SYSTEM):
        due = db.session.scalars(
            select(Due).where(Due.key == "deck", Due.participation_id == scene.part.id)
        ).one()
        db.session.add(
            Upload(token="t", owner_kind=UPLOADED, owner_id=due.id, key="deck", name="zyx wvu.pdf", size=9)
        )
        db.session.commit()
    assert browser(app, scene.zyx).post("/account/erasure", data={"sure": "y"}).status_code == 303
    for company in (True, False):
        found = scene.answers(company=company)
        assert found["people"] == [{"name": "Rep"}, {"name": "—"}, {"name": "Zyx Wvu Tsr"}]
        assert found["contact"] is None
        assert found["note"] == GIVEN["note"]
    names = set(db.session.scalars(select(StoredFile.name)))
    assert names == {"— 名片.pdf", "Zyx Wvu Tsr.pdf"}
    assert db.session.scalars(select(Upload.name)).one() == "—.pdf"
    place = db.session.scalars(select(Representative).where(Representative.account_id == scene.zyx.id)).one()
    assert place.left_at is not None
    assert "Head of cars" not in everything()
    assert "zyx@people.example" not in everything().lower()


def test_those_who_answered_are_told_where_to_look_and_nobody_is_named(app: Flask, scene: Scene) -> None:
    browser(app, scene.zyx).post("/account/erasure", data={"sure": "y"})
    db.session.rollback()
    letters = db.session.scalars(select(Letter).where(Letter.template == "dues/person_erased")).all()
    assert {one.audience.split(":")[0] for one in letters} == {"team", "company"}
    for letter in letters:
        assert [one["en"] for one in letter.words["emptied"]] == ["Who comes", "Whom to call"]
        assert [one["en"] for one in letter.words["still"]] == ["Note"]
    expand()
    sent = db.session.scalars(
        select(Delivery).where(Delivery.letter_id.in_([one.id for one in letters]), Delivery.channel == "app")
    ).all()
    assert {one.account_id for one in sent} >= {scene.rep.id, scene.cara.id}
    assert scene.zyx.id not in {one.account_id for one in sent}
    for one in sent:
        assert "Note" in one.text and "Zyx" not in one.text


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("张三.pdf", "—.pdf"), ("名片-张三-正面.PDF", "名片-—-正面.PDF"), ("张三丰.pdf", "张三丰.pdf"),
        ("Li Na.pdf", "—.pdf"), ("LINA_card.pdf", "—_card.pdf"), ("Lina1.pdf", "Lina1.pdf"),
        ("Melina.pdf", "Melina.pdf"), ("ａ.pdf", "ａ.pdf"), ("+8613800138000.jpg", "—.jpg"),
    ],
)  # fmt: skip
def test_a_file_loses_the_name_of_the_person_and_no_other_word(name: str, kept: str) -> None:
    assert Traces({"张三", "lina"}, {"+8613800138000"}, {"张三丰"}).out_of_name(name) == kept
