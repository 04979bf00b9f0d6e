"""An organiser composes a form with a condition, puts it to use, and checks thirty entries beside a colleague."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from campapp.accounts.actions import begin_session
from campapp.core import clock
from tests.browser.arranged import call, inside, programme_at
from tests.browser.conftest import Served
from tests.browser.journey import Journey, redrawn, work_in
from tests.browser.thirty import COUNT, TWINS, WITHOUT_CODE, colleague, hand_in, name_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Setting = Callable[..., Journey]
TITLE = "星河加速营"
OUT_OF_SCOPE = "项目与本次活动方向无关"


# ------------------------------------------------------------------------------------------------ the form
def compose(organiser: Journey, form: str) -> None:
    """Ready-made questions, one hung on the other's answer, and one of the organiser's own."""
    page = organiser.page
    organiser.open(form)
    for ready in ("entity", "credit_code"):
        page.locator("#into").select_option("team")
        organiser.press(page.locator(f"button[name=ready][value={ready}]"), looking=False)
    organiser.press(page.locator("li[data-key=credit_code] a"))
    page.locator("[name=when_key]").select_option("entity")
    expect(page.get_by_label("技术成熟度等级（TRL）: 1")).to_be_hidden()
    page.get_by_label("参赛主体: 企业").check()
    organiser.press(page.get_by_role("button", name="保存", exact=True), looking=False)
    expect(page.locator("li[data-key=credit_code]")).to_contain_text("企业")
    organiser.press(page.locator("button[name=kind][value=long]"))
    page.locator("[name='label-zh']").fill("落地计划")
    page.locator("[name='label-en']").fill("Plan for the park")
    expect(page.locator("#shown")).to_contain_text("Plan for the park")
    organiser.press(page.get_by_role("button", name="保存", exact=True))


def put_in_order(organiser: Journey) -> None:
    """By keys within a section, by dragging into another; undone and done again."""
    page, own = organiser.page, organiser.page.locator("li[data-key^=long]")
    key = own.get_attribute("data-key")
    before = place_of(organiser, own)
    page.locator(f"#up-{key}").focus()
    with redrawn(page, "#composer"):
        page.keyboard.press("Alt+ArrowUp")
    expect(organiser.page.locator("[data-list] li").nth(before - 1)).to_have_attribute("data-key", str(key))
    expect(page.locator(f"#up-{key}")).to_be_focused()
    drag(organiser, own, page.locator("li[data-key=offer]"))
    expect(page.locator("[data-list][data-key=wishes]")).to_contain_text("落地计划")
    organiser.press(page.locator(".toast [data-undo]").last, looking=False)
    expect(page.locator("[data-list][data-key=wishes]")).not_to_contain_text("落地计划")
    drag(organiser, own, page.locator("li[data-key=offer]"))
    expect(page.locator("[data-list][data-key=wishes]")).to_contain_text("落地计划")


def place_of(organiser: Journey, one: Locator) -> int:
    keys = organiser.page.locator("[data-list] li").evaluate_all("all => all.map(one => one.dataset.key)")
    return keys.index(one.get_attribute("data-key"))


def drag(organiser: Journey, what: Locator, onto: Locator) -> None:
    """With the mouse, by its grip."""
    mouse = organiser.page.mouse
    what.scroll_into_view_if_needed()
    grip, target = what.locator(".grip").bounding_box(), onto.bounding_box()
    assert grip is not None
    assert target is not None
    mouse.move(grip["x"] + 5, grip["y"] + 5)
    mouse.down()
    mouse.move(target["x"] + 30, target["y"] + 10, steps=8)
    mouse.move(target["x"] + 30, target["y"] + target["height"] - 4, steps=8)
    with redrawn(organiser.page, "#composer"):
        mouse.up()


def preview(organiser: Journey) -> None:
    """In both languages and widths; the condition plays in the preview as it will for a team."""
    page = organiser.page
    for language, width, words in (("English", "手机", "Kind of entrant"), ("中文", "电脑", "参赛主体")):
        organiser.press(page.get_by_role("link", name=language, exact=True), looking=False)
        organiser.press(page.get_by_role("link", name=width, exact=True))
        sheet = page.locator(f".preview-sheet.as-{'phone' if width == '手机' else 'desktop'}")
        expect(sheet).to_have_count(1)
        expect(sheet).to_contain_text(words)
        code = sheet.locator("[data-asked=credit_code]")
        expect(code).to_be_hidden()
        sheet.locator("[data-asked=entity] .card").first.click()
        expect(code).to_be_visible()


def put_to_use(organiser: Journey) -> None:
    """The effect first, then the version."""
    page = organiser.page
    organiser.press(page.get_by_role("link", name="查看影响并启用"))
    expect(page.locator("main table")).to_contain_text("落地计划")
    organiser.press(page.get_by_role("button", name="启用第 2 版"))
    organiser.press(page.get_by_role("link", name="审查清单").first)
    organiser.press(page.get_by_role("button", name="保存", exact=True))


# ------------------------------------------------------------------------------------------------ the check
def mark(checker: Journey, number: int, verdict: str, reason: str = "") -> Locator:
    """Mark an item of the list, counted from the end; what the page says of it then."""
    item = checker.page.locator("#check > div > ol > li").nth(-number)
    item.locator(f"input[value={verdict}]").check()
    item.locator("[name=reason]").fill(reason)
    with redrawn(checker.page, "#check"):
        item.get_by_role("button", name="标记").click()
    return item.locator(".chip")


def end(organiser: Journey, verdict: str, *, looking: bool = False) -> None:
    organiser.press(organiser.page.locator(f"button[name=to][value={verdict}]"), looking=looking)


def check_one(organiser: Journey, number: int) -> str:
    """How the check of this entry ends; its page is open."""
    page = organiser.page
    expect(page.locator("h1")).to_contain_text(name_of(number))
    failed = page.locator("#check > div > ol > li", has=page.locator(".chip", has_text="不通过")).locator(
        "[name=reason]"
    )
    if number == WITHOUT_CODE[0]:
        expect(failed).to_have_value("没有有效的统一社会信用代码。")
        expect(mark(organiser, 1, "failed", OUT_OF_SCOPE)).to_have_text("不通过")
        until = clock.now().astimezone(ZoneInfo("Asia/Shanghai")) + timedelta(days=2)
        page.locator("[name=respond_by]").fill(f"{until:%Y-%m-%d} 24:00")
        organiser.look()
        end(organiser, "returned", looking=True)
        return "returned"
    expect(mark(organiser, 1, "passed")).to_have_text("通过")
    if number == TWINS[1]:
        expect(failed).to_have_value(re.compile(r"\bA-00"))
        expect(mark(organiser, 2, "passed")).to_have_text("通过")
    verdict = "ineligible" if number in {WITHOUT_CODE[1], TWINS[0]} else "eligible"
    end(organiser, verdict)
    return verdict


def both_at_once(organiser: Journey, second: Journey) -> None:
    """Two mark the same item: the later one is shown the other's, and nothing is overwritten unseen."""
    path = re.sub(r"https?://[^/]+", "", organiser.page.url)
    second.open(path)
    expect(mark(organiser, 1, "passed")).to_have_text("通过")
    mark(second, 1, "failed", OUT_OF_SCOPE)
    told = second.page.locator("#check .notice[role=alert]")
    expect(told).to_contain_text("刚刚标记为：通过")
    expect(second.page.locator(f"#check [name=reason][value='{OUT_OF_SCOPE}']")).to_have_count(1)
    second.look()
    expect(mark(second, 1, "passed")).to_have_text("通过")
    expect(told).to_have_count(0)


def test_an_organiser_composes_a_form_and_checks_thirty_entries(
    journey: Setting, park_served: Served
) -> None:
    with inside(park_served.folder):
        programme = call(TITLE, "Galaxy Camp")
    organiser = journey("organiser", locale="zh-CN", height=900)
    page = organiser.page
    work_in(organiser, TITLE)
    compose(organiser, f"{programme}/form")
    put_in_order(organiser)
    preview(organiser)
    put_to_use(organiser)
    with inside(park_served.folder):
        captains = hand_in(programme_at(programme))
        token = colleague(programme_at(programme))
        of_returned = begin_session(captains[WITHOUT_CODE[0]])
    organiser.open(f"{programme}/applications?state=submitted&sort=number")
    expect(page.locator(".pager")).to_contain_text(str(COUNT))
    organiser.press(page.get_by_role("link", name="星河项目01"))
    organiser.press(page.get_by_role("link", name="形式审查", exact=True))
    both_at_once(organiser, journey(locale="zh-CN", token=token))
    ended = [check_one(organiser, number) for number in range(COUNT)]
    for state, word in (("eligible", "合格"), ("ineligible", "审查未通过"), ("returned", "已退回")):
        organiser.open(f"{programme}/applications?state={state}")
        expect(page.locator(".pager")).to_contain_text(re.compile(rf"\b{ended.count(state)}\b"))
        expect(page.locator("tbody tr").first).to_contain_text(word)
    team = journey(locale="zh-CN", width=360, token=of_returned)
    team.press(team.page.get_by_role("link", name="继续填写草稿"))
    for reason in ("没有有效的统一社会信用代码", OUT_OF_SCOPE):
        expect(team.page.locator("main")).to_contain_text(reason)
