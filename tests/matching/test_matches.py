"""The organiser's list of matches: filtered, sorted, searched, exported; the same statements for many as for one."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.matching.actions.answer import answer_for
from campapp.matching.actions.release import add_match, cancel, release
from tests.cast import browser, person
from tests.factories import BEFORE
from tests.matching.test_organising import Scene


def arranged(app: Flask, teams: int = 3) -> tuple[Scene, FlaskClient]:
    """Each team with Baidu: the first confirmed, the others proposed; the first with Inspur taken away."""
    scene = Scene(teams)
    with current.set(actor=SYSTEM), bulk():
        baidu = [add_match(scene.programme, entry, scene.companies[0]) for entry in scene.entries]
        release(scene.programme, baidu[:1])
        for side in ("company", "team"):
            answer_for(baidu[0], side, "accepted", how="organiser")
        cancel(add_match(scene.programme, scene.entries[0], scene.companies[1]), "twice")
    return scene, browser(app, scene.organiser)


def shown(page: str) -> list[tuple[str, str]]:
    """Team and company of each row."""
    rows = re.findall(r"<b>(Team \d)</b></a></th>.*?<td[^>]*>(.*?)</td>", page, re.DOTALL)
    return [(team, re.sub(r"<.*?>", "", company)) for team, company in rows]


def test_what_is_taken_away_stands_there_only_when_it_is_asked_for(app: Flask) -> None:
    with clock.at(BEFORE):
        scene, client = arranged(app)
        all_standing = [(f"Team {n}", "Baidu") for n in range(3)]
        assert shown(client.get(f"{scene.home}/matching").text) == all_standing
        assert shown(client.get(f"{scene.home}/matching?state=cancelled").text) == [("Team 0", "Inspur")]


def test_matches_are_filtered_sorted_and_found_by_either_name(app: Flask) -> None:
    with clock.at(BEFORE):
        scene, client = arranged(app)
        at = f"{scene.home}/matching"
        assert shown(client.get(f"{at}?state=proposed").text) == [("Team 1", "Baidu"), ("Team 2", "Baidu")]
        assert shown(client.get(f"{at}?sort=-team").text)[0] == ("Team 2", "Baidu")
        assert shown(client.get(f"{at}?q=team+1").text) == [("Team 1", "Baidu")]
        assert shown(client.get(f"{at}?q=t1").text) == [("Team 1", "Baidu")]
        assert len(shown(client.get(f"{at}?q=baid").text)) == 3
        assert shown(client.get(f"{at}?q=inspur").text) == []
        assert shown(client.get(f"{at}?hand=0").text) == []


def test_the_file_holds_what_the_list_shows(app: Flask) -> None:
    with clock.at(BEFORE):
        scene, client = arranged(app)
        file = client.get(f"{scene.home}/matching?state=proposed&as=csv").data.decode("utf-8-sig")
        rows = list(csv.DictReader(file.splitlines()))
        assert [(row["Team"], row["Company"], row["State"]) for row in rows] == [
            ("Team 1", "Baidu", "Proposed"), ("Team 2", "Baidu", "Proposed"),
        ]  # fmt: skip
        assert client.get(f"{scene.home}/matching?as=xlsx").data.startswith(b"PK")
        assert client.get(f"{scene.home}/matching?as=exe").status_code == 404


def test_another_programmes_organiser_gets_no_file(app: Flask) -> None:
    with clock.at(BEFORE):
        scene, _client = arranged(app)
        assert browser(app, person("Eve")).get(f"{scene.home}/matching?as=csv").status_code == 404


@pytest.mark.parametrize("teams", [1, 3])
def test_the_page_asks_twelve_statements(
    app: Flask, statements: Callable[[Callable[[], object]], int], teams: int
) -> None:
    with clock.at(BEFORE):
        scene, client = arranged(app, teams)
        client.get(f"{scene.home}/matching")
        db.session.remove()
        home = scene.home
        assert statements(lambda: client.get(f"{home}/matching")) == 12
