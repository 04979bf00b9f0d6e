"""What recommending units recommend: counted by unit, listed, exported, for the programme's staff only."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.actions.decision import decide
from campapp.applications.actions.draft import save_answer
from campapp.applications.actions.submission import submit
from campapp.applications.models import Answer
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.form.asked import by_key
from campapp.programmes.actions.form import composed
from campapp.programmes.models import Programme, Unit
from tests.cast import browser, person
from tests.factories import BEFORE, answer_what_is_required, application, camp

Statements = Callable[[Callable[[], object]], int]


class Scene:
    """A camp whose form asks which of two units recommends, and one entry for each of the names given."""

    def __init__(self, app: Flask, *recommended: int | None) -> None:
        self.organiser = person("Olga")
        with clock.at(BEFORE):
            self.programme = camp(self.organiser)
            for position, name in enumerate(("海淀区科信局", "中关村孵化器")):
                db.session.add(Unit(programme_id=self.programme.id, position=position, role="recommend", name_zh=name,
                                    name_en=f"Unit {position + 1}"))  # fmt: skip
            db.session.commit()
            self.units = db.session.scalars(
                select(Unit.id).where(Unit.role == "recommend").order_by(Unit.id)
            ).all()
            self.staff = browser(app, self.organiser)
            self.form = f"/programmes/{self.programme.slug}/form"
            self.staff.post(f"{self.form}/fields", data={"ready": "recommender", "section": "team"})
            self.staff.post(f"{self.form}/use")
            self.page = f"/programmes/{self.programme.slug}/recommendations"
            self.entries = [self.entry(f"Team {n}", unit) for n, unit in enumerate(recommended)]

    def entry(self, name: str, unit: int | None) -> Any:
        row = application(self.programme, person(f"Captain of {name}"), name, state="draft")
        with current.set(actor=SYSTEM):
            answer_what_is_required(row)
            if unit is not None:
                save_answer(row, "recommender", f"u{self.units[unit]}")
            submit(row, "n", agreed=("companies",))
        return row


def test_the_ready_made_question_offers_the_programmes_recommending_units(app: Flask) -> None:
    scene = Scene(app)
    field = by_key(composed(db.session.get_one(Programme, scene.programme.id)))["recommender"]
    assert [(one["value"], one["en"]) for one in field["choices"]] == [
        (f"u{scene.units[0]}", "Unit 1"), (f"u{scene.units[1]}", "Unit 2")]  # fmt: skip
    edit = scene.staff.get(f"{scene.form}/fields/recommender").text
    assert re.search('<input[^>]* checked[^>]* name="recommender"', edit)
    assert "海淀区科信局" in app.test_client().get(f"/programmes/{scene.programme.slug}").text


def test_entries_are_counted_listed_and_exported_by_unit(app: Flask) -> None:
    with clock.at(BEFORE):
        scene = Scene(app, 1, 0, 1, None)
        with current.set(actor=SYSTEM):
            decide(scene.entries[0], "eligible", quiet=True)
            decide(scene.entries[0], "accepted", quiet=True)
        listed = scene.staff.get(scene.page).text
        whole = scene.staff.get(f"{scene.page}?as=csv").text
        one = scene.staff.get(f"{scene.page}?unit=u{scene.units[0]}&as=csv").text
        assert scene.page in scene.staff.get(f"/programmes/{scene.programme.slug}/applications").text
    rows = [row.split("</tr>")[0] for row in listed.split("<tbody>")[1].split("<tr>")[1:]]
    figures = [
        [cell.split("</td>")[0] for cell in row.split('">')[1:] if cell[0].isdecimal()] for row in rows
    ]
    assert figures[:2] == [["1", "0", "0"], ["2", "1", "1"]]
    lines = list(csv.reader(io.StringIO(whole)))
    assert [line[0] for line in lines[1:]] == ["Unit 1", "Unit 2", "Unit 2"]
    assert "Team 3" not in whole and "Team 1" in one and "Team 0" not in one


def test_nobody_but_the_staff_sees_who_recommends_whom(app: Flask) -> None:
    scene = Scene(app, 0)
    captain, rival = person("Eve"), person("Otto")
    with clock.at(BEFORE):
        camp(rival, title="Elsewhere")
    for client in (browser(app, captain), browser(app, rival), app.test_client()):
        assert client.get(scene.page).status_code in {302, 303, 404}
        assert client.get(f"{scene.page}?as=csv").status_code in {302, 303, 404}


@pytest.mark.parametrize("entries", [1, 3])
def test_the_page_asks_as_many_statements_for_three_entries_as_for_one(
    app: Flask, statements: Statements, entries: int
) -> None:
    scene = Scene(app, *[0] * entries)
    with clock.at(BEFORE):
        assert statements(lambda: scene.staff.get(scene.page)) == 10


def test_a_form_that_does_not_ask_says_how(app: Flask) -> None:
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser)
        page = browser(app, organiser).get(f"/programmes/{programme.slug}/recommendations").text
    assert "does not ask who recommends" in page
    assert db.session.scalars(select(Answer)).all() == []
