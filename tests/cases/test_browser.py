"""What only a browser shows: both ends of a date field, 30 June however it is chosen, names on paper."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.park import Park
from campapp.programmes.models import EntryForm, Programme, Slot, Table
from campapp.programmes.standard_form import DOCUMENT
from campapp.scheduling.actions.meeting import move_meeting
from campapp.scheduling.actions.publication import publish
from campapp.scheduling.models import Meeting
from tests import factories
from tests.cases.conftest import Opened
from tests.cast import person
from tests.outcomes.arranged import add_meeting

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
one_database = pytest.mark.parametrize("park", ["sqlite"], indirect=True)
"""The browser is asked here, not the database."""
BOUNDED: dict[str, Any] = {
    "key": "ready", "kind": "date", "label_zh": "何时可用", "label_en": "Ready on", "least": "2026-12-01",
    "most": "2026-12-31",
}  # fmt: skip


@pytest.fixture
def programme(app: Flask) -> Programme:
    db.session.add(Park(name_en="Software Park", name_zh="软件园"))
    db.session.commit()
    now = clock.now()
    first = (now + timedelta(days=7)).date()
    return factories.camp(person("Olga"), deadline=now + timedelta(days=1), first_day=first)


def draft_with(programme: Programme, field: dict[str, Any]) -> Application:
    """A draft whose form asks for this too, first of all."""
    entry = factories.application(programme, person("Cao"), "Alpha", state="draft")
    document = deepcopy(DOCUMENT)
    document["sections"][0]["fields"].insert(0, field)
    form = db.session.scalars(select(EntryForm)).one()
    form.document = document
    db.session.commit()
    return entry


def kept(entry: Application, key: str) -> object:
    db.session.rollback()
    return db.session.get_one(Application, entry.id, populate_existing=True).answers.get(key)


def window(opened: Opened, name: str = "Cao", *, zone: str = "Asia/Shanghai", locale: str = "en") -> Page:
    """A page of this person's."""
    account = db.session.scalars(select(Account).where(Account.name == name)).one()
    account.locale = "zh_CN" if locale.startswith("zh") else "en"
    db.session.commit()
    return opened(account, zone=zone, locale=locale).new_page()


def choose(page: Page, field: Locator, day: str) -> dict[str, Any]:
    """Give a date field this day; what the server answers."""
    with page.expect_response(lambda answer: day in (answer.request.post_data or "")) as sent:
        field.fill(day)
        field.dispatch_event("change")
    found: dict[str, Any] = sent.value.json()
    return found


@one_database
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Honolulu"])
def test_both_ends_of_a_date_field_can_be_chosen_by_a_reader_anywhere_and_the_server_agrees(
    app: Flask, programme: Programme, opened: Opened, zone: str
) -> None:
    entry = draft_with(programme, BOUNDED)
    page = window(opened, zone=zone)
    page.goto(f"/applications/{entry.id}/draft", wait_until="load")
    field = page.locator("[name=ready]")
    assert (field.get_attribute("min"), field.get_attribute("max")) == ("2026-12-01", "2026-12-31")
    for day in ("2026-12-01", "2026-12-31"):
        assert choose(page, field, day)["errors"] == {}
        assert field.evaluate("field => field.validity.valid")
        assert kept(entry, "ready") == day
    for day in ("2026-11-30", "2027-01-01"):
        assert choose(page, field, day)["errors"]["ready"]
        assert not field.evaluate("field => field.validity.valid")
    assert kept(entry, "ready") == "2026-12-31"


@one_database
@pytest.mark.parametrize(("locale", "shown"), [("en", "30 June 2026"), ("zh-CN", "2026年6月30日")])
def test_the_thirtieth_of_june_is_june_however_it_is_chosen_and_shown_in_the_readers_words(
    app: Flask, programme: Programme, opened: Opened, locale: str, shown: str
) -> None:
    entry = draft_with(programme, {**BOUNDED, "least": None, "most": None})
    page = window(opened, locale=locale, zone="America/Los_Angeles")
    page.goto(f"/applications/{entry.id}/draft", wait_until="load")
    field = page.locator("[name=ready]")
    assert choose(page, field, "2026-06-30")["errors"] == {}
    assert kept(entry, "ready") == "2026-06-30"
    choose(page, field, "2026-07-01")
    with page.expect_response(lambda answer: "2026-06-30" in (answer.request.post_data or "")):
        field.evaluate(BACK)
    assert kept(entry, "ready") == "2026-06-30"
    page.locator("#draft [name=summary]").fill("We build it.")
    field.evaluate("field => { field.type = 'text'; field.value = '2026年6月30日'; }")
    page.locator(".formbar .btn.primary").click()
    page.wait_for_load_state("load")
    assert kept(entry, "ready") == "2026-06-30"
    page.goto(f"/applications/{entry.id}", wait_until="load")
    expect(page.locator("main")).to_contain_text(shown)


BACK = "one => { one.stepDown(); one.dispatchEvent(new Event('change', {bubbles: true})); }"
"""One day back, as the picker's arrow does."""
PEOPLE = ("王小明", "𠮷田", "Nguyễn", "Οδυσσέας")
LONG = "Zentrum für angewandte Wissenschaftskommunikationsforschung und 中关村软件园国际创新合作发展中心有限责任公司"
CUT = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const style = getComputedStyle(one);
  const cuts = style.overflowX !== "visible" || style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
  return (cuts && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
    || one.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
}).map((one) => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 60)}`)"""


def on_paper(programme: Programme) -> None:
    """Each of these people with a team and a company of their name, and a meeting of the two, published."""
    slots = db.session.scalars(select(Slot).order_by(Slot.starts_at)).all()
    for name, slot in zip((*PEOPLE, LONG), slots, strict=False):
        entry = factories.application(programme, person(f"P{slot.id}"), f"{name} 队", state="accepted")
        company = factories.participation(programme, name)
        own = select(Table).where(Table.participation_id == company.id)
        with current.set(actor=SYSTEM), bulk():
            match = add_meeting(programme, entry, company)
            meeting = db.session.scalars(select(Meeting).where(Meeting.match_id == match.id)).one()
            move_meeting(programme, meeting, slot, db.session.scalars(own).one())
    with current.set(actor=SYSTEM):
        publish(programme, seen=0)


@one_database
@pytest.mark.parametrize(
    "sheet", ["table-signs", "day-sheets/team", "day-sheets/company", "attendance", "slips"]
)
def test_names_are_printed_whole_with_every_sign_and_can_be_selected(
    app: Flask, programme: Programme, opened: Opened, tmp_path: Path, sheet: str
) -> None:
    on_paper(programme)
    page = window(opened, "Olga", locale="zh-CN")
    page.goto(f"/programmes/{programme.slug}/paper/{sheet}", wait_until="load")
    page.set_viewport_size({"width": 794, "height": 1123})  # an A4 page
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []
    page.pdf(path=str(tmp_path / "sheet.pdf"), prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")
    text = "".join("".join(one.get_textpage().get_text_range().split()) for one in document)
    document.close()
    for name in PEOPLE:
        assert name in text, name
    assert "".join(LONG.split()) in text.replace("\ufffe", "").replace("-", "")


NAMES = (
    "百度", "浪潮", "绿地", "重庆大学", "华为", "联想", "东华", "易捷行云", "PaddlePaddle", "甲", "乙", "丙", "丁",
    "戊", "己", "庚",
)  # fmt: skip


@one_database
def test_a_long_list_of_names_answers_initials_pinyin_and_the_name_itself(
    app: Flask, programme: Programme, opened: Opened
) -> None:
    choices = [{"value": f"c{n}", "zh": name, "en": name} for n, name in enumerate(NAMES)]
    field = {"key": "whom", "kind": "choice", "label_zh": "企业", "label_en": "Company", "choices": choices}
    entry = draft_with(programme, field)
    page = window(opened, locale="zh-CN")
    page.goto(f"/applications/{entry.id}/draft", wait_until="load")
    box, listed = page.locator("[data-field=whom] .pick"), page.locator("[name=whom]")
    for typed, value in (("bd", "c0"), ("lvdi", "c2"), ("ＣＱ", "c3"), ("华", "c4"), ("paddle", "c8")):
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            box.fill(typed)
        expect(listed).to_have_value(value)
    assert kept(entry, "whom") == "c8"
    box.fill("")
    expect(listed.locator("option")).to_have_count(1 + len(NAMES))
    expect(listed).to_have_value("c8")
