"""Both sides rank the other: by buttons, in an order, never over a colleague's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.companies.models import Need
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.exchange.camp.exporting import files_of
from campapp.matching.camp import load
from campapp.matching.models import Preference
from campapp.programmes.actions.participation import leave_out_need
from campapp.programmes.models import NeedInCamp
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp, participation


class Scene:
    """A camp with two companies and some accepted teams."""

    def __init__(self, teams: int = 3) -> None:
        self.representative, self.captain = person("Rep"), person("Cap")
        self.programme = camp(person("Org"))
        self.baidu = participation(self.programme, "Baidu", representative=self.representative)
        self.inspur = participation(self.programme, "Inspur")
        people = [self.captain, *(person(f"Captain {n}") for n in range(1, teams))]
        entries = [
            application(self.programme, one, f"Team {n}", state="accepted") for n, one in enumerate(people)
        ]
        self.ids = [entry.id for entry in entries]


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


def order_of(side: str) -> list[int]:
    db.session.expire_all()
    rows = db.session.scalars(
        select(Preference).where(Preference.side == side).order_by(Preference.rank)
    ).all()
    return [row.application_id if side == "company" else row.participation_id for row in rows]


def test_a_company_adds_moves_and_takes_out_teams(app: Flask, scene: Scene) -> None:
    client, first, second = browser(app, scene.representative), scene.ids[0], scene.ids[1]
    landing = client.get("/preferences").headers["Location"]
    assert "Team 2" in client.get(landing).text
    client.post(landing, data={"seen": "", "add": str(first)})
    client.post(landing, data={"seen": str(first), "order": [str(first)], "add": str(second)})
    assert order_of("company") == [first, second]
    both = {"seen": f"{first},{second}", "order": [str(first), str(second)]}
    client.post(landing, data={**both, "move": f"{second}:up"})
    assert order_of("company") == [second, first]
    client.post(
        landing, data={"seen": f"{second},{first}", "order": [str(second), str(first)], "remove": str(second)}
    )
    assert order_of("company") == [first]


def test_a_team_ranks_companies_by_their_needs(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.captain)
    landing = client.get("/preferences").headers["Location"]
    assert "Baidu need" in client.get(landing).text
    client.post(landing, data={"seen": "", "order": [str(scene.inspur.id), str(scene.baidu.id)]})
    assert order_of("team") == [scene.inspur.id, scene.baidu.id]


def test_an_order_that_a_colleague_changed_is_not_overwritten(app: Flask, scene: Scene) -> None:
    client, first, second = browser(app, scene.representative), scene.ids[0], scene.ids[1]
    landing = client.get("/preferences").headers["Location"]
    client.post(landing, data={"seen": "", "add": str(first)})
    late = client.post(landing, data={"seen": "", "add": str(second)})
    assert late.status_code == 409
    assert "A colleague changed the order meanwhile." in late.text
    assert order_of("company") == [first]


def test_others_neither_see_nor_change_a_ranking(app: Flask, scene: Scene) -> None:
    rival, other = person("Rival"), person("Other")
    participation(scene.programme, "Tencent", representative=rival)
    application(scene.programme, other, "Team X", state="accepted")
    for client in (browser(app, rival), browser(app, other)):
        for path in (
            f"/participations/{scene.baidu.id}/preferences",
            f"/applications/{scene.ids[0]}/preferences",
        ):
            assert client.get(path).status_code == 404
            assert client.post(path, data={"add": str(scene.ids[0])}).status_code == 404
    stranger = browser(app, scene.representative)
    path = stranger.get("/preferences").headers["Location"]
    stranger.post(path, data={"seen": "", "add": "999999"})
    assert order_of("company") == []


@pytest.mark.parametrize("teams", [1, 3])
def test_both_pages_ask_the_database_as_often_for_three_as_for_one(
    app: Flask, statements: Callable[[Callable[[], object]], int], teams: int
) -> None:
    with clock.at(BEFORE):
        scene = Scene(teams)
        company, team = browser(app, scene.representative), browser(app, scene.captain)
        company.get("/preferences")
        assert statements(lambda: company.get(f"/participations/{scene.baidu.id}/preferences")) <= 8
        assert statements(lambda: team.get(f"/applications/{scene.ids[0]}/preferences")) <= 9


def need_of(row: Any) -> int:
    return db.session.scalars(select(NeedInCamp.need_id).where(NeedInCamp.participation_id == row.id)).one()


def test_a_team_ranks_a_single_need_and_the_company_stands_by_its_best_place(
    app: Flask, scene: Scene
) -> None:
    client = browser(app, scene.captain)
    landing = client.get("/preferences").headers["Location"]
    assert "Rank a company, or a single need of one." in client.get(landing).text
    need = f"{scene.inspur.id}n{need_of(scene.inspur)}"
    order = [need, str(scene.baidu.id), str(scene.inspur.id)]
    client.post(landing, data={"seen": "", "order": order})
    rows = db.session.scalars(
        select(Preference).where(Preference.side == "team").order_by(Preference.rank)
    ).all()
    assert [(row.participation_id, row.need_id) for row in rows] == [
        (scene.inspur.id, need_of(scene.inspur)), (scene.baidu.id, None), (scene.inspur.id, None),
    ]  # fmt: skip
    ranks = load(scene.programme).team_ranks[scene.ids[0]]
    assert ranks == {scene.inspur.id: 1, scene.baidu.id: 2}
    page = client.get(landing).text
    assert f'value="{",".join(order)}"' in page
    client.post(landing, data={"seen": ",".join(order), "order": order, "remove": need})
    assert load(scene.programme).team_ranks[scene.ids[0]] == {scene.baidu.id: 1, scene.inspur.id: 2}


def test_a_need_that_left_the_camp_counts_no_more_and_does_not_stand_in_the_way(
    app: Flask, scene: Scene
) -> None:
    client = browser(app, scene.captain)
    landing = client.get("/preferences").headers["Location"]
    need = f"{scene.inspur.id}n{need_of(scene.inspur)}"
    client.post(landing, data={"seen": "", "order": [need, str(scene.baidu.id)]})
    with current.set(actor=SYSTEM):
        leave_out_need(scene.inspur, db.session.get_one(Need, need_of(scene.inspur)))
    assert load(scene.programme).team_ranks[scene.ids[0]] == {scene.baidu.id: 2}
    page = client.get(landing).text
    seen = f"{need},{scene.baidu.id}"
    assert f'name="seen" value="{seen}"' in page
    answer = client.post(
        landing, data={"seen": seen, "order": [str(scene.baidu.id)], "add": str(scene.inspur.id)}
    )
    assert answer.status_code == 303
    assert order_of("team") == [scene.baidu.id, scene.inspur.id]


def test_the_sheet_of_preferences_says_a_company_once_by_its_best_place(app: Flask, scene: Scene) -> None:
    client = browser(app, scene.captain)
    landing = client.get("/preferences").headers["Location"]
    need = f"{scene.inspur.id}n{need_of(scene.inspur)}"
    client.post(landing, data={"seen": "", "order": [need, str(scene.baidu.id), str(scene.inspur.id)]})
    with current.set(actor=SYSTEM):
        rows = {name: rows for name, _headings, rows in files_of(scene.programme)}["preferences"]
    assert [tuple(row) for row in rows] == [("team", "Team 0", "Inspur", 1), ("team", "Team 0", "Baidu", 2)]
