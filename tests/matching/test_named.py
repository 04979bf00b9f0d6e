"""A company reads of a person only what that person agreed to; the team is released without the others' names."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Account, Invitation
from campapp.accounts.proofs import link_token
from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import begin_application
from campapp.applications.actions.submission import submit
from campapp.applications.models import Application, Consent
from campapp.core import clock
from campapp.core.access import visible
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Letter
from campapp.matching.actions.release import add_match, release
from campapp.matching.models import Match
from campapp.pool.models import Project
from campapp.programmes.actions.form import change_form, put_to_use
from campapp.programmes.actions.participation import invite_company, show_teams
from campapp.programmes.ready_made import MEMBERS
from campapp.teams.actions import join_team, name_member
from campapp.teams.models import Member, Team
from tests.cast import actor, browser, person
from tests.core.soundness.making import paper
from tests.factories import BEFORE, camp, company_of
from tests.matching.test_review import Scene, accept

YES = {"own": ["companies"], "own_asked": ["companies", "photos"]}
NO = {"own_asked": ["companies", "photos"]}


class Named(Scene):
    """Team 0 is Cap, Mei (in campapp) and Old Wu (only written down)."""

    def __init__(self) -> None:
        super().__init__()
        self.mei = person("Mei Zhang")
        with current.set(actor=SYSTEM):
            team = db.session.get_one(Team, self.entry.team_id)
            join_team(name_member(team, "Mei Zhang"), self.mei)
            name_member(team, "Old Wu")

    @property
    def entry(self) -> Application:
        db.session.rollback()
        return db.session.get_one(Application, db.session.get_one(Match, self.ids[0]).application_id)

    def place(self) -> str:
        return f"/team/consents/{self.entry.id}"

    def seen(self) -> set[str]:
        with current.set(actor=actor(self.representative)):
            names = {row.name for row in db.session.scalars(visible(Member))}
        db.session.rollback()
        return names

    def member(self, name: str) -> Member:
        return db.session.scalars(select(Member).where(Member.name == name)).one()


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Named()


def test_only_who_agreed_for_themselves_is_named_and_no_longer_once_they_withdraw(
    app: Flask, scene: Named
) -> None:
    rep, page = browser(app, scene.representative), f"/applications/{scene.entry.id}"
    assert scene.seen() == set()
    assert "3 people who are not named" in rep.get(page).text
    mei = browser(app, scene.mei)
    assert mei.post(scene.place(), data=YES).status_code == 303
    assert scene.seen() == {"Mei Zhang"}
    text = rep.get(page).text
    assert "Mei Zhang" in text
    assert "2 people who are not named" in text
    assert "Old Wu" not in text
    assert mei.delete(f"{scene.place()}/companies").status_code == 303
    assert scene.seen() == set()
    assert "Mei Zhang" not in rep.get(page).text
    assert db.session.get_one(Match, scene.ids[0]).state == "released"  # the team goes on


def test_nobody_answers_for_somebody_else(app: Flask, scene: Named) -> None:
    for other in (scene.representative, scene.organiser, person("Eve")):
        assert browser(app, other).post(scene.place(), data=YES).status_code == 404
    acting = browser(app, scene.organiser, f"organiser:{scene.programme.id}")
    acting.post("/acting", data={"kind": "team", "id": scene.entry.team_id})
    assert "for Team 0" in acting.get("/applications").text or acting.get("/team").status_code == 200
    assert acting.post(scene.place(), data=YES).status_code == 404
    assert browser(app, scene.captain).post(scene.place(), data=YES).status_code == 303
    assert scene.seen() == {"Cap"}


def test_joining_asks_at_once_and_a_no_is_an_answer_that_is_asked_no_more(app: Flask, scene: Named) -> None:
    captain = browser(app, scene.captain)
    captain.post(f"/members/{scene.member('Old Wu').id}/invitation")
    wu = person("Wu Wei")
    client = browser(app, wu)
    token = link_token(db.session.scalars(select(Invitation)).one())
    place = client.post(f"/invitations/{token}").location
    page = client.get(place).text
    assert 'name="own"' in page
    assert "checked" not in page
    assert client.post(scene.place(), data=NO).location == "/team/consents"
    assert client.get("/team/consents").location == "/team"
    rows = db.session.scalars(
        select(Consent).where(Consent.member_id.is_not(None)).order_by(Consent.id)
    ).all()
    assert [(row.purpose, row.how, row.withdrawn_at is not None) for row in rows] == [
        ("companies", "declined", True), ("photos", "declined", True),
    ]  # fmt: skip
    assert scene.seen() == set()
    assert client.post(scene.place(), data=YES).status_code == 303
    assert scene.seen() == {"Old Wu"}


def test_captain_and_organiser_see_who_has_not_answered_and_the_others_only_their_own(
    app: Flask, scene: Named
) -> None:
    browser(app, scene.mei).post(scene.place(), data=NO)
    path = f"/applications/{scene.entry.id}/consents"
    for reader in (scene.captain, scene.organiser):
        page = browser(app, reader).get(path).text
        part = page[page.index('id="members"') : page.index('id="companies"')]
        assert part.count("Said no") == 2
        assert part.count("Not answered") == 7  # two people at three questions, one at the third
        assert "no account yet" in part
    other = person("Li Si")
    with current.set(actor=SYSTEM):
        join_team(name_member(db.session.get_one(Team, scene.entry.team_id), "Li Si"), other)
    page = browser(app, other).get(path).text
    assert 'id="members"' not in page
    assert "Mei Zhang" not in page


def test_the_ledger_counts_a_no_as_no_and_not_as_taken_back(app: Flask, scene: Named) -> None:
    browser(app, scene.mei).post(scene.place(), data=NO)
    organiser, path = browser(app, scene.organiser), f"/programmes/{scene.programme.slug}/consents"
    assert "Mei Zhang" in organiser.get(f"{path}?how=declined").text
    assert organiser.get(f"{path}?withdrawn=1&as=csv").data.decode("utf-8-sig").count("\n") == 1
    rows = organiser.get(f"{path}?how=declined&as=json").get_json()
    assert {row["withdrawn"] for row in (rows if isinstance(rows, list) else rows["rows"])} <= {None, ""}


def test_a_release_tells_who_is_not_named_and_asks_only_who_has_not_answered(
    app: Flask, scene: Named
) -> None:
    browser(app, scene.mei).post(scene.place(), data=NO)
    organiser, slug = browser(app, scene.organiser), scene.programme.slug
    with current.set(actor=SYSTEM):
        other = db.session.get_one(Match, scene.ids[1])
        db.session.delete(other)
        db.session.commit()
        add_match(scene.programme, db.session.get_one(Application, other.application_id), scene.participation)
        first = db.session.get_one(Match, scene.ids[0])
        db.session.delete(first)
        db.session.commit()
        add_match(scene.programme, db.session.get_one(Application, first.application_id), scene.participation)
    page = organiser.get(f"/programmes/{slug}/releases/new").text
    said = {"Cap": "not answered", "Mei Zhang": "said no", "Old Wu": "no account yet"}
    assert all(f'{name} <span class="small dim">({words})' in page for name, words in said.items())
    assert "left out" not in page
    assert "Ask them" in page
    answer = organiser.post(f"/programmes/{slug}/consents/requests")
    asked = db.session.scalars(
        select(Letter).where(Letter.template == "applications/own_consent_asked")
    ).all()
    captains = db.session.scalars(select(Account.id).where(Account.name.in_(("Cap", "Captain 1"))))
    assert {letter.audience for letter in asked} == {f"account:{one}" for one in captains}
    assert "May companies read your name" in organiser.get(answer.location).text
    db.session.rollback()
    for entry in db.session.scalars(select(Application)).all():
        captain = select(Account).join(Member, Member.account_id == Account.id).where(Member.captain)
        who = db.session.scalars(captain.where(Member.team_id == entry.team_id)).one()
        browser(app, who).post(f"/team/consents/{entry.id}", data=NO)
    page = organiser.get(f"/programmes/{slug}/releases/new").text
    assert "said no" in page
    assert "Ask them" not in page  # whoever said no is not asked again, and the rest have no account


def test_rows_about_people_are_read_by_companies_as_each_agreed(app: Flask, scene: Named) -> None:
    document = {"sections": [{"key": "people", "title_en": "People", "fields": [MEMBERS]}]}
    entry = scene.entry
    people = [{"name": name, "school": f"School of {name}"} for name in ("Mei  Zhang", "Old Wu", "Passer-by")]
    with current.set(actor=SYSTEM):
        change_form(scene.programme, lambda _before: document)
        put_to_use(scene.programme)
        entry = scene.entry
        entry.answers, entry.state = {"members": people}, "submitted"
        db.session.commit()
        submit(entry, "again")
        entry.state = "accepted"
        db.session.commit()
    browser(app, scene.mei).post(scene.place(), data=YES)
    page = browser(app, scene.representative).get(f"/applications/{entry.id}").text
    assert "School of Mei  Zhang" in page
    for hidden in ("School of Old Wu", "Passer-by"):
        assert hidden not in page
        assert hidden in browser(app, scene.organiser).get(f"/applications/{entry.id}").text


def test_who_writes_to_a_company_is_named_only_if_they_agree(app: Flask, scene: Named) -> None:
    rep, captain, mei = (browser(app, one) for one in (scene.representative, scene.captain, scene.mei))
    match = scene.ids[0]
    accept(rep, match)
    accept(captain, match)
    mei.post(f"/matches/{match}/thread", data={"text": "We bring a demo."})
    thread = rep.get(f"/matches/{match}/thread", follow_redirects=True)
    assert "We bring a demo." in thread.text
    assert "Mei Zhang" not in thread.text
    mei.post(scene.place(), data=YES)
    assert "Mei Zhang" in rep.get(f"/matches/{match}/thread", follow_redirects=True).text


def test_what_somebody_agrees_to_in_one_programme_names_them_in_no_other(app: Flask, scene: Named) -> None:
    document = {"sections": [{"key": "people", "title_en": "People", "fields": [MEMBERS]}]}
    second = camp(scene.organiser, title="Second Camp")
    company = company_of(scene.participation)
    with current.set(actor=SYSTEM, locale="en"):
        change_form(second, lambda _before: document)
        put_to_use(second)
    with current.set(actor=SYSTEM, locale="en"):
        part = invite_company(second, company, state="confirmed")
        show_teams(part)
        team = db.session.get_one(Team, scene.entry.team_id)
        project = db.session.get_one(Project, scene.entry.project_id)
        entry = begin_application(team, second, project)
        entry.answers = {"members": [{"name": "Mei Zhang", "school": "School of Mei"}]}
        db.session.commit()
        submit(entry, "second", agreed=("companies",))
        decide(entry, "eligible", quiet=True)
        decide(entry, "accepted", quiet=True)
        match = add_match(second, entry, part)
        release(second, [match])
    rep, captain, mei = (browser(app, one) for one in (scene.representative, scene.captain, scene.mei))
    mei.post(scene.place(), data=YES)
    accept(rep, match.id)
    accept(captain, match.id)
    mei.post(f"/matches/{match.id}/thread", data={"text": "We bring a demo."})
    pages = (f"/applications/{entry.id}", f"/matches/{match.id}/thread")
    assert scene.seen() == {"Mei Zhang"}
    assert "Mei Zhang" in rep.get(f"/applications/{scene.entry.id}").text
    for path in pages:
        text = rep.get(path, follow_redirects=True).text
        assert "Team 0" in text
        assert "Mei" not in text, path
    assert "3 people who are not named" in rep.get(pages[0]).text
    mei.post(f"/team/consents/{entry.id}", data=YES)
    for path in pages:
        assert "Mei Zhang" in rep.get(path, follow_redirects=True).text, path
    assert "School of Mei" in rep.get(pages[0]).text


def test_staff_declare_and_take_back_for_a_person_but_never_against_their_own_word(
    app: Flask, scene: Named
) -> None:
    browser(app, scene.mei).post(scene.place(), data=NO)
    organiser, path = browser(app, scene.organiser), f"/applications/{scene.entry.id}/consents"
    declared = {"who": "all", "purpose": "companies", "collected_on": "2026-11-03",
             "scan": (io.BytesIO(paper()), "paper.pdf")}  # fmt: skip
    assert organiser.post(f"{path}/declarations", data=declared).status_code == 303
    assert scene.seen() == {"Cap", "Old Wu"}
    running = {"who": "all", "purpose": "running", "collected_on": "2026-11-03"}
    assert organiser.post(f"{path}/declarations", data=running).status_code == 422
    letter = {
        "member": str(scene.member("Old Wu").id),
        "own_purpose": "companies",
        "why": "call of 5 November",
    }
    assert organiser.post(f"{path}/letters", data=letter | {"why": ""}).status_code == 422
    assert browser(app, scene.captain).post(f"{path}/letters", data=letter).status_code == 404
    assert organiser.post(f"{path}/letters", data=letter).status_code == 303
    assert scene.seen() == {"Cap"}
    again = {"who": "all", "purpose": "companies", "collected_on": "2026-11-06"}
    organiser.post(f"{path}/declarations", data=again)
    assert scene.seen() == {"Cap"}


def test_who_submits_is_asked_for_themselves_beside_the_team(app: Flask) -> None:
    from tests.factories import application, camp

    with clock.at(BEFORE):
        captain = person("Cao")
        entry = application(camp(), captain, "Spark", state="draft")
        client = browser(app, captain)
        page = client.get(f"/applications/{entry.id}/submission/new").text
        assert page.count('name="own"') == 3
        assert "checked" not in page
        data = {"nonce": "n", "agree": ["companies"], "own": ["photos"],
                "own_asked": ["companies", "publication", "photos"]}  # fmt: skip
        assert client.post(f"/applications/{entry.id}/submission", data=data).status_code == 303
        rows = db.session.scalars(select(Consent).where(Consent.member_id.is_not(None)).order_by(Consent.id))
        assert [(row.purpose, row.how) for row in rows] == [
            ("companies", "declined"), ("publication", "declined"), ("photos", "here"),
        ]  # fmt: skip
        assert "not answered yet" not in client.get(f"/applications/{entry.id}").text
