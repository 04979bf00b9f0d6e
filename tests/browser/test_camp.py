"""One camp in a real Chromium, in Chinese: a team on its phone, the organiser, a company, and the team again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journey import Journey, work_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Setting = Callable[..., Journey]
PHONE = 360
TEAM, PROJECT = "火花一号", "巡检机器人的边缘推理"
ANSWERS = {"founded": "2024年6月30日", "staff": "6", "link": "https://huohua.example"}
TEXT = "面向园区的边缘推理,已在两个场景中运行。"


def fill_in(page: Page) -> None:
    """Type something sensible into every empty field of a section."""
    for box in page.locator("#draft textarea:visible, #draft input:visible").all():
        kind = box.get_attribute("type") or "text"
        if kind in {"radio", "checkbox"}:
            continue
        if not box.input_value():
            box.fill(ANSWERS.get(box.get_attribute("name") or "", TEXT))
    for group in page.locator("#draft fieldset:visible:has(input[type=radio], input[type=checkbox])").all():
        own = group.locator("[value=team]")  # no enterprise: that group asks for a credit code
        (own if own.count() else group.locator("input[type=radio], input[type=checkbox]")).first.check()
    for choice in page.locator("#draft select:visible").all():
        own = choice.locator("[value=team]")
        if own.count():
            choice.select_option("team")
        else:
            choice.select_option(index=1)


def register(team: Journey) -> str:
    """From the front page to the receipt; the programme's address comes back."""
    page = team.page
    team.press(page.locator("a[href*='open-source-acceleration-camp']").first)
    programme = re.sub(r"https?://[^/]+", "", page.url)
    team.press(page.locator("a[href$='/entry/new']").first)
    expect(page).to_have_url(re.compile("/sign-up"))
    page.locator("[name=name]").fill("赵晓晨")
    page.locator("[name=address]").fill("zhao.xiaochen@mail.example")
    page.locator("[name=password]").fill("a long enough sentence")
    team.press(page.locator(".formbar .btn.primary"))
    expect(page).to_have_url(re.compile("/confirmation"))
    team.press(page.locator(".formbar a"))
    page.locator("[name=team]").fill(TEAM)
    page.locator("[name=project]").fill(PROJECT)
    if page.locator("[name=track]").count():
        page.locator("[name=track]").select_option(index=1)
    team.press(page.locator(".formbar .btn.primary"))
    while "/draft" in page.url:
        fill_in(page)
        expect(page.locator("[data-saved-text]")).to_contain_text(re.compile(r"\d\d:\d\d"))
        team.press(page.locator(".formbar .btn.primary"))
    expect(page).to_have_url(re.compile("/submission/new"))
    for purpose in page.locator("main input[type=checkbox]:visible").all():
        purpose.check()  # the team agrees to being shown to companies
    team.press(page.locator(".formbar .btn.primary"))
    expect(page.locator(".ticket")).to_contain_text(TEAM)
    expect(page.locator(".ticket .stamp time")).to_have_attribute("datetime", re.compile(r"\+00:00$"))
    return programme


def decide(organiser: Journey, programme: str, word: str) -> None:
    """Choose the team in the list, decide, and send the message."""
    organiser.open(f"{programme}/applications")
    organiser.page.locator("tr", has_text=TEAM).locator("input[name=row]").check()
    organiser.press(organiser.button(word))
    organiser.press(organiser.page.locator("main .btn.primary"))
    organiser.press(organiser.page.locator("main .btn.primary"))


def finished(organiser: Journey) -> None:
    """Wait until the run on the page has an answer, and choose it."""
    choose = organiser.page.locator("form[action$='/choice'] button")
    expect(choose).to_be_visible(timeout=90_000)
    organiser.look()
    organiser.press(choose)


def test_a_camp_from_registration_to_the_agenda(journey: Setting) -> None:
    team = journey(width=PHONE, locale="zh-CN")
    programme = register(team)
    organiser = journey("organiser", locale="zh-CN")
    work_in(organiser, "开源创新加速营")
    decide(organiser, programme, "合格")
    decide(organiser, programme, "录取")
    organiser.open(f"{programme}/companies")
    organiser.press(organiser.button("向全部企业展示团队"))
    organiser.open(f"{programme}/matching")
    organiser.press(organiser.button("计算"))
    finished(organiser)
    organiser.open(f"{programme}/releases/new")
    organiser.press(organiser.page.locator("main .btn.primary"))
    organiser.press(organiser.page.locator("main .btn.primary"))
    company = journey("representative", width=PHONE, locale="zh-CN")
    company.press(company.page.locator("a[href*='/matches']").first)
    company.press(company.page.locator("main a", has_text=TEAM).first)
    expect(company.page.locator("main h1")).to_contain_text(PROJECT)
    company.page.keyboard.press("a")
    expect(company.page.locator(".toast")).to_contain_text(TEAM)
    company.look()
    team.open("/matches")
    team.press(team.page.locator("main a[href*='/matches/']").first)
    team.page.keyboard.press("a")
    expect(team.page.locator(".toast")).to_be_visible()
    team.look()
    organiser.open(f"{programme}/board")
    organiser.press(organiser.button("全部排定"))
    finished(organiser)
    expect(organiser.page.locator("main")).to_contain_text(TEAM)
    organiser.open(f"{programme}/publication/new")
    organiser.press(organiser.page.locator("main .btn.primary"))
    organiser.press(organiser.page.locator("main .btn.primary"))
    team.open("/")
    team.press(team.page.get_by_role("link", name="完整议程"))
    expect(team.page.locator("main")).to_contain_text("砚北智算")
