"""The demo park in a real Chromium; planted once for all tests here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from campapp.accounts.sessions import COOKIE
from tests.browser.journey import Journey
from tests.browser.served import AXE, demo_park, enter

SETTLED = """Promise.race([
  Promise.allSettled(document.getAnimations().map((one) => one.finished)),
  new Promise((done) => setTimeout(done, 2000)),
])"""
"""Until nothing moves any more; what moves for ever, as a bar without an end does, is not waited for."""


ASKED = {
    "light": "axe.run(document, {resultTypes: ['violations']})",
    "dark": "axe.run(document, {resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']})",
}
"""In the dark only the colours are others."""


@dataclass(frozen=True)
class Served:
    """Where the park lies and where it answers."""

    folder: Path
    address: str


@pytest.fixture(scope="session")
def park_served(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo park, planted and served."""
    folder = tmp_path_factory.mktemp("demo")
    with demo_park(folder) as address:
        yield Served(folder, address)


@pytest.fixture
def window(chromium: Browser, park_served: Served) -> Iterator[Callable[..., Page]]:
    """Open a window as a role, or with a session's `token`; a script's error or a blocked resource fails the test."""
    pages: list[Page] = []
    complaints: list[str] = []

    def open_window(
        role: str = "visitor", *, width: int = 1440, height: int = 740, locale: str = "en", token: str = "",
        zone: str = "Asia/Shanghai",
    ) -> Page:  # fmt: skip
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=locale, timezone_id=zone
        )
        if token:
            context.add_cookies([{"name": COOKIE, "value": token, "url": park_served.address}])
        page = context.new_page()
        pages.append(page)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        enter(page, park_served.address, role)
        return page

    yield open_window
    for page in pages:
        page.context.close()
    assert complaints == []


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong on a page, in the light and in the dark, and whether it scrolls sideways."""
    if not AXE.exists():
        pytest.skip("the front-end files are not built")
    rules = AXE.read_text(encoding="utf-8")

    def look(page: Page) -> list[str]:
        wrong = []
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            page.evaluate(SETTLED)
            if not page.evaluate("'axe' in window"):
                page.evaluate(rules)
            found = page.evaluate(ASKED[theme])
            wrong += [
                f"{theme} {page.url} {one['id']}: {one['nodes'][0]['html'][:160]}"
                for one in found["violations"]
            ]
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return wrong + ([f"{page.url} scrolls sideways by {too_wide} px"] if too_wide > 0 else [])

    return look


@pytest.fixture
def journey(
    window: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> Iterator[Callable[..., Journey]]:
    """Let somebody set out from a window; what axe found on any page that they passed fails the test."""
    wrong: list[str] = []

    def set_out(role: str = "visitor", **how: Any) -> Journey:
        return Journey(window(role, **how), violations, wrong)

    yield set_out
    assert not wrong, "\n".join(wrong)
