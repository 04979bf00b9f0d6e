"""A person at a window: what they press, what comes up, and what axe says of each page that they pass."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from playwright.sync_api import Error, Locator, Page, expect

Violations = Callable[[Page], list[str]]
PATIENCE = 30.0
"""Seconds that a message may take to be written by the worker."""


class Journey:
    """A person at a window: each page that comes up is looked at."""

    def __init__(self, page: Page, violations: Violations, wrong: list[str]) -> None:
        self.page = page
        self.violations = violations
        self.wrong = wrong
        self.look()

    def look(self) -> None:
        """What axe says of the page, in the light and in the dark."""
        self.wrong += self.violations(self.page)

    def press(self, what: Locator, *, looking: bool = True) -> None:
        """Press it, agree where the page asks once more, wait for what follows, and look at it."""
        self.page.evaluate("document.documentElement.dataset.old = '1'")
        what.click()
        sure = self.page.locator("dialog[open] button:not([value=cancel])").last
        moved = self.page.locator("html:not([data-old])")
        expect(moved.or_(sure).first).to_be_attached()
        if not moved.count():
            sure.click()
            expect(moved).to_be_attached()
        self.page.wait_for_load_state("load")
        assert self.page.locator(".error:visible").all_inner_texts() == [], self.page.url
        if looking:
            self.look()

    def open(self, path: str) -> None:
        """Go to an address of this park."""
        self.page.goto(self.address(path), wait_until="load")
        self.look()

    def address(self, path: str) -> str:
        """The whole address of a path of this park."""
        return re.sub(r"(https?://[^/]+).*", rf"\1{path}", self.page.url)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True).first

    def saved(self) -> None:
        """Wait until the page says that the server has everything."""
        expect(self.page.locator("[data-saved-text]")).to_contain_text(re.compile(r"\d\d:\d\d:\d\d"))

    def next(self) -> None:
        """On to the next section of a form."""
        self.press(self.page.locator(".formbar .btn.primary"))


@contextmanager
def redrawn(page: Page, part: str) -> Iterator[None]:
    """Do something, and wait until the server's answer has taken the place of this part of the page."""
    page.locator(part).evaluate("one => { one.dataset.old = '1'; }")
    yield
    expect(page.locator(f"{part}:not([data-old])")).to_be_attached()


def work_in(journey: Journey, programme: str) -> None:
    """Switch to the membership whose programme that is."""
    name = journey.page.locator(f"form[action$='/membership'] button:has-text('{programme}')").first
    journey.page.locator(".sign details:has(form[action$='/membership']) summary").first.click()
    journey.press(name)


def code_in(mailbox: Journey, address: str) -> str:
    """The six digits of the newest message to this address, as its reader finds them."""
    page, newest = mailbox.page, mailbox.page.locator("main tbody tr").first.locator("a")
    end = time.monotonic() + PATIENCE
    while True:
        page.goto(mailbox.address(f"/mailbox?q={quote(address)}"), wait_until="load")
        try:
            newest.wait_for(timeout=500)
            break
        except Error:
            assert time.monotonic() < end, f"no message to {address}"
    mailbox.look()
    mailbox.press(newest)
    found = re.search(r"(?<!\d)\d{6}(?!\d)", page.locator(".letter").inner_text())
    assert found is not None
    return found[0]
