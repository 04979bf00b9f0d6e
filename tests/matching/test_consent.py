"""No company sees a team that does not agree to it; what is withdrawn is gone from sight at once."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from campapp.applications.actions.consent import give_consent, withdraw_consent
from campapp.applications.models import Application, Consent
from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.outbox import Letter, Sending
from campapp.matching.actions.release import add_match, release
from campapp.matching.models import Match
from campapp.pool.models import Project
from campapp.teams.models import Team
from tests.cast import actor, browser, person
from tests.core.soundness.making import paper
from tests.factories import BEFORE
from tests.matching.test_review import Scene

NOT_YET = {"reason": ""}


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


def entry_of(scene: Scene, n: int = 0) -> Application:
    db.session.rollback()
    match = db.session.get_one(Match, scene.ids[n])
    return db.session.get_one(Application, match.application_id)


def test_each_purpose_is_asked_by_itself_and_nothing_is_ticked_beforehand(app: Flask) -> None:
    from tests.factories import application, camp

    with clock.at(BEFORE):
        captain = person("Cao")
        entry = application(camp(), captain, "Spark", state="draft")
        client = browser(app, captain)
        page = client.get(f"/applications/{entry.id}/submission/new").text
        assert page.count('name="agree"') == 3
        assert "checked" not in page
        data = {"nonce": "n", "agree": ["photos", "nonsense"]}
        assert client.post(f"/applications/{entry.id}/submission", data=data).status_code == 303
        db.session.rollback()
        rows = db.session.scalars(select(Consent).order_by(Consent.id)).all()
        assert [(row.purpose, row.text_version, row.how, row.name) for row in rows] == [
            ("running", 1, "here", "Cao"), ("photos", 1, "here", "Cao"),
        ]  # fmt: skip
        assert db.session.get_one(Application, entry.id).companies_agreed_at is None
        assert client.post(f"/applications/{entry.id}/consents/companies").status_code == 303
        db.session.rollback()
        assert db.session.get_one(Application, entry.id).companies_agreed_at is not None
        assert client.post(f"/applications/{entry.id}/consents/money").status_code == 404


def test_a_withdrawn_consent_is_gone_from_every_door_of_the_company_at_once(app: Flask, scene: Scene) -> None:
    entry = entry_of(scene)
    rep = browser(app, scene.representative)
    paths = (f"/applications/{entry.id}", f"/matches/{scene.ids[0]}")
    assert [rep.get(path).status_code for path in paths] == [200, 200]
    assert "Team 0" in rep.get("/matches").text
    captain = browser(app, scene.captain)
    assert captain.delete(f"/applications/{entry.id}/consents/companies").status_code == 303
    assert [rep.get(path).status_code for path in paths] == [404, 404]
    for path in ("/matches", "/preferences", "/search?q=Team", "/"):
        answer = rep.get(path, follow_redirects=True).text
        assert "Team 0" not in answer, path
    with current.set(actor=actor(scene.representative)):
        for model in (Application, Team, Project, Match):
            seen = db.session.scalars(visible(model)).all()
            assert len(seen) == 1, model  # the other team's
    match = db.session.get_one(Match, scene.ids[0])
    assert match.state == "cancelled"
    assert (
        db.session.scalar(select(func.count(Letter.id)).where(Letter.template == "matching/team_withdrew"))
        == 1
    )


def test_a_company_reads_an_entry_without_its_history(app: Flask, scene: Scene) -> None:
    entry = entry_of(scene)
    assert "Submitted" in browser(app, scene.organiser).get(f"/applications/{entry.id}").text
    page = browser(app, scene.representative).get(f"/applications/{entry.id}").text
    assert "Team 0" in page
    for staffs_own in ("History", "Formal check ended", "Consent given"):
        assert staffs_own not in page


def test_a_release_leaves_out_by_name_only_those_who_lack_it_and_offers_to_ask_them(
    app: Flask, scene: Scene
) -> None:
    entry, other = entry_of(scene), entry_of(scene, 1)
    with current.set(actor=SYSTEM):
        withdraw_consent(entry, "companies")
        again = add_match(scene.programme, entry, scene.participation)
    organiser = browser(app, scene.organiser)
    slug = scene.programme.slug
    page = organiser.get(f"/programmes/{slug}/releases/new").text
    assert f'href="/applications/{entry.id}/consents">Team 0</a>' in page
    assert f"/applications/{other.id}/consents" not in page
    answer = organiser.post(f"/programmes/{slug}/consents/requests")
    db.session.rollback()
    sending = db.session.scalars(select(Sending)).one()
    assert answer.location == f"/sendings/{sending.id}"
    asked = db.session.scalars(select(Letter).where(Letter.template == "applications/consent_asked")).all()
    assert [letter.subject_id for letter in asked] == [entry.id]
    assert "Do you agree" in organiser.get(answer.location).text
    with current.set(actor=actor(scene.organiser)):
        release(scene.programme, [db.session.get_one(Match, again.id)])
    db.session.rollback()
    assert db.session.get_one(Match, again.id).state == "proposed"
    note = db.session.scalars(
        select(Event).where(Event.name == "matches_released").order_by(Event.id.desc())
    ).first()
    assert note.details["without_consent"] == 1
    with current.set(actor=actor(scene.captain)):
        give_consent(entry_of(scene), "companies")
    with current.set(actor=actor(scene.organiser)):
        release(scene.programme, [db.session.get_one(Match, again.id)])
    db.session.rollback()
    assert db.session.get_one(Match, again.id).state == "released"


def test_staff_record_a_letter_with_what_it_says_and_others_nothing(app: Flask, scene: Scene) -> None:
    entry = entry_of(scene)
    path = f"/applications/{entry.id}/consents/companies"
    for stranger in (person("Eve"), scene.representative):
        assert browser(app, stranger).delete(path, data={"reason": "x"}).status_code in {302, 404}
    organiser = browser(app, scene.organiser)
    assert organiser.delete(path, data=NOT_YET).status_code == 422
    assert organiser.post(path).status_code == 404  # nobody agrees in a team's name
    assert organiser.delete(path, data={"reason": "letter of 3 November"}).status_code == 303
    db.session.rollback()
    row = db.session.scalars(
        select(Consent).where(Consent.purpose == "companies", Consent.application_id == entry.id)
    ).one()
    assert (row.withdrawn_by, row.withdrawn_reason) == ("Org", "letter of 3 November")
    assert (
        organiser.delete(f"/applications/{entry.id}/consents/running", data={"reason": "x"}).status_code
        == 403
    )


def test_staff_declare_what_was_collected_outside_with_its_day_and_its_paper(
    app: Flask, scene: Scene
) -> None:
    entry = entry_of(scene)
    with current.set(actor=SYSTEM):
        withdraw_consent(entry, "companies")
    organiser, path = browser(app, scene.organiser), f"/applications/{entry.id}/consents"
    text = {
        "purpose": "companies",
        "collected_on": "2026-11-03",
        "scan": (io.BytesIO(b"no picture"), "a.pdf"),
    }
    assert organiser.post(f"{path}/declarations", data=text).status_code == 422
    data = {"purpose": "companies", "collected_on": "2026-11-03"}
    assert organiser.post(f"{path}/declarations", data=data).status_code == 303
    db.session.rollback()
    row = db.session.scalars(select(Consent).where(Consent.how == "outside")).one()
    assert (str(row.collected_on), row.name, row.scan_file_id) == ("2026-11-03", "Org", None)
    stamped = paper()
    sent = {"scan": (io.BytesIO(stamped), "paper.pdf")}
    assert organiser.post(f"{path}/{row.id}/scan", data=sent).status_code == 303
    for reader in (scene.organiser, scene.captain):
        assert browser(app, reader).get(f"{path}/{row.id}/scan").data == stamped
    assert browser(app, scene.representative).get(f"{path}/{row.id}/scan").status_code == 404
    assert browser(app, person("Captain 1b")).get(f"{path}/{row.id}/scan").status_code == 404


def test_the_ledger_keeps_what_was_withdrawn_and_goes_out_as_a_sheet(app: Flask, scene: Scene) -> None:
    entry = entry_of(scene)
    with current.set(actor=actor(scene.captain)):
        withdraw_consent(entry, "companies", reason="=1+1")
        give_consent(entry_of(scene), "companies")
    organiser = browser(app, scene.organiser)
    path = f"/programmes/{scene.programme.slug}/consents"
    assert "Taken back" in organiser.get(path).text
    sheet = organiser.get(f"{path}?as=csv").data.decode("utf-8-sig")
    assert sheet.count("Team 0") == 3
    assert "'=1+1" in sheet
    assert browser(app, person("Other")).get(path).status_code in {302, 404}


@pytest.mark.parametrize("teams", [1, 3])
def test_the_ledger_asks_as_many_statements_whatever_its_length(
    app: Flask, statements: Any, teams: int
) -> None:
    with clock.at(BEFORE):
        scene = Scene(teams)
        client = browser(app, scene.organiser)
        client.get(f"/programmes/{scene.programme.slug}/consents")
        assert statements(lambda: client.get(f"/programmes/{scene.programme.slug}/consents")) == 11


def test_a_new_text_is_a_new_version_and_who_agreed_before_agreed_to_the_one_before(
    app: Flask, scene: Scene
) -> None:
    from campapp.core.park import Park

    db.session.add(Park(name_zh="园区"))
    db.session.commit()
    assert browser(app, scene.organiser).post("/park/consent-texts/photos").status_code == 404
    root = browser(app, person("Root", administrator=True), "administrator:0")
    assert (
        root.post("/park/consent-texts/photos", data={"text-zh": "新的文字", "text-en": ""}).status_code
        == 422
    )
    assert (
        root.post(
            "/park/consent-texts/companies", data={"text-zh": "新的文字", "text-en": "New words"}
        ).status_code
        == 303
    )
    captain = browser(app, scene.captain)
    before = captain.get(f"/applications/{entry_of(scene).id}/consents").text
    assert "New words" not in before
    captain.delete(f"/applications/{entry_of(scene).id}/consents/companies")
    assert "New words" in captain.get(f"/applications/{entry_of(scene).id}/consents").text
    captain.post(f"/applications/{entry_of(scene).id}/consents/companies")
    db.session.rollback()
    versions = db.session.scalars(
        select(Consent.text_version).where(Consent.purpose == "companies").order_by(Consent.id)
    )
    assert list(versions)[-1] == 3
