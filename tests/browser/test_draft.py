"""A draft in a real Chromium: typed on the phone, resumed elsewhere, and kept while the line is gone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import Served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., Page]
ADDRESS, PASSWORD = "lin.wei@mail.example", "a long enough sentence"
TYPED = "在手机上写了一半的句子"
SAVED = re.compile(r"\d\d:\d\d")


def go(page: Page, selector: str) -> None:
    """Press it and wait for what follows."""
    page.locator(selector).first.click()
    page.wait_for_load_state("load")


def took(answer: Response) -> bool:
    """Whether the server was sent all that was typed."""
    return TYPED.encode() in (answer.request.post_data_buffer or b"")


def begin(page: Page, address: str = ADDRESS) -> None:
    """From the front page to the first section of a draft."""
    go(page, "a[href*='open-source-acceleration-camp']")
    go(page, "a[href$='/entry/new']")
    page.locator("[name=name]").fill("林薇")
    page.locator("[name=address]").fill(address)
    page.locator("[name=password]").fill(PASSWORD)
    go(page, ".formbar .btn.primary")
    go(page, ".formbar a")
    page.locator("[name=team]").fill("林下团队")
    page.locator("[name=project]").fill("林下传感")
    if page.locator("[name=track]").count():
        page.locator("[name=track]").select_option(index=1)
    go(page, ".formbar .btn.primary")
    expect(page).to_have_url(re.compile("/draft"))


def test_what_is_typed_on_the_phone_is_resumed_elsewhere_and_what_was_typed_offline_is_saved_later(
    window: Window, park_served: Served
) -> None:
    phone = window(width=360, locale="zh-CN")
    begin(phone)
    with phone.expect_response(took):
        phone.locator("#draft [name=summary]").press_sequentially(TYPED)
    expect(phone.locator("[data-saved-text]")).to_contain_text(SAVED)
    desk = window()
    desk.goto(f"{park_served.address}/sign-in", wait_until="load")
    desk.locator("[name=address]").fill(ADDRESS)
    desk.locator("[name=password]").fill(PASSWORD)
    go(desk, ".formbar .btn.primary")
    go(desk, ".lines a[href='/applications']")
    go(desk, "main tr a.btn[href$='/draft']")
    expect(desk.locator("#draft [name=summary]")).to_have_value(TYPED)
    desk.wait_for_load_state("networkidle")
    desk.context.set_offline(True)
    desk.locator("#draft [name=summary]").fill(f"{TYPED}。")
    expect(desk.locator("[data-saved-line]")).to_have_attribute("data-tone", "stop")
    expect(desk.locator("#draft [name=summary]")).to_have_value(f"{TYPED}。")
    desk.locator(".formbar .btn.primary").click()
    expect(desk.locator("[data-saved-line]")).to_have_attribute("data-tone", "stop")
    expect(desk.locator("#draft [name=summary]")).to_have_value(f"{TYPED}。")
    desk.context.set_offline(False)
    expect(desk.locator("[data-saved-text]")).to_contain_text(SAVED)
    phone.reload(wait_until="load")
    expect(phone.locator("#draft [name=summary]")).to_have_value(f"{TYPED}。")


def test_a_line_that_breaks_while_the_page_arrives_costs_nothing_that_is_typed_meanwhile(
    window: Window,
) -> None:
    phone = window(width=360, locale="zh-CN")
    begin(phone, "he.xia@mail.example")
    phone.route(re.compile(r"/behaviours/\w+\.js$"), lambda route: route.abort())
    phone.reload(wait_until="load")
    with phone.expect_response(took):
        phone.locator("#draft [name=summary]").press_sequentially(TYPED)
    phone.unroute_all()
    phone.reload(wait_until="load")
    expect(phone.locator("#draft [name=summary]")).to_have_value(TYPED)
