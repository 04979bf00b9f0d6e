"""The demo park in a real Chromium: a team registers on a phone, in Chinese; every role opens every page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served
from tests.browser.served import ROLES
from tests.browser.walk import application_of, walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., Page]
Violations = Callable[[Page], list[str]]
PHONE = 360


def press(page: Page, which: str = ".btn.primary") -> None:
    """Press the button at the foot (or the other way out) and wait for what follows."""
    page.locator(f".formbar {which}").click()
    page.wait_for_load_state("load")


def fill_in(page: Page) -> None:
    """Type something sensible into every empty field of a section."""
    for box in page.locator("#draft textarea:visible, #draft input:visible").all():
        kind = box.get_attribute("type") or "text"
        if kind in {"radio", "checkbox"}:
            continue
        if not box.input_value():
            box.fill(ANSWERS.get(box.get_attribute("name") or "", TEXT))
    for group in page.locator("#draft fieldset:visible:has(input[type=radio], input[type=checkbox])").all():
        group.locator("input[type=radio], input[type=checkbox]").first.check()
    for choice in page.locator("#draft select:visible").all():
        choice.select_option(index=1)


ANSWERS = {"founded": "2024年6月30日", "staff": "6", "link": "https://huohua.example"}
TEXT = "面向园区的边缘推理,已在两个场景中运行。"


def test_a_team_registers_on_a_phone_in_chinese_and_every_page_on_the_way_is_accessible(
    window: Window, violations: Violations
) -> None:
    page = window(width=PHONE, locale="zh-CN")
    wrong = violations(page)
    page.locator("a[href*='open-source-acceleration-camp']").first.click()
    wrong += violations(page)
    page.locator("a[href$='/entry/new']").first.click()
    expect(page).to_have_url(re.compile("/sign-up"))
    wrong += violations(page)
    page.locator("[name=name]").fill("赵晓晨")
    page.locator("[name=address]").fill("zhao.xiaochen@mail.example")
    page.locator("[name=password]").fill("a long enough sentence")
    press(page)
    expect(page).to_have_url(re.compile("/confirmation"))
    wrong += violations(page)
    press(page, "a")
    wrong += violations(page)
    page.locator("[name=team]").fill("火花一号")
    page.locator("[name=project]").fill("巡检机器人的边缘推理")
    if page.locator("[name=track]").count():
        page.locator("[name=track]").select_option(index=1)
    press(page)
    sections = 0
    while "/draft" in page.url:
        wrong += violations(page)
        fill_in(page)
        expect(page.locator("[data-saved-text]")).to_contain_text(re.compile(r"\d\d:\d\d"))
        press(page)
        sections += 1
        assert page.locator(".error:visible").all_inner_texts() == [], page.url
    expect(page).to_have_url(re.compile("/submission/new"))
    wrong += violations(page)
    press(page)
    expect(page.locator(".ticket")).to_contain_text("火花一号")
    expect(page.locator(".ticket .stamp time")).to_have_attribute("datetime", re.compile(r"\+00:00$"))
    wrong += violations(page)
    assert not wrong, "\n".join(wrong)
    assert sections >= 1


@pytest.mark.parametrize("role", ["visitor", *ROLES])
def test_no_page_that_a_role_can_reach_breaks(window: Window, park_served: Served, role: str) -> None:
    page = window(role)
    visited = walk(application_of(park_served.folder), page.request, park_served.address, each=2)
    assert [one for one in visited if one.status >= 500] == []
    assert {"desk.home.show", "programmes.programme.index", "desk.search.show"} <= {
        one.endpoint for one in visited if one.status == 200
    }
