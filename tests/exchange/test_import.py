"""A camp comes in from its spreadsheets, whole or not at all, every wrong cell named (cases 8, 9, 10, 12)."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select

from campapp.applications.models import Application
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.exchange.camp.exporting import export_folder
from campapp.exchange.camp.folder import read
from campapp.exchange.camp.importing import import_folder
from campapp.outcomes.models import Outcome
from campapp.outcomes.words import standing_of
from campapp.pool.models import Project
from campapp.programmes.models import Programme
from campapp.teams.models import Team
from tests.cast import browser, person
from tests.exchange.sheets import SHEETS, Rows, as_csv, doubled, folder, spoilt

WRONG = [
    ("needs", 2, "company", "Nobody Ltd", "There is no company with this name."),
    ("preferences", 3, "from", "Team 99", "There is no team with this name."),
    ("preferences", 4, "side", "both", "Give one of: team, company."),
    ("preferences", 2, "rank", "first", "This is not a whole number."),
    ("agenda", 3, "day", "2026-13-40", None),
    ("agenda", 3, "day", "43102", None),
    ("agenda", 3, "day", "2027-01-05", "This day is not one of the camp's."),
    ("agenda", 4, "end", "08:00", "It ends before it begins."),
    ("teams", 2, "trl", "12", "Give a number from 1 to 9."),
    ("teams", 2, "max_meetings", "three", "This is not a whole number."),
    ("teams", 3, "captain_email", "nobody", None),
    ("teams", 2, "unavailable", "2026-12-01 23:00", "There is no slot at 2026-12-01 23:00."),
    ("teams", 2, "language", "fr", "Give one of: zh, en."),
    ("teams", 2, "project", "", "This cell is empty."),
    ("companies", 2, "max_meetings", "9.11E+17", None),
    ("camp", 5, "value", "soon", None),
    ("camp", 4, "value", "Mars/Base", "There is no such time zone."),
]  # fmt: skip


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize(("sheet", "row", "column", "value", "reason"), WRONG)
def test_a_wrong_cell_is_named_and_nothing_comes_in(
    app: Flask, tmp_path: Path, sheet: str, row: int, column: str, value: str, reason: str | None
) -> None:
    document = import_folder(folder(tmp_path, **{sheet: spoilt(sheet, row, column, value)}))
    places = {(e["file"], e["row"], e["column"], e["value"]): e["reason"] for e in document["errors"]}
    assert (f"{sheet}.csv", row, column, value) in places
    if reason:
        assert places[f"{sheet}.csv", row, column, value] == reason
    assert db.session.scalar(select(func.count(Programme.id))) == 0
    assert db.session.scalar(select(func.count(Team.id))) == 0


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize(("sheet", "row", "column"), [("teams", 2, "team"), ("companies", 2, "company"),
                                                      ("preferences", 2, "to"), ("agenda", 3, "start")])  # fmt: skip
def test_what_stands_twice_is_named(app: Flask, tmp_path: Path, sheet: str, row: int, column: str) -> None:
    errors = import_folder(folder(tmp_path, **{sheet: doubled(sheet, row)}))["errors"]
    assert (f"{sheet}.csv", len(SHEETS[sheet]) + 1, column) in {
        (e["file"], e["row"], e["column"]) for e in errors
    }


@pytest.mark.usefixtures("system")
def test_lookalike_names_are_one_team(app: Flask, tmp_path: Path) -> None:
    teams = [*SHEETS["teams"], ["青禾视觉\u200b ", "x", "", "", "", "", "", "zh", "2", ""]]
    errors = import_folder(folder(tmp_path, teams=teams))["errors"]
    assert [(e["row"], e["column"]) for e in errors] == [(5, "team")]


@pytest.mark.usefixtures("system")
def test_all_errors_are_told_at_once_and_the_good_rows_come_in_when_asked(app: Flask, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "needs": spoilt("needs", 2, "company", "Nobody Ltd"), "teams": spoilt("teams", 4, "max_meetings", "many"),
        "preferences": spoilt("preferences", 2, "rank", "x"),
    }  # fmt: skip
    path = folder(tmp_path, **sheets)
    assert len(import_folder(path)["errors"]) == 3
    assert db.session.scalar(select(func.count(Programme.id))) == 0
    document = import_folder(path, good_rows=True)
    assert document["created"] == {
        "teams": 2, "companies": 2, "needs": 1, "preferences": 3, "slots": 6, "sessions": 1,
    }  # fmt: skip


@pytest.mark.usefixtures("system")
def test_a_missing_file_and_a_missing_column_are_named(app: Flask, tmp_path: Path) -> None:
    teams = [[cell for n, cell in enumerate(row) if n != 8] for row in SHEETS["teams"]]
    errors = import_folder(folder(tmp_path, without="needs", teams=teams))["errors"]
    assert ("needs.csv", None, "") in {(e["file"], e["row"], e["column"]) for e in errors}
    assert ("teams.csv", 1, "max_meetings") in {(e["file"], e["row"], e["column"]) for e in errors}


@pytest.mark.usefixtures("system")
def test_the_same_folder_twice_changes_nothing(app: Flask, tmp_path: Path) -> None:
    path = folder(tmp_path)
    first = import_folder(path)
    assert first["created"]["teams"] == 3
    second = import_folder(path)
    assert sum(second["created"].values()) == 0
    assert sum(second["updated"].values()) == 0
    assert second["unchanged"] == first["created"]


@pytest.mark.usefixtures("system")
def test_a_mark_at_the_beginning_of_a_file_changes_nothing(app: Flask, tmp_path: Path) -> None:
    import_folder(folder(tmp_path / "plain"))
    document = import_folder(folder(tmp_path / "marked", encoding="utf-8-sig"))
    assert document["errors"] == []
    assert sum(document["created"].values()) == 0


@pytest.mark.usefixtures("system")
def test_a_file_that_is_not_utf8_names_the_byte_and_is_read_as_the_person_says(
    app: Flask, tmp_path: Path
) -> None:
    path = folder(tmp_path)
    (path / "teams.csv").write_bytes(as_csv(SHEETS["teams"]).encode("gb18030"))
    plan = read(path)
    assert [(p.file, p.row) for p in plan.problems] == [("teams.csv", 3)]
    offers = {offer.encoding: offer.preview for offer in plan.undecided["teams.csv"].offers}
    assert "青禾视觉" in "".join(offers["gb18030"])
    assert import_folder(path)["errors"]
    assert db.session.scalar(select(func.count(Programme.id))) == 0
    assert import_folder(path, encodings={"teams.csv": "gb18030"})["errors"] == []
    assert db.session.scalar(select(func.count(Team.id)).where(Team.name == "青禾视觉")) == 1


def workbook(sheets: dict[str, Rows]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        page.append([f"{name}（试用）"])
        for row in rows:
            page.append([cell if not cell.isdecimal() else int(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.usefixtures("system")
def test_one_workbook_with_chinese_headings_in_another_order_is_the_same_camp(
    app: Flask, tmp_path: Path
) -> None:
    import_folder(folder(tmp_path / "plain"))
    headings = {
        "team": "团队名称", "project": "项目名称*", "summary": "项目简介", "language": "语言", "members": "人数",
        "max_meetings": "最多洽谈场次", "captain_email": "负责人邮箱", "unavailable": "不可用时段",
    }  # fmt: skip
    teams = [[headings.get(cell, cell) for cell in SHEETS["teams"][0]], *SHEETS["teams"][1:]]
    teams = [list(reversed(row)) for row in teams]
    # A text that begins with = is written as text, as spreadsheets do it after an apostrophe.
    chinese = {
        "companies": "企业",
        "needs": "技术需求",
        "preferences": "对接意向",
        "agenda": "议程",
        "camp": "活动",
    }
    sheets = {"团队": teams, **{title: SHEETS[name] for name, title in chinese.items()}}
    book = openpyxl.load_workbook(io.BytesIO(workbook(sheets)))
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"
    (tmp_path / "one").mkdir()
    book.save(tmp_path / "one" / "camp 2026.xlsx")
    document = import_folder(tmp_path / "one")
    assert document["errors"] == []
    assert sum(document["created"].values()) == 0
    assert sum(document["updated"].values()) == 0


@pytest.mark.usefixtures("system")
def test_a_date_cell_is_a_date_and_a_bare_number_is_none(app: Flask, tmp_path: Path) -> None:
    for value, wrong in ((date(2026, 12, 1), False), (43102, True)):
        path = folder(tmp_path / str(wrong), without="agenda")
        book = openpyxl.Workbook()
        page = book.active
        for row in SHEETS["agenda"]:
            page.append([value if cell == "2026-12-01" else cell for cell in row])
        book.save(path / "agenda.xlsx")
        errors = read(path).problems
        assert bool([e for e in errors if e.column == "day" and e.value == str(value)]) is wrong


@pytest.mark.usefixtures("system")
def test_texts_that_a_spreadsheet_would_run_go_out_harmless_and_come_back_as_they_were(
    app: Flask, tmp_path: Path
) -> None:
    import_folder(folder(tmp_path / "in"))
    programme = db.session.scalars(select(Programme)).one()
    export_folder(programme, tmp_path / "out")
    text = (tmp_path / "out" / "teams.csv").read_text("utf-8-sig")
    assert '"\'=1+1"' in text and '"\'+86 10 5555"' in text and '"\'-5 °C"' in text
    document = import_folder(tmp_path / "out")
    assert document["errors"] == [] and sum(document["created"].values()) == 0
    assert db.session.scalar(select(Project.title).where(Project.title == "+86 10 5555"))


def test_the_page_checks_says_what_is_wrong_and_takes_the_good_rows_in(app: Flask) -> None:
    administrator = person("Ada", administrator=True)
    client = browser(app, administrator, "administrator:0")
    assert client.get("/imports").status_code == 200
    sheets = SHEETS | {"teams": spoilt("teams", 2, "trl", "12")}
    sent = {"sheets": [(io.BytesIO(as_csv(rows).encode()), f"{name}.csv") for name, rows in sheets.items()]}
    answer = client.post("/imports", data=sent, content_type="multipart/form-data")
    place = answer.headers["Location"]
    text = client.get(place).text
    assert "One thing is wrong" in text and "teams.csv" in text and "Give a number from 1 to 9." in text
    assert client.post(f"{place}/acceptance").status_code == 422
    assert db.session.scalar(select(func.count(Programme.id))) == 0
    assert browser(app, person("Eve", administrator=True), "administrator:0").get(place).status_code == 404
    done = client.post(f"{place}/acceptance", data={"rows": "good"})
    assert done.status_code == 200
    assert db.session.scalar(select(func.count(Application.id))) == 2
    assert client.get(place).status_code == 404
    packed = client.get("/programmes/small-camp/sheets.zip")
    assert "teams.csv" in zipfile.ZipFile(io.BytesIO(packed.data)).namelist()
    assert "teams.csv" in zipfile.ZipFile(io.BytesIO(client.get("/imports/template.zip").data)).namelist()


def test_the_page_offers_encodings_and_keeps_the_choice(app: Flask) -> None:
    client = browser(app, person("Ada", administrator=True), "administrator:0")
    sent = {"sheets": [(io.BytesIO(as_csv(rows).encode("gb18030" if name == "teams" else "utf-8")), f"{name}.csv")
                       for name, rows in SHEETS.items()]}  # fmt: skip
    place = client.post("/imports", data=sent, content_type="multipart/form-data").headers["Location"]
    assert "Read it as" in client.get(place).text
    client.post(f"{place}/encoding", data={"file": "teams.csv", "encoding": "gb18030"})
    assert "Every cell can be read" in client.get(place).text
    assert client.post(f"{place}/acceptance").status_code == 200
    with current.set(actor=SYSTEM):
        assert db.session.scalar(select(func.count(Team.id))) == 3


MATCH = {"team": "Team 1", "company": "Company One", "score": "5", "state": "confirmed"}
OUTCOME = {
    "team": "Team 1", "company": "Company One", "type": "pilot", "day": "2026-12-02", "title": "A pilot",
    "currency": "CNY", "intended": "50万元", "signed": "300,000.00", "paid": "", "state": "reported",
    "reported_by": "team", "confirmed_by": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "column", "typed"),
    [
        ("matches", "state", "perhaps"), ("matches", "score", "nan"), ("matches", "score", "five"),
        ("outcomes", "type", "friendship"), ("outcomes", "state", "perhaps"), ("outcomes", "intended", "a lot"),
        ("outcomes", "currency", "XXX"), ("outcomes", "reported_by", "somebody else"),
        ("outcomes", "confirmed_by", "nobody"),
    ],
)  # fmt: skip
def test_a_result_that_no_page_could_show_is_named_as_a_wrong_cell(
    tmp_path: Path, sheet: str, column: str, typed: str
) -> None:
    row = {"matches": MATCH, "outcomes": OUTCOME}[sheet]
    good, bad = ([list(row), list(one.values())] for one in (row, row | {column: typed}))
    assert read(folder(tmp_path / "good", **{sheet: good})).problems == []
    problems = read(folder(tmp_path / "bad", **{sheet: bad})).problems
    assert [(one.file, one.row, one.column, one.value) for one in problems] == [
        (f"{sheet}.csv", 2, column, typed)
    ]


def test_outcomes_come_in_with_their_amounts(app: Flask, tmp_path: Path) -> None:
    with current.set(actor=SYSTEM):
        import_folder(folder(tmp_path, outcomes=[list(OUTCOME), list(OUTCOME.values())]))
    outcome = db.session.scalars(select(Outcome)).one()
    assert (outcome.intended, outcome.signed, outcome.paid) == (Decimal(500_000), Decimal(300_000), None)


def test_a_sheet_forges_no_confirmation_of_a_side(app: Flask, tmp_path: Path) -> None:
    forged = OUTCOME | {"state": "confirmed", "confirmed_by": "company"}
    with current.set(actor=SYSTEM):
        import_folder(folder(tmp_path, outcomes=[list(forged), list(forged.values())]))
    outcome = db.session.scalars(select(Outcome)).one()
    assert (standing_of(outcome), outcome.confirmed_at) == ("sheet", None)


def test_whoever_organises_nothing_imports_nothing(app: Flask) -> None:
    client = browser(app, person("Nobody"))
    assert client.get("/imports").status_code == 404
    assert client.post("/imports", data={}).status_code == 404
    assert db.session.scalars(select(Event).where(Event.name == "camp_imported")).all() == []
