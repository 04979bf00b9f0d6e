"""The review: one match a screen, answered, undone, declined with a reason, by company and then team."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from campapp.accounts.models import Account
from campapp.applications.actions.file import give_file
from campapp.applications.models import Application, EntryFile
from campapp.companies.actions import join_company, name_representative
from campapp.core import clock, files
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Delivery, Letter
from campapp.matching.actions.answer import NEWS
from campapp.matching.actions.release import add_match, release
from campapp.matching.models import Match, Response
from campapp.messages.actions import expand
from campapp.programmes.models import Programme
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp, company_of, participation


class Scene:
    """A camp with one company that got some teams to review."""

    def __init__(self, teams: int = 2) -> None:
        self.representative, self.captain, self.organiser = person("Rep"), person("Cap"), person("Org")
        self.programme: Programme = camp(self.organiser)
        self.participation = participation(self.programme, "Baidu", representative=self.representative)
        people = [self.captain, *(person(f"Captain {n}") for n in range(1, teams))]
        with current.set(actor=SYSTEM):
            entries = [application(self.programme, one, f"Team {n}", state="accepted")
                       for n, one in enumerate(people)]  # fmt: skip
            matches = [add_match(self.programme, entry, self.participation) for entry in entries]
            release(self.programme, matches)
        self.ids = [match.id for match in matches]

    def colleague(self, name: str) -> Account:
        account = person(name)
        with current.set(actor=SYSTEM):
            join_company(name_representative(company_of(self.participation), name), account)
        return account


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


def state_of(match_id: int) -> str:
    db.session.expire_all()
    return db.session.get_one(Match, match_id).state


def accept(client: FlaskClient, match_id: int) -> Any:
    return client.post(f"/matches/{match_id}/acceptance", data={"version": str(version_of(match_id))})


def version_of(match_id: int) -> int:
    db.session.expire_all()
    return db.session.get_one(Match, match_id).version


def test_the_company_goes_through_its_pile_and_undoes(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.representative)
    assert "Team 0" in client.get("/matches").text
    first, second = scene.ids
    answer = accept(client, first)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/matches/{second}")
    assert "Accepted: Team 0" in client.get(f"/matches/{second}").text
    assert state_of(first) == "accepted by company"
    back = client.delete(f"/matches/{first}/acceptance")
    assert back.headers["Location"] == f"/matches/{first}"
    assert state_of(first) == "released"


def test_held_ones_come_back_and_a_no_has_a_reason(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.representative)
    first, second = scene.ids
    client.post(f"/matches/{first}/holding")
    refused = client.post(f"/matches/{second}/refusal", data={"version": str(version_of(second))})
    assert refused.status_code == 422
    answer = client.post(
        f"/matches/{second}/refusal", data={"reason": "too early", "version": str(version_of(second))}
    )
    assert answer.headers["Location"] == f"/matches/{first}"
    assert state_of(second) == "declined"
    row = db.session.scalars(select(Response).where(Response.match_id == second)).one()
    assert (row.reason, row.how) == ("too early", "self")
    client.delete(f"/matches/{second}/refusal")
    assert state_of(second) == "released"
    client.delete(f"/matches/{first}/holding")
    assert db.session.scalars(select(Response)).all() == []


def test_the_team_sees_it_after_the_company_and_confirms(app: Flask, scene: Scene) -> None:
    team, first = browser(app, scene.captain), scene.ids[0]
    assert team.get(f"/matches/{first}").status_code == 404
    accept(browser(app, scene.representative), first)
    shown = team.get(f"/matches/{first}")
    assert shown.status_code == 200
    assert "Baidu need" in shown.text or "Baidu" in shown.text
    assert accept(team, first).headers["Location"] == "/matches"
    assert state_of(first) == "confirmed"


def test_who_answers_on_what_a_colleague_changed_is_told_and_overwrites_nothing(
    app: Flask, scene: Scene
) -> None:
    first, seen = scene.ids[0], version_of(scene.ids[0])
    accept(browser(app, scene.representative), first)
    other = browser(app, scene.colleague("Lena"))
    late = other.post(f"/matches/{first}/refusal", data={"reason": "too early", "version": str(seen)})
    assert late.status_code == 409
    assert "Rep was faster." in late.text
    assert state_of(first) == "accepted by company"


def test_a_no_after_both_had_said_yes_is_undone_and_it_is_the_companys_turn_again(
    app: Flask, scene: Scene
) -> None:
    client, first = browser(app, scene.representative), scene.ids[0]
    accept(client, first)
    accept(browser(app, scene.captain), first)
    assert state_of(first) == "confirmed"
    client.post(f"/matches/{first}/refusal", data={"reason": "no time", "version": str(version_of(first))})
    assert client.delete(f"/matches/{first}/refusal").status_code == 303
    assert state_of(first) == "accepted by team"
    accept(client, first)
    assert state_of(first) == "confirmed"


def test_of_two_colleagues_at_once_one_wins_and_the_other_is_told(app: Flask, scene: Scene) -> None:
    first, seen = scene.ids[0], version_of(scene.ids[0])
    clients = [browser(app, scene.representative), browser(app, scene.colleague("Lena"))]
    nouns = [("acceptance", {}), ("refusal", {"reason": "no time"})]
    codes: list[int] = []
    start = threading.Barrier(2)

    def press(client: FlaskClient, noun: str, data: dict[str, str]) -> None:
        start.wait()
        codes.append(client.post(f"/matches/{first}/{noun}", data={**data, "version": str(seen)}).status_code)

    db.session.remove()
    threads = [
        threading.Thread(target=press, args=(client, *noun))
        for client, noun in zip(clients, nouns, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [303, 409]
    assert len(db.session.scalars(select(Response).where(Response.match_id == first)).all()) == 1


def test_confidential_documents_open_after_the_terms_once_for_each_person(app: Flask, scene: Scene) -> None:
    entry = db.session.get_one(Application, db.session.get_one(Match, scene.ids[0]).application_id)
    with current.set(actor=SYSTEM):
        for name, confidential in (("brief.pdf", False), ("secret.pdf", True)):
            stored = files.keep(
                io.BytesIO(b"%PDF-1.4 " + name.encode()), name, limit=1 << 20, account_id=None
            )
            give_file(entry, {"key": name[:5], "kind": "file", "confidential": confidential}, stored)
    db.session.execute(update(EntryFile).values(counts=True))  # as submitting does
    db.session.commit()
    client, colleague = browser(app, scene.representative), browser(app, scene.colleague("Lena"))
    page = f"/matches/{scene.ids[0]}"
    before = client.get(page).text
    assert "brief.pdf" in before
    assert "secret.pdf" not in before
    assert "1 confidential document" in before
    secret = db.session.scalars(select(EntryFile).where(EntryFile.confidential.is_(True))).one()
    address = f"/applications/{entry.id}/files/{secret.id}"
    assert client.get(address).status_code == 404
    client.post(f"{page}/non-disclosure")
    assert "secret.pdf" in client.get(page).text
    assert client.get(address).status_code == 200
    assert colleague.get(address).status_code == 404
    assert "secret.pdf" not in colleague.get(page).text


def test_an_acceptance_that_the_other_side_knows_is_declined_not_undone(app: Flask, scene: Scene) -> None:
    client, first = browser(app, scene.representative), scene.ids[0]
    accept(client, first)
    with current.set(actor=SYSTEM), clock.at(BEFORE + timedelta(minutes=1)):
        expand()
    assert db.session.scalars(select(Letter.state).where(Letter.template == NEWS["company"])).all() == [
        "expanded"
    ]
    late = client.delete(f"/matches/{first}/acceptance")
    told = db.session.scalars(
        select(Delivery)
        .join(Letter, Letter.id == Delivery.letter_id)
        .where(Letter.template == NEWS["company"], Delivery.channel == "mail")
    ).one()
    assert f"/matches/{first}" in told.text
    assert late.status_code == 403
    assert "told already" in late.text
    assert state_of(first) == "accepted by company"
    client.post(f"/matches/{first}/refusal", data={"reason": "no time", "version": str(version_of(first))})
    assert state_of(first) == "declined"


def test_a_rival_company_finds_nothing(app: Flask, scene: Scene) -> None:
    rival = person("Rival")
    participation(scene.programme, "Inspur", representative=rival)
    client, first = browser(app, rival), scene.ids[0]
    for path in (f"/matches/{first}", f"/matches/{first}/refusal/new"):
        assert client.get(path).status_code == 404
    for noun in ("acceptance", "refusal", "holding", "non-disclosure"):
        assert client.post(f"/matches/{first}/{noun}", data={"reason": "no time"}).status_code == 404
    assert "Team 0" not in client.get("/matches").text
    assert state_of(first) == "released"


@pytest.mark.parametrize("teams", [1, 3])
def test_a_screen_asks_the_database_as_often_for_three_as_for_one(
    app: Flask, statements: Callable[[Callable[[], object]], int], teams: int
) -> None:
    with clock.at(BEFORE):
        scene = Scene(teams)
        client = browser(app, scene.representative)
        client.get("/matches")
        assert statements(lambda: client.get("/matches")) == 4
        assert statements(lambda: client.get(f"/matches/{scene.ids[0]}")) == 10
