"""My data as one file, and gone from every table when I ask; results and the audit chain stay."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from campapp.accounts.models import Account, Address
from campapp.applications.actions.file import give_file
from campapp.applications.models import Application, Mark, Submission
from campapp.core import clock, files
from campapp.core.current import SYSTEM, current
from campapp.core.db import Base, db
from campapp.core.events import Event, EventPerson
from campapp.core.outbox import Delivery
from campapp.matching.models import Match
from campapp.messages.actions import expand
from campapp.park.actions.retention import apply_retention, due
from campapp.programmes.actions.programme import drop_staff, set_staff
from campapp.programmes.models import Programme
from campapp.teams.actions import join_team, name_member
from campapp.teams.models import Member, Team
from campapp.threads.actions.post import ask
from campapp.threads.models import Thread
from tests.accounts.test_by_code import with_number
from tests.cast import actor, browser, person
from tests.factories import BEFORE, DEADLINE, application
from tests.matching.test_review import Scene

AFTER = DEADLINE + timedelta(days=30)


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


def everything() -> str:
    """Every value of every table."""
    db.session.rollback()
    return "\n".join(
        str(tuple(row)) for table in Base.metadata.sorted_tables for row in db.session.execute(select(table))
    )


def test_one_file_holds_what_names_me_and_my_files_and_nothing_of_others(app: Flask, scene: Scene) -> None:
    match = db.session.get_one(Match, scene.ids[0])
    entry = db.session.get_one(Application, match.application_id)
    with current.set(actor=SYSTEM):
        stored = files.keep(io.BytesIO(b"%PDF-1.7 deck"), "deck.pdf", limit=100, account_id=scene.captain.id)
        give_file(entry, {"key": "deck"}, stored)
    expand()
    client = browser(app, scene.captain)
    client.post(f"/applications/{entry.id}/consents/photos")
    answer = client.post("/account/data")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        document = json.loads(archive.read("data.json"))
        names = archive.namelist()
        deck = next(name for name in names if name.endswith("deck.pdf"))
        assert archive.read(deck) == b"%PDF-1.7 deck"
    assert document["accounts"][0]["name"] == "Cap"
    assert document["addresses"][0]["value"] == "cap@people.example"
    assert [team["name"] for team in document["teams"]] == ["Team 0"]
    assert document["applications"][0]["answers"]["summary"] == "We build it."
    assert document["consents"][0]["purpose"] == "photos"
    assert document["deliveries"]
    text = json.dumps(document)
    assert "Team 1" not in text
    assert "captain.1" not in text
    assert "token_hash" not in text
    assert "password" not in document["accounts"][0]
    assert db.session.scalar(select(func.count(Event.id)).where(Event.name == "data_handed_out")) == 1


def test_who_left_a_team_is_handed_what_is_theirs_and_nothing_of_the_team(app: Flask, scene: Scene) -> None:
    entry = db.session.get_one(Application, db.session.get_one(Match, scene.ids[0]).application_id)
    mei = person("Mei Zhang")
    with current.set(actor=SYSTEM):
        join_team(name_member(db.session.get_one(Team, entry.team_id), "Mei Zhang"), mei)
        for name, giver in (("deck.pdf", scene.captain.id), ("mine.pdf", mei.id)):
            stored = files.keep(io.BytesIO(b"%PDF-1.7 " + name.encode()), name, limit=100, account_id=giver)
            give_file(entry, {"key": name[:4]}, stored)
    client = browser(app, mei)

    def handed() -> tuple[str, str]:
        with zipfile.ZipFile(io.BytesIO(client.post("/account/data").data)) as archive:
            return archive.read("data.json").decode(), " ".join(archive.namelist())

    document, names = handed()
    assert "We build it." in document
    assert "deck.pdf" in names
    place = db.session.scalars(select(Member).where(Member.account_id == mei.id)).one()
    assert (
        browser(app, scene.captain, f"member:{entry.team_id}").delete(f"/members/{place.id}").status_code
        == 303
    )
    document, names = handed()
    assert "Mei Zhang" in document
    assert "mine.pdf" in names
    assert "We build it." not in document
    assert "deck.pdf" not in names


def test_after_the_erasure_no_table_names_the_person_and_the_results_stay(app: Flask, scene: Scene) -> None:
    with clock.at(BEFORE):
        entry = application(
            scene.programme, person("Zyxwvu Second", mail="qrs@people.example"), "Zed", state="submitted"
        )
    second = db.session.scalars(select(Account).where(Account.name == "Zyxwvu Second")).one()
    with current.set(actor=SYSTEM):
        db.session.add(
            Address(account_id=second.id, kind="phone", value="+8613900139000", confirmed_at=clock.now())
        )
        db.session.commit()
    expand()
    client = browser(app, second)
    events = db.session.scalar(select(func.count(Event.id)))
    assert "Zyxwvu Second" in everything()
    with clock.at(AFTER):
        assert client.post("/account/erasure", data={}).status_code == 422
        assert client.post("/account/erasure", data={"sure": "y"}).status_code == 303
        assert client.get("/account").status_code in {302, 303}
    kept = everything()
    for trace in ("Zyxwvu Second", "qrs@people.example", "13900139000"):
        assert trace not in kept
    assert db.session.get_one(Application, entry.id).number == "A-0003"
    assert (db.session.scalar(select(func.count(Event.id))) or 0) > (events or 0)
    assert db.session.get_one(Account, second.id).erased_at is not None
    assert db.session.scalars(select(Address).where(Address.account_id == second.id)).all() == []


def test_who_others_depend_on_is_told_what_to_do_first(app: Flask, scene: Scene) -> None:
    for who, words in ((scene.captain, "Withdraw it first"), (scene.organiser, "no other owner")):
        answer = browser(app, who).post("/account/erasure", data={"sure": "y"})
        assert answer.status_code == 409
        assert words in answer.text
    root = person("Root", administrator=True)
    assert browser(app, root).post("/account/erasure", data={"sure": "y"}).status_code == 409
    db.session.rollback()
    assert db.session.get_one(Account, root.id).administrator


def test_an_administrator_erases_on_a_request_that_they_name_and_nobody_else_does(app: Flask) -> None:
    ann, root = with_number("Ann"), person("Root", administrator=True)
    assert (
        browser(app, person("Eve")).post(f"/people/{ann.id}/erasure", data={"reason": "x"}).status_code == 404
    )
    client = browser(app, root, "administrator:0")
    assert client.post(f"/people/{ann.id}/erasure", data={"reason": ""}).status_code == 422
    assert client.post(f"/people/{ann.id}/erasure", data={"reason": "letter"}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Account, ann.id).name == "—"
    event = db.session.scalars(select(Event).where(Event.name == "person_erased")).one()
    assert event.reason == "letter"
    told = db.session.scalars(select(EventPerson).where(EventPerson.event_id == event.id)).one()
    assert "Ann" not in str(told.values)


def test_a_programme_keeps_what_is_personal_as_long_as_it_says_and_shows_what_goes(
    app: Flask, scene: Scene
) -> None:
    with current.set(actor=SYSTEM):
        entry = db.session.scalars(select(Application).order_by(Application.id)).first()
        for member in db.session.scalars(select(Member)):
            member.mail, member.phone = f"m{member.id}@people.example", "+8613800138000"
        db.session.add(Mark(application_id=entry.id, account_id=scene.organiser.id, mark="take", note="shy"))
        db.session.commit()
    expand()
    organiser, path = browser(app, scene.organiser), f"/programmes/{scene.programme.slug}/retention"
    assert organiser.post(path, data={"months": "5"}).status_code == 422
    assert organiser.post(path, data={"months": "6"}).status_code == 303
    page = organiser.get(path).text
    assert "2 June 2027" in page
    assert "Erase it now" not in page
    organiser.post(f"{path}/application")
    db.session.rollback()
    assert db.session.scalar(select(Member.phone).limit(1)) == "+8613800138000"
    with clock.at(datetime(2027, 6, 1, 12, tzinfo=UTC)):
        assert due() == []
    with clock.at(datetime(2027, 6, 3, 12, tzinfo=UTC)), current.set(actor=SYSTEM):
        programme = db.session.get_one(Programme, scene.programme.id)
        assert [one.id for one in due()] == [programme.id]
        apply_retention(programme)
        assert due() == []
    db.session.rollback()
    assert set(db.session.scalars(select(Member.phone))) == {""}
    assert set(db.session.scalars(select(Mark.note))) == {""}
    told = select(Delivery).where(Delivery.title != "").where(Delivery.name != "")
    assert [row for row in db.session.scalars(told) if "Team" in row.text] == []
    assert db.session.scalar(select(func.count(Submission.id))) == 2
    assert {team.name for team in db.session.scalars(select(Team))} == {"Team 0", "Team 1"}
    event = db.session.scalars(select(Event).where(Event.name == "retention_applied")).one()
    assert event.details["contacts"] == 2
    assert programme.last_day == date(2026, 12, 2)


def test_what_somebody_began_a_conversation_with_goes_with_them(app: Flask, scene: Scene) -> None:
    asker, other = person("Wei"), person("Lin")
    for who, words in ((asker, "My number is 4711"), (other, "May we bring a robot?")):
        with current.set(actor=actor(who)):
            ask(scene.programme, words)
    browser(app, asker).post("/account/erasure", data={"sure": "y"})
    assert "4711" not in everything()
    assert sorted(db.session.scalars(select(Thread.opening))) == ["May we bring a robot?", "—"]


def test_an_owner_who_has_left_is_no_other_owner_and_owes_nobody_one(app: Flask, scene: Scene) -> None:
    former = person("Former")
    with current.set(actor=SYSTEM):
        drop_staff(scene.programme, set_staff(scene.programme, former, "owner"))
    answer = browser(app, scene.organiser).post("/account/erasure", data={"sure": "y"})
    assert answer.status_code == 409 and "no other owner" in answer.text
    assert browser(app, former).post("/account/erasure", data={"sure": "y"}).status_code == 303


def test_the_day_of_erasing_begins_where_the_programme_is(app: Flask, scene: Scene) -> None:
    midnight = datetime(
        2028, 12, 1, 16, 0, tzinfo=UTC
    )  # 2 December in Shanghai, two years after its last day
    with clock.at(midnight - timedelta(seconds=1)):
        assert due() == []
    with clock.at(midnight):
        assert [one.id for one in due()] == [scene.programme.id]
        with current.set(actor=SYSTEM):
            apply_retention(scene.programme)
    assert scene.programme.options["kept_until"] == "2028-12-02"
