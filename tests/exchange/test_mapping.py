"""A coordinator's own sheet: headings mapped once and remembered, one list into a camp, mobile numbers."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.accounts.models import Address
from campapp.applications.models import Application
from campapp.companies.models import Representative
from campapp.core.db import db
from campapp.core.sheet.escape import unescaped
from campapp.exchange.camp.columns import contact
from campapp.exchange.models import HeadingMap
from campapp.teams.models import Member, Team
from tests.cast import browser, person
from tests.exchange.sheets import as_csv
from tests.factories import camp

OWN: list[list[Any]] = [
    ["2026 年开源创新加速营报名汇总", "", "制表：创新中心"],
    ["填表日期：2026 年 11 月", "制表人：王老师", ""],
    ["组名", "作品", "组长", "组长手机号", "场数"],
    ["火花队", "轻量语音识别", "王小明", "138 0000 8000", 3],
    ["青禾", "端侧视觉", "李雷", 13900008001, 2],
]
MAPPED = {
    "holds": "teams", "row": "3", "from_team": "0", "from_project": "1", "from_captain": "2", "from_captain_phone": "3",
    "from_max_meetings": "4", "all_language": "zh",
}  # fmt: skip


def book(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> io.BytesIO:
    """A workbook."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    made.save(out)
    out.seek(0)
    return out


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The administrator's browser, in English."""
    return browser(app, person("Ada", administrator=True), "administrator:0")


def upload(client: FlaskClient, file: io.BytesIO, name: str, into: str = "") -> str:
    """Upload a file; the address of its check."""
    sent = {"sheets": [(file, name)], "into": into}
    answer = client.post("/imports", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_list_of_teams_with_headings_of_its_own_comes_into_a_camp_that_is_there(
    client: FlaskClient,
) -> None:
    slug = camp(person("Olga")).slug
    place = upload(client, book(("Sheet1", OWN)), "报名汇总.xlsx", slug)
    assert "It is not clear what this file holds." in client.get(place).text
    assert client.post(f"{place}/acceptance").status_code == 422
    page = client.get(f"{place}/sheets/0?holds=teams&row=3").text
    assert "组长手机号" in page and "火花队" in page
    assert client.post(f"{place}/sheets/0?_method=put", data=MAPPED).status_code == 303
    assert "Every cell can be read" in client.get(place).text
    assert client.post(f"{place}/acceptance").status_code == 200
    named = {m.name: m for m in db.session.scalars(select(Member).order_by(Member.id))}
    assert {name: (m.phone, m.mail, m.captain, m.account_id) for name, m in named.items()} == {
        "王小明": ("+8613800008000", "", True, None), "李雷": ("+8613900008001", "", True, None),
    }  # fmt: skip
    assert db.session.scalars(select(Address).where(Address.kind == "phone")).all() == []
    assert {a.state for a in db.session.scalars(select(Application))} == {"accepted"}


def test_the_same_headings_in_another_order_are_known_the_next_time(client: FlaskClient) -> None:
    slug = camp(person("Olga")).slug
    place = upload(client, book(("Sheet1", OWN)), "报名汇总.xlsx", slug)
    client.post(f"{place}/sheets/0?_method=put", data=MAPPED)
    turned = [list(reversed(row)) for row in OWN[2:]]
    later = upload(client, book(("第二批", turned), ("说明", [["随便写写", "不导入"]])), "二.xlsx", slug)
    page = client.get(later).text
    assert "as mapped by hand" in page and "Every cell can be read" in page
    assert client.post(f"{later}/acceptance").status_code == 200
    assert set(db.session.scalars(select(Team.name))) == {"火花队", "青禾"}
    # Forgotten, such a sheet is not clear again.
    assert client.post(f"{place}/sheets/0?_method=delete").status_code == 303
    assert db.session.scalars(select(HeadingMap)).all() == []
    assert "It is not clear what this file holds." in client.get(place).text


def test_a_needed_column_without_a_heading_takes_what_holds_for_every_row(client: FlaskClient) -> None:
    slug = camp(person("Olga")).slug
    place = upload(client, book(("Sheet1", OWN)), "报名汇总.xlsx", slug)
    without = {key: value for key, value in MAPPED.items() if key != "from_max_meetings"}
    answer = client.post(f"{place}/sheets/0?_method=put", data=without)
    assert answer.status_code == 422
    assert "Choose a heading, or say what holds for every row." in answer.text
    answer = client.post(f"{place}/sheets/0?_method=put", data=without | {"all_max_meetings": "many"})
    assert answer.status_code == 422 and "This is not a whole number." in answer.text
    assert 'value="many"' in answer.text
    client.post(f"{place}/sheets/0?_method=put", data=without | {"all_max_meetings": "4"})
    client.post(f"{place}/acceptance")
    assert set(db.session.scalars(select(Application.max_meetings))) == {4}


def test_a_sheet_of_notes_is_left_out_once_and_for_all(client: FlaskClient) -> None:
    place = upload(
        client, io.BytesIO(as_csv([["甲", "乙"], ["1", "2"]]).encode()), "随记.csv", camp(person("O")).slug
    )
    client.post(f"{place}/sheets/0?_method=put", data={"holds": "nothing", "row": "1"})
    page = client.get(place).text
    assert "left out" in page and "Every cell can be read" in page


def test_sheets_go_into_nobody_elses_camp(app: Flask) -> None:
    olga = person("Olga")
    own, other = camp(olga, title="Own"), camp(person("Oskar"), title="Other")
    mine = browser(app, olga, f"organiser:{own.id}")
    offered = mine.get("/imports").text
    assert f'value="{own.slug}"' in offered and f'value="{other.slug}"' not in offered
    sent = {"sheets": [(book(("Sheet1", OWN)), "x.xlsx")], "into": other.slug}
    answer = mine.post("/imports", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422 and "There is no such programme of yours." in answer.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("A@Teams.Example", "a@teams.example"), ("13800008000", "+8613800008000"), ("＋852 5123 4567", "+85251234567")],
)  # fmt: skip
def test_a_mobile_number_stands_in_place_of_a_mail_address(typed: str, kept: str) -> None:
    assert contact(typed) == kept


def test_a_company_without_mail_is_reached_by_its_number_and_comes_out_with_it(client: FlaskClient) -> None:
    slug = camp(person("Olga")).slug
    rows = [
        ["企业名称", "联系人", "手机", "洽谈桌数", "最多洽谈场次"],
        ["百度示例", "张三", "13700001234", 1, 8],
    ]
    place = upload(client, book(("企业名单", rows)), "企业.xlsx", slug)
    assert client.post(f"{place}/acceptance").status_code == 200
    someone = db.session.scalars(select(Representative)).one()
    assert (someone.name, someone.phone, someone.mail) == ("张三", "+8613700001234", "")
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"/programmes/{slug}/sheets.zip").data))
    out = list(csv.reader(io.StringIO(packed.read("companies.csv").decode("utf-8-sig"))))
    assert [unescaped(cell) for cell in out[1][:2]] == ["百度示例", "+8613700001234"]


@pytest.mark.parametrize("typed", ["99", "x", "-1"])
def test_a_heading_that_the_sheet_does_not_have_is_refused_beside_its_field(
    client: FlaskClient, typed: str
) -> None:
    sent = {"sheets": [(book(("表1", OWN)), "own.xlsx")]}
    place = client.post("/imports", data=sent, content_type="multipart/form-data").headers["Location"]
    assert client.put(f"{place}/sheets/0", data=MAPPED | {"from_team": typed}).status_code == 422
    assert client.get(f"{place}/sheets/0?row={'9' * 5000}").status_code == 200
    assert db.session.scalars(select(HeadingMap)).all() == []
