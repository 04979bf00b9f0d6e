"""A student team from abroad, by mail and in English: registered without a credit code, resumed, sent, taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.arranged import ENTRY, GROUPS, call, inside
from tests.browser.conftest import Served
from tests.browser.journey import Journey, code_in
from tests.core.test_upload import pdf

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Setting = Callable[..., Journey]
HERE = {"locale": "en", "zone": "Europe/Berlin"}
NAME, MAIL, PASSWORD = "Zoë Østergård-Müller", "zoe@uni.example", "seven quiet bicycles"
TEAM, PROJECT = "Isar Robotics", "Soft grippers for sorting"
SUMMARY = "A gripper that sorts returned parcels without crushing them."


def sign_up(phone: Journey, mailbox: Journey) -> None:
    """By mail; the code is typed on the page that asked for the address."""
    page = phone.page
    expect(page).to_have_url(re.compile("/sign-up"))
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=address]").fill(MAIL)
    page.locator("[name=password]").fill(PASSWORD)
    phone.press(page.locator(".formbar .btn.primary"))
    page.locator("[name=code]").fill(code_in(mailbox, MAIL))
    phone.press(page.locator(".formbar .btn.primary"))
    expect(page).to_have_url(re.compile("/entry/new"))


def begin(phone: Journey) -> None:
    """A team has no code to give; which group it is in waits for its country."""
    page = phone.page
    page.locator("[name=team]").fill(TEAM)
    page.locator("[name=project]").fill(PROJECT)
    phone.next()
    page.locator(".card", has_text="Team (no company yet)").click()
    expect(page.locator("[data-asked=credit_code]")).to_be_hidden()
    expect(page.locator("#standing li", has_text="International teams").first).to_contain_text(
        "not given yet"
    )
    phone.saved()


def say_the_country(phone: Journey) -> None:
    """The university behind the team: a country and its own register's number."""
    page = phone.page
    phone.press(page.get_by_role("link", name="Say which entity it is"))
    page.locator("[name=name]").fill("Isar University of Technology")
    page.locator("[name=country]").select_option("DE")
    page.locator("[name=registration_number]").fill("DE 129 274 202")
    phone.press(page.locator(".formbar .btn.primary"))
    expect(page.locator("main")).to_contain_text("Isar University of Technology")
    phone.press(page.get_by_role("link", name="Back"))
    phone.press(page.get_by_role("link", name="Today").first)
    phone.press(page.get_by_role("link", name="Go on with the draft"))
    expect(page.locator("#standing li", has_text="International teams").first).to_contain_text("your group")
    phone.next()
    page.locator("[name=summary]").press_sequentially(SUMMARY[:24])
    phone.saved()


def go_on_elsewhere(desk: Journey, letter: Path) -> None:
    """The second device holds what was typed on the first, and finishes it."""
    page = desk.page
    desk.press(page.locator("header a[href*='/sign-in'], header a[href*='/session/new']").first)
    page.locator("[name=address]").fill(MAIL)
    page.locator("[name=password]").fill(PASSWORD)
    desk.press(page.locator(".formbar .btn.primary"))
    desk.press(page.get_by_role("link", name="Go on with the draft"))
    desk.next()
    expect(page.locator("[name=summary]")).to_have_value(SUMMARY[:24])
    page.locator("[name=summary]").fill(SUMMARY)
    row = page.locator("[data-asked=members] tbody tr").first
    row.locator("[data-col=name] input").fill(NAME)
    row.locator("[data-col=degree] select").select_option("master")
    desk.saved()
    desk.next()
    expect(page.locator("#file-video")).to_be_hidden()
    page.locator("[name=promise]").set_input_files(letter)
    expect(page.locator("#file-promise .doc b")).to_have_text(letter.name)
    desk.next()


def test_a_student_team_from_abroad_registers_by_mail_and_changes_its_mind(
    journey: Setting, park_served: Served, tmp_path: Path
) -> None:
    with inside(park_served.folder):
        programme = call("国际学生加速营", "International Student Camp", ENTRY, GROUPS)
    phone = journey(width=360, height=800, **HERE)
    phone.open(programme)
    phone.press(phone.page.locator("a[href$='/entry/new']").first)
    sign_up(phone, journey(**HERE))
    begin(phone)
    say_the_country(phone)
    desk = journey(**HERE)
    page, receipt = desk.page, desk.page.locator(".ticket")
    go_on_elsewhere(desk, pdf(tmp_path / "signed letter.pdf"))
    desk.next()
    expect(receipt).to_contain_text("Time of the server")
    expect(receipt).to_contain_text(NAME)
    desk.press(page.get_by_role("button", name="Take the submission back"))
    expect(page.locator("main")).to_contain_text("Go on with the draft")
    phone.page.reload(wait_until="load")
    expect(phone.page.locator("[name=summary]")).to_have_value(SUMMARY)
    phone.page.locator("[name=summary]").fill(f"{SUMMARY} Twice as fast now.")
    phone.saved()
    phone.next()
    phone.next()
    expect(phone.page.locator("main")).to_contain_text("Twice as fast now.")
    phone.next()
    expect(phone.page.locator(".ticket dl")).to_contain_text("2 ·")
    phone.press(phone.page.get_by_role("link", name="Withdraw…"))
    phone.page.locator("[name=reason]").fill("Our examinations are in that week.")
    phone.press(phone.page.get_by_role("button", name="Withdraw"))
    expect(phone.page.locator("main")).to_contain_text("Withdrawn")
    phone.press(phone.page.get_by_role("link", name="Register again"))
    phone.page.locator("[name=known]").select_option(label=PROJECT)
    phone.next()
    phone.next()
    expect(phone.page.locator("[name=summary]")).to_have_value(re.compile("gripper"))
