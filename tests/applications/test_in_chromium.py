"""The builder and the entry form as a browser plays them: drag, keys, conditions, sums, and the deadline itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Response, expect
from werkzeug.serving import make_server

from campapp.accounts.actions import begin_session
from campapp.accounts.models import Account
from campapp.accounts.sessions import COOKIE
from campapp.applications.models import Application
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.programmes.actions.form import change_form, composed, put_to_use
from campapp.programmes.actions.group import make_group
from campapp.programmes.models import Programme
from campapp.programmes.ready_made import CREDIT_CODE, ENTITY, FINANCES, REVENUE
from tests.browser.journey import redrawn
from tests.cast import person
from tests.factories import application, camp

pytestmark = pytest.mark.browser


@pytest.fixture
def served(app: Flask) -> Iterator[str]:
    """The park over a real port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


def tab(chromium: Browser, served: str, account: Account, membership: str = "", width: int = 1280) -> Page:
    """A window in which this person is signed in."""
    with current.set(actor=SYSTEM):
        token = begin_session(account, membership=membership)
    window = chromium.new_context(viewport={"width": width, "height": 900})
    window.add_cookies([{"name": COOKIE, "value": token, "url": served}])
    return window.new_page()


def soon(**after: int) -> datetime:
    return datetime.now(UTC) + timedelta(**after)


def sections(programme: Programme) -> list[list[str]]:
    """The keys of each section, as they are now: what the server wrote since is seen."""
    db.session.rollback()
    return [[field["key"] for field in section["fields"]] for section in composed(programme)["sections"]]


def carries(typed: str) -> Callable[[Response], bool]:
    """Whether the server answers a draft's saving that brought this text."""
    return lambda answer: "/draft/" in answer.url and typed in (answer.request.post_data or "")


def test_a_question_is_moved_by_keys_and_dragged_into_another_section(
    app: Flask, chromium: Browser, served: str
) -> None:
    organiser = person("Olga")
    programme = camp(organiser, deadline=soon(days=3))
    page = tab(chromium, served, organiser)
    page.goto(f"{served}/programmes/{programme.slug}/form", wait_until="networkidle")
    page.locator("#down-summary").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-list] li").first).to_have_attribute("data-key", "sector")
    assert sections(programme)[0][:2] == ["sector", "summary"]
    expect(page.locator("#down-summary")).to_be_focused()
    grip = page.locator("li[data-key=link] .grip").bounding_box()
    target = page.locator("li[data-key=trl]").bounding_box()
    assert grip is not None
    assert target is not None
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(target["x"] + 30, target["y"] + 10, steps=8)
    page.mouse.move(target["x"] + 30, target["y"] + target["height"] - 4, steps=8)
    with redrawn(page, "#composer"):
        page.mouse.up()
    assert "link" in sections(programme)[1]
    page.get_by_role("button", name="Undo").last.click()
    expect(page.locator(".toast").last).to_contain_text("Undone")
    assert "link" in sections(programme)[0]
    page.context.close()


def test_who_takes_a_question_out_by_keyboard_goes_on_at_its_neighbour(
    app: Flask, chromium: Browser, served: str
) -> None:
    organiser = person("Olga")
    programme = camp(organiser, deadline=soon(days=3))
    page = tab(chromium, served, organiser)
    page.goto(f"{served}/programmes/{programme.slug}/form", wait_until="networkidle")
    keys = page.locator("li[data-key]").evaluate_all("rows => rows.map((row) => row.dataset.key)")
    page.locator(f"#away-{keys[0]}").focus()
    with redrawn(page, "#composer"):
        page.keyboard.press("Enter")
    expect(page.locator(f"li[data-key={keys[0]}]")).to_have_count(0)
    expect(page.locator(f"li[data-key={keys[1]}] a").first).to_be_focused()
    page.context.close()


def test_a_form_file_is_named_when_it_is_chosen_and_one_too_large_is_refused_before_it_is_sent(
    app: Flask, chromium: Browser, served: str
) -> None:
    organiser = person("Olga")
    programme = camp(organiser)
    page = tab(chromium, served, organiser)
    broken: list[str] = []
    page.on("pageerror", lambda problem: broken.append(str(problem)))
    page.goto(f"{served}/programmes/{programme.slug}/form/file/new", wait_until="networkidle")
    chosen = page.locator("input[type=file]")
    chosen.set_input_files({"name": "form.json", "mimeType": "application/json", "buffer": b"{}"})
    expect(page.locator("[data-file-name]")).to_contain_text("form.json")
    chosen.set_input_files({"name": "all.json", "mimeType": "application/json", "buffer": b" " * (2 << 20)})
    expect(page.locator("[data-too-big]")).to_contain_text("all.json")
    assert broken == []
    page.context.close()


def test_the_form_asks_echoes_sums_and_says_the_group_while_it_is_filled_in(
    app: Flask, chromium: Browser, served: str
) -> None:
    captain = person("Cao", locale="zh_CN")
    programme = camp(deadline=soon(days=3))
    only = {"when": {"key": "entity", "is": ["enterprise"]}}
    with current.set(actor=SYSTEM):
        fields = [ENTITY, {**CREDIT_CODE, **only}, {**REVENUE, **only}, {**FINANCES, **only}]
        change_form(programme, lambda d: {"sections": [
            *d["sections"], {"key": "who", "title_zh": "主体", "title_en": "Who", "fields": fields}]})  # fmt: skip
        put_to_use(programme)
        make_group(programme, title_zh="小微组", title_en="Small", conditions=[
            {"fact": "answer.revenue", "most": 20_000_000}])  # fmt: skip
    entry = application(programme, captain, "青禾", state="draft")
    page = tab(chromium, served, captain, width=360)
    page.goto(f"{served}/applications/{entry.id}/draft/who", wait_until="networkidle")
    assert page.locator("[data-asked=revenue]").is_hidden()
    page.locator("input[name=entity][value=enterprise]").check(force=True)
    page.locator("[data-asked=revenue]").wait_for(state="visible")
    page.locator("input[name=revenue]").fill("1.2亿")
    echo = page.locator("[data-asked=revenue] output")
    assert echo.inner_text() == "= ¥120,000,000（壹亿贰仟万元整）"
    expect(page.locator("#standing")).to_contain_text("不符合")
    page.locator("input[name=credit_code]").fill("9100")
    page.locator("input[name=credit_code]").blur()
    expect(page.locator("[data-asked=credit_code] .error")).to_contain_text("18")
    with page.expect_response(carries("300.5")):
        for row, amount in enumerate(("500", "300.5")):
            place = page.locator("[data-asked=finances] tbody tr").nth(row)
            place.locator("[data-col=revenue] input").fill(amount)
        assert page.locator("[data-sum=revenue]").inner_text() == "¥8,005,000"
    assert _answers(entry.id).get("finances") == [{"revenue": 5_000_000}, {"revenue": 3_005_000}]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.context.close()


def _answers(entry_id: int) -> dict[str, Any]:
    db.session.rollback()
    return dict(db.session.get_one(Application, entry_id).answers)


def test_a_form_open_at_the_deadline_keeps_what_is_typed(app: Flask, chromium: Browser, served: str) -> None:
    captain = person("Cao")
    programme = camp(deadline=soon(seconds=6))
    entry = application(programme, captain, "Mine", state="draft")
    page = tab(chromium, served, captain)
    page.goto(f"{served}/applications/{entry.id}/draft/project", wait_until="networkidle")
    page.locator("textarea[name=summary]").fill("typed before")
    expect(page.locator("[data-short]")).to_have_text("Closed", timeout=30_000)
    with page.expect_response(carries("after it closed")):
        page.locator("textarea[name=summary]").fill("typed before, and after it closed")
    assert _answers(entry.id).get("summary") == "typed before, and after it closed"
    page.goto(f"{served}/applications/{entry.id}/submission/new", wait_until="networkidle")
    page.get_by_role("button", name="Submit").last.click()
    page.wait_for_load_state("networkidle")
    shown = page.inner_text("main")
    assert "The deadline has passed. Your draft is kept." in shown
    assert "typed before, and after it closed" in shown
    page.context.close()
