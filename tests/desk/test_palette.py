"""The palette finds names however they are typed, for those who see them, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from campapp.accounts.models import Account
from campapp.applications.actions.draft import begin_application
from campapp.applications.actions.submission import submit
from campapp.applications.models import Application
from campapp.companies.actions import state_need
from campapp.companies.models import Company
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.desk.searching import MOST
from campapp.pool.actions import write_down_project
from campapp.programmes.actions.participation import bring_need
from campapp.programmes.actions.programme import change_programme
from campapp.programmes.models import Programme
from campapp.teams.actions import found_team
from campapp.threads.models import Thread
from tests.cast import browser, person
from tests.factories import BEFORE, answer_what_is_required, application, camp, participation


@dataclass
class Stage:
    """Who is there."""

    programme: Programme
    owner: Account
    captain: Account
    entry: Application
    company: Company


@pytest.fixture
def stage(app: Flask) -> Iterator[Stage]:
    """A camp, a team with a project, and a company with a need, most of them called in Chinese."""
    owner, captain = person("Olga"), person("Tian")
    with clock.at(BEFORE), current.set(actor=SYSTEM):
        programme = camp(owner)
        change_programme(programme, title_zh="微波成像加速營", title_en="Microwave Camp")
        entry = entered(programme, captain, "AI 火花队", "边缘推理软件")
        row = participation(programme, "百度")
        bring_need(row, state_need(row.company, "瑕疵檢測軟體", problem="產線上的影像辨識"))
        yield Stage(programme, owner, captain, entry, row.company)


def entered(programme: Programme, captain: Account, team_name: str, title: str) -> Application:
    """An entry that was submitted."""
    team = found_team(captain, team_name)
    entry = begin_application(team, programme, write_down_project(team, title, summary="给小设备"))
    answer_what_is_required(entry)
    submit(entry, f"nonce-{entry.id}", agreed=("companies",))
    return entry


def found(client: FlaskClient, words: str) -> set[str]:
    """The addresses of the hits."""
    answer = client.get("/search", query_string={"q": words}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 200
    return {part.split('"')[0] for part in answer.text.split('href="')[1:]}


def organiser(app: Flask, stage: Stage) -> FlaskClient:
    return browser(app, stage.owner, f"organiser:{stage.programme.id}")


TEAM = (
    "火花", "火花隊", "hh", "HHD", "huohua", "huǒ huā", "ＨＵＯ hua", "ahhd", "邊緣推理軟體", "bytl", "bianyuan",
    "A-0001", "a0001", "Ａ－0001", "ai 火花",
)  # fmt: skip
PROGRAMME = ("微波", "加速营", "wbcx", "weibo", "microwave camp", "microwavec")
COMPANY = ("百度", "bd", "b", "bai du", "baid")
NEED = ("檢測", "检测软件", "xcjc", "xiaci", "影像", "产线")


def test_a_team_and_its_project_are_found_however_they_are_typed(app: Flask, stage: Stage) -> None:
    client, entry = organiser(app, stage), f"/applications/{stage.entry.id}"
    assert [words for words in TEAM if entry not in found(client, words)] == []
    assert [words for words in ("uohua", "hhx", "软体火花", "A-0002") if entry in found(client, words)] == []


def test_a_programme_is_found_in_either_language(app: Flask, stage: Stage) -> None:
    client, camp_page = app.test_client(), f"/programmes/{stage.programme.slug}"
    assert [words for words in PROGRAMME if camp_page not in found(client, words)] == []


def test_a_company_and_its_need_are_found_too(app: Flask, stage: Stage) -> None:
    client = organiser(app, stage)
    pages = {words: client.get("/search", query_string={"q": words}).text for words in (*COMPANY, *NEED)}
    assert tuple(words for words, page in pages.items() if "百度</a>" in page) == COMPANY
    assert tuple(words for words, page in pages.items() if "瑕疵檢測軟體</a>" in page) == NEED


def test_whoever_does_not_see_an_entry_finds_it_by_no_spelling(app: Flask, stage: Stage) -> None:
    rival = person("Rival")
    application(stage.programme, rival, "Beta")
    other = camp(rival, title="Another Camp")
    for client in (app.test_client(), browser(app, rival), browser(app, rival, f"organiser:{other.id}")):
        for words in TEAM:
            assert f"/applications/{stage.entry.id}" not in found(client, words)


def test_a_draft_is_found_by_its_team_alone(app: Flask, stage: Stage) -> None:
    captain = person("Draft")
    draft = application(stage.programme, captain, "草稿队", state="draft")
    mine = browser(app, captain, f"member:{draft.team_id}")
    for words in ("cgd", "草稿隊"):
        assert f"/applications/{draft.id}" in found(mine, words)
        assert not any("applications" in one for one in found(organiser(app, stage), words))


def test_staff_who_write_with_a_team_find_no_words_of_its_draft(app: Flask, stage: Stage) -> None:
    captain = person("Draft")
    draft = application(stage.programme, captain, "草稿队", state="draft")
    browser(app, captain, f"member:{draft.team_id}").post(
        f"/applications/{draft.id}/thread", data={"text": "能帶樣機嗎？"}
    )
    thread, staff = f"/threads/{db.session.scalars(select(Thread.id)).one()}", organiser(app, stage)
    listing = f"/programmes/{stage.programme.slug}/threads"
    for words, there in (("草稿", True), ("样机", True), ("帶樣", True), ("edge inference", False)):
        assert (thread in found(staff, words)) is there
        assert (thread in staff.get(listing, query_string={"q": words}).text) is there


def test_the_entry_with_the_number_stands_first_and_then_the_newest(app: Flask, stage: Stage) -> None:
    rows = [application(stage.programme, person(f"C{n}"), f"火花{n}") for n in range(MOST + 1)]
    page = organiser(app, stage).get("/search", query_string={"q": "hh"}).text
    shown = [int(part.split('"')[0]) for part in page.split('href="/applications/')[1:]]
    assert shown == sorted((row.id for row in rows), reverse=True)[:MOST]
    db.session.execute(update(Application).where(Application.id == rows[0].id).values(number="A-000"))
    db.session.execute(
        update(Application).where(Application.id == rows[0].id).values(search_terms=["a", "000"])
    )
    db.session.commit()
    page = organiser(app, stage).get("/search", query_string={"q": "A-000"}).text
    assert page.split('href="/applications/')[1].startswith(f'{rows[0].id}"')


@pytest.mark.parametrize("rows", [1, 4])
def test_the_palette_asks_the_same_few_statements(
    app: Flask, stage: Stage, rows: int, statements: Callable[[Callable[[], object]], int]
) -> None:
    for n in range(rows):
        application(stage.programme, person(f"C{n}"), f"火花{n}")
        camp(title=f"火花 {n}", first_day=date(2026, 12, 1 + n))
        participation(stage.programme, f"火花{n}公司")
    client = organiser(app, stage)
    found(client, "hh")
    on_sqlite = db.engine.dialect.name == "sqlite"
    assert statements(lambda: found(client, "hh")) == (10 if on_sqlite else 8)
