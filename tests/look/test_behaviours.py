"""Behaviours: the key is the button, nothing typed is lost or sent half-composed, undo waits for who looks at it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
PRESSED = (
    "window.pressed = 0; document.querySelector('[data-key=d]').addEventListener('click', () => pressed += 1)"
)


def test_a_key_presses_the_visible_button_but_never_while_somebody_types(visit: Visit) -> None:
    page = visit()
    page.evaluate(PRESSED)
    page.keyboard.press("d")
    assert page.evaluate("pressed") == 1
    page.get_by_label("Website").focus()
    page.keyboard.press("d")
    assert page.evaluate("pressed") == 1


def test_a_key_rests_while_a_dialog_is_open(visit: Visit) -> None:
    page = visit()
    page.evaluate(PRESSED)
    page.get_by_role("button", name="Dialog").click()
    expect(page.get_by_role("dialog", name="Decline Qinghe Vision")).to_be_visible()
    page.keyboard.press("d")
    assert page.evaluate("pressed") == 0
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    assert page.evaluate("pressed") == 1


def test_search_opens_by_slash_and_closes_by_escape(visit: Visit) -> None:
    page = visit("_layout/gallery_board")
    page.keyboard.press("/")
    expect(
        page.get_by_role(
            "combobox", name="Search programmes, teams, projects, companies, needs, conversations"
        )
    ).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()


def test_autosave_sends_only_what_changed_and_says_the_servers_time(visit: Visit, gallery: Flask) -> None:
    page = visit()
    gallery.extensions["saved"].clear()
    page.get_by_label("Website").fill("https://qinghe.example")
    expect(page.locator("[data-saved-text]")).to_have_text("Saved 05:46:31")
    (sent,) = gallery.extensions["saved"]
    assert sent == {"site": ["https://qinghe.example"], "fields": ["site"], "csrf_token": [""]}


def test_autosave_is_silent_while_an_input_method_composes(visit: Visit, gallery: Flask) -> None:
    page = visit()
    page.clock.install()
    gallery.extensions["saved"].clear()
    field = page.get_by_label("Website")
    field.evaluate(
        "e => { e.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true})); e.value = 'qing'; }"
    )
    field.evaluate("e => e.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}))")
    page.clock.run_for(900)
    assert gallery.extensions["saved"] == []
    with page.expect_request("**/save**"):
        field.evaluate("e => e.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}))")
        page.clock.run_for(900)


def test_autosave_flushes_when_the_page_is_left(visit: Visit, gallery: Flask) -> None:
    page = visit()
    gallery.extensions["saved"].clear()
    page.get_by_label("People in the team").fill("7")
    page.goto(page.url.replace("?", "errors/404?"))
    page.wait_for_load_state("networkidle")
    assert [sent["people"] for sent in gallery.extensions["saved"]] == [["7"]]


def test_what_could_not_be_saved_is_said_and_tried_again(visit: Visit) -> None:
    page = visit()
    page.context.set_offline(True)
    page.get_by_label("People in the team").fill("8")
    expect(page.locator("[data-saved-text]")).to_have_text(
        "Not saved yet: no connection. What you wrote is still here."
    )
    page.context.set_offline(False)
    expect(page.locator("[data-saved-text]")).to_have_text("Saved 05:46:31", timeout=8000)


def test_many_filters_are_folded_on_a_phone_until_they_are_wanted(visit: Visit) -> None:
    page = visit()
    one = page.locator(".filters summary", has_text="Group")
    expect(one).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(one).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    expect(one).to_be_visible()


def test_a_file_that_is_too_big_is_refused_before_it_is_sent(visit: Visit) -> None:
    page = visit()
    page.get_by_label("Project brief").evaluate(
        """e => { const d = new DataTransfer(); d.items.add(new File([new Uint8Array(21 << 20)], 'plan.pdf'));
        e.files = d.files; e.dispatchEvent(new Event('change', {bubbles: true})); }"""
    )
    expect(page.locator("[data-too-big]")).to_contain_text("plan.pdf is 21.0 MB; the limit is 20 MB")
    assert page.get_by_label("Project brief").evaluate("e => e.files.length") == 0


def test_a_chosen_file_is_named_with_its_size_in_a_unit_that_suits_it(visit: Visit) -> None:
    page = visit()
    page.get_by_label("Project brief").evaluate(
        """e => { const d = new DataTransfer(); d.items.add(new File([new Uint8Array(42496)], 'plan.pdf'));
        e.files = d.files; e.dispatchEvent(new Event('change', {bubbles: true})); }"""
    )
    expect(page.get_by_text("plan.pdf · 41.5 KB")).to_be_visible()


def test_money_is_read_back_in_full(visit: Visit) -> None:
    page = visit(lang="zh")
    page.get_by_label("希望融资").fill("500万")
    expect(page.locator(".money output")).to_have_text("= ¥5,000,000（伍佰万元整）")


def test_a_row_is_added_with_the_next_number_and_removed(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Add a row").click()
    assert page.locator(".grid-field tbody tr").count() == 3
    expect(page.locator("[name='members-2-name']")).to_be_focused()
    page.locator(".grid-field tbody tr").nth(2).get_by_role("button", name="Remove").click()
    assert page.locator(".grid-field tbody tr").count() == 2


def test_shift_takes_a_range_and_the_bar_counts_it(visit: Visit) -> None:
    page = visit()
    boxes = page.locator("tbody .sel .check")
    expect(page.locator("[data-bulkbar]")).not_to_be_visible()
    boxes.nth(1).click()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(page.locator("[data-n]")).to_have_text("3")
    page.locator("[data-all]").click()
    page.get_by_role("button", name="Select all 486 that match").click()
    expect(page.locator("[data-n]")).to_have_text("486")
    assert page.locator("[data-all-input]").input_value() == "1"


def test_destroying_asks_first_and_escape_keeps_it(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Delete the view").click()
    expect(page.get_by_role("dialog", name="Delete the view “Chips”?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Delete the view")).to_be_focused()


def test_the_readers_own_time_stands_beside_the_deadline(visit: Visit) -> None:
    page = visit()
    expect(page.locator(".bp-when [data-behaviour=local]")).to_contain_text("America/Los_Angeles")


def test_a_meeting_walks_by_keyboard_and_each_place_says_what_it_costs(visit: Visit) -> None:
    page = visit("_layout/gallery_board")
    page.locator("td[data-t='01'] > a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("td[data-free]").first).to_have_text("±0")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-h=verdict]")).to_have_text("Free")
    expect(page.locator("[data-b=team-after]")).to_have_text("0")
    for _step in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-h=why]")).to_have_text("Qinghe Vision is at Inspur then (T02)")
    expect(page.locator("[data-drop]")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.locator("td[data-t='01'] > a")).to_be_focused()
    expect(page.locator("td[data-free]")).to_have_count(0)


def test_a_ranking_moves_by_its_buttons(visit: Visit) -> None:
    page = visit("_layout/gallery_board")
    page.get_by_role("button", name="Move Tencent up").click()
    assert page.locator("[name=order]").evaluate_all("all => all.map(e => e.value)") == ["1", "3", "2"]


def test_a_meeting_without_a_place_is_picked_up_by_keyboard_and_put_back(visit: Visit) -> None:
    page = visit("_layout/gallery_board")
    waiting = page.get_by_role("button", name="Qinghe Vision – Baidu")
    waiting.focus()
    page.keyboard.press("Enter")
    expect(page.locator("td[data-free]").first).to_have_text("±0")
    expect(page.locator("td[data-cell='T01:09:00'] > button")).to_be_focused()
    expect(page.locator("[data-h=verdict]")).to_have_text("Free")
    page.keyboard.press("Escape")
    expect(waiting).to_be_focused()
    expect(page.locator("td[data-free]")).to_have_count(0)
    expect(page.locator("li[data-held]")).to_have_count(0)


def test_a_meeting_without_a_place_is_dragged_onto_a_free_one_and_not_onto_a_conflict(visit: Visit) -> None:
    page = visit("_layout/gallery_board")
    sent: list[str] = []
    page.route(
        "**/place/40**", lambda route: (sent.append(route.request.post_data or ""), route.fulfill(status=204))
    )
    waiting = page.get_by_role("button", name="Qinghe Vision – Baidu")
    box = waiting.bounding_box()
    assert box is not None

    def drag(cell: str) -> None:
        page.mouse.move(box["x"] + 8, box["y"] + 8)
        page.mouse.down()
        page.mouse.move(box["x"] + 20, box["y"] + 20, steps=3)
        expect(page.locator("td[data-free]").first).to_be_visible()
        over = page.locator(f"td[data-cell='{cell}']").bounding_box()
        assert over is not None
        page.mouse.move(over["x"] + 10, over["y"] + 10, steps=5)
        page.mouse.move(over["x"] + 12, over["y"] + 12)
        page.mouse.up()

    drag("T01:13:30")
    assert sent == []
    drag("T01:10:00")
    expect(page.locator("td[data-free]")).to_have_count(0)
    page.wait_for_timeout(200)
    assert len(sent) == 1 and "T01%3A10%3A00" in sent[0]
