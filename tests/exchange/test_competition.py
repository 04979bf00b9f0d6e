"""A competition goes out as sheets and comes in again; what belongs to a company day is refused, row by row."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.exchange.camp.exporting import export_folder
from campapp.exchange.camp.importing import import_folder
from campapp.exchange.camp.kinds import OF_MEETINGS
from campapp.programmes.models import Programme
from tests.cast import browser, person
from tests.exchange.sheets import SHEETS, as_csv
from tests.factories import BEFORE, application, competition


@pytest.fixture
def out(app: Flask, tmp_path: Path) -> Path:
    """The sheets of a competition with a team in each state."""
    with clock.at(BEFORE):
        programme = competition(person("Olga"), wanted=7)
        for name, state in (
            ("Alpha", "promoted"),
            ("Beta", "not promoted"),
            ("Gamma", "eligible"),
            ("New", "submitted"),
        ):
            application(programme, person(f"C {name}"), name, state=state)
    folder = tmp_path / "out"
    assert export_folder(programme, folder) == {"camp": 8, "teams": 3, "outcomes": 0}
    return folder


def retitled(folder: Path) -> None:
    """The same sheets, of another edition."""
    sheet = folder / "camp.csv"
    sheet.write_text(
        sheet.read_text(encoding="utf-8-sig").replace("5G Application Contest", "Next Contest"), "utf-8"
    )


def given(client: FlaskClient, programme: Programme, name: str, text: str) -> str:
    """Upload a sheet into a programme; the address of its check."""
    sent = {"sheets": [(io.BytesIO(text.encode()), name)], "into": programme.slug}
    return str(client.post("/imports", data=sent).headers["Location"])


def taken_in(folder: Path) -> dict[str, object]:
    with current.set(actor=SYSTEM, locale="en"):
        return import_folder(folder)


def test_its_sheets_say_what_was_decided(out: Path) -> None:
    assert sorted(one.name for one in out.iterdir()) == ["camp.csv", "outcomes.csv", "teams.csv"]
    rows = list(csv.DictReader((out / "teams.csv").open(encoding="utf-8-sig")))
    assert [(row["team"], row["state"]) for row in rows] == [
        ("Alpha", "promoted"), ("Beta", "not promoted"), ("Gamma", "eligible"),
    ]  # fmt: skip
    assert "unavailable" not in rows[0] and "max_meetings" not in rows[0]


def test_taken_in_elsewhere_it_is_the_same_competition(out: Path) -> None:
    retitled(out)
    answer = taken_in(out)
    assert answer["errors"] == [] and answer["camp"] == "next-contest"
    made = db.session.scalars(select(Programme).where(Programme.slug == "next-contest")).one()
    assert (made.kind, made.wanted, made.title_zh) == ("competition", 7, "5G应用大赛")
    rows = db.session.scalars(
        select(Application).where(Application.programme_id == made.id).order_by(Application.id)
    )
    assert [(row.team_name, row.state) for row in rows] == [
        ("Alpha", "promoted"), ("Beta", "not promoted"), ("Gamma", "eligible"),
    ]  # fmt: skip
    again = taken_in(out)
    assert again["created"]["teams"] == 0 and again["unchanged"]["teams"] == 3  # type: ignore[index]


@pytest.mark.parametrize("sheet", [name for name in OF_MEETINGS if name in SHEETS])
def test_a_sheet_of_a_company_day_is_refused(out: Path, sheet: str) -> None:
    retitled(out)
    (out / f"{sheet}.csv").write_text(as_csv(SHEETS[sheet]), "utf-8")
    answer = taken_in(out)
    reasons = {row["reason"] for row in answer["errors"]}  # type: ignore[attr-defined]
    assert "A competition has no companies, tables or meetings." in reasons
    assert db.session.scalars(select(Programme).where(Programme.slug == "next-contest")).all() == []


def test_a_list_of_teams_comes_into_a_competition_by_its_page(app: Flask, out: Path) -> None:
    programme = db.session.scalars(select(Programme)).one()
    client = browser(app, person("Ada", administrator=True))
    assert "5G Application Contest" in client.get("/imports").text
    sheet = "团队,项目,状态\n岭南队,低空巡检,promoted\n海淀队,应急通信,\n"
    place = given(client, programme, "teams.csv", sheet)
    assert "Every cell can be read" in client.get(place).text
    assert client.post(f"{place}/acceptance", data={}).status_code == 200
    db.session.expire_all()
    rows = db.session.scalars(select(Application).where(Application.team_name.in_(("岭南队", "海淀队"))))
    assert {row.team_name: row.state for row in rows} == {"岭南队": "promoted", "海淀队": "eligible"}


def test_sheets_of_a_camp_do_not_come_into_a_competition(app: Flask, out: Path) -> None:
    programme = db.session.scalars(select(Programme)).one()
    client = browser(app, person("Ada", administrator=True))
    place = given(client, programme, "camp.csv", "key,value\nkind,camp\n")
    assert "This programme is of another kind." in client.get(place).text


def test_a_list_with_headings_of_its_own_is_mapped_without_a_word_of_meetings(app: Flask, out: Path) -> None:
    programme = db.session.scalars(select(Programme)).one()
    client = browser(app, person("Ada", administrator=True))
    place = given(client, programme, "list.csv", "队伍名,作品,结论\n岭南队,低空巡检,promoted\n")
    asked = client.get(f"{place}/sheets/0?holds=teams").text
    assert 'name="from_state"' in asked and 'value="companies"' not in asked
    sent = {"holds": "teams", "from_team": "0", "from_project": "1", "from_state": "2"}
    assert client.put(f"{place}/sheets/0", data=sent).status_code == 303
    assert client.post(f"{place}/acceptance", data={}).status_code == 200
    assert db.session.scalars(select(Application.state).where(Application.team_name == "岭南队")).all() == [
        "promoted"
    ]
