"""What a team typed is not overwritten by a sheet before somebody has seen both and chosen."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.exchange.camp.importing import import_folder
from campapp.pool.actions import change_project
from campapp.pool.models import Project
from tests.cast import browser, person
from tests.exchange.sheets import SHEETS, Rows, as_csv, folder, spoilt


@pytest.fixture
def client(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The administrator's browser; the small camp is there, and a team has written its summary anew."""
    with current.set(actor=SYSTEM):
        import_folder(folder(tmp_path_factory.mktemp("sheets")))
        project = db.session.scalars(select(Project).where(Project.title == "Seer")).one()
        change_project(project, summary="Typed by the team")
    return browser(app, person("Ada", administrator=True), "administrator:0")


def upload(client: FlaskClient, **changed: Rows) -> str:
    sheets = SHEETS | changed
    sent = {"sheets": [(io.BytesIO(as_csv(rows).encode()), f"{name}.csv") for name, rows in sheets.items()]}
    return client.post("/imports", data=sent, content_type="multipart/form-data").headers["Location"]


def choices(text: str, name: str) -> dict[str, str]:
    """The offered choices of a page, by what they do."""
    found = re.findall(rf'name="({name}[^"]*)" value="((?:keep|take):[^"]+)"', text)
    return {value.partition(":")[0]: f"{name_}={value}" for name_, value in found}


def summary() -> str:
    db.session.expire_all()
    return db.session.scalars(select(Project.summary).where(Project.title == "Seer")).one()


def test_both_sides_are_shown_and_nothing_changes_without_a_choice(client: FlaskClient) -> None:
    place = upload(client)
    page = client.get(place).text
    assert "One row differs from what stands" in page
    assert "Typed by the team" in page and "Edge image recognition" in page
    answer = client.post(f"{place}/acceptance", data={"all": "each"})
    assert answer.status_code == 422
    assert "Choose for each row that differs" in answer.text
    assert summary() == "Typed by the team"


@pytest.mark.parametrize("name", ["all", "row:"])
@pytest.mark.parametrize(
    ("way", "stands"), [("keep", "Typed by the team"), ("take", "Edge image recognition")]
)
def test_each_row_or_all_is_kept_or_taken(client: FlaskClient, name: str, way: str, stands: str) -> None:
    place = upload(client)
    key, _equals, value = choices(client.get(place).text, name)[way].partition("=")
    answer = client.post(f"{place}/acceptance", data={key: value})
    assert answer.status_code == 200
    assert summary() == stands


def test_a_choice_holds_only_for_what_was_seen(client: FlaskClient) -> None:
    place = upload(client)
    key, _equals, value = choices(client.get(place).text, "all")["take"].partition("=")
    with current.set(actor=SYSTEM):
        change_project(
            db.session.scalars(select(Project).where(Project.title == "Seer")).one(), summary="Newer"
        )
    answer = client.post(f"{place}/acceptance", data={key: value})
    assert answer.status_code == 422 and "Newer" in answer.text
    assert summary() == "Newer"


def test_rows_are_chosen_one_by_one(client: FlaskClient) -> None:
    place = upload(client, companies=spoilt("companies", 2, "max_meetings", "9"),
                   teams=spoilt("teams", 3, "max_meetings", "1"))  # fmt: skip
    page = client.get(place).text
    keys = dict(re.findall(r'name="(row:[^"]+)" value="keep:([^"]+)"', page))
    named = re.findall(r'class="conflict-name">([^<]+?) <', page)
    data = {
        key: f"{'take' if name == '青禾视觉' else 'keep'}:{digest}"
        for name, (key, digest) in zip(named, keys.items(), strict=True)
    }
    assert len(data) == 3
    assert client.post(f"{place}/acceptance", data=data).status_code == 200
    by_team = dict(db.session.execute(select(Application.team_name, Application.max_meetings)).all())
    assert by_team["青禾视觉"] == 1
    assert summary() == "Typed by the team"


def test_a_column_that_the_sheet_has_not_says_nothing(client: FlaskClient) -> None:
    teams = [[cell for n, cell in enumerate(row) if n != 2] for row in SHEETS["teams"]]
    page = client.get(upload(client, teams=teams)).text
    assert "from what stands" not in page
    client.post(f"{upload(client, teams=teams)}/acceptance")
    assert summary() == "Typed by the team"
