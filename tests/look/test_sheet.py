"""Every component in every state: without a violation, without scrolling sideways, in both languages and themes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.look.gallery import ROOT

pytestmark = pytest.mark.browser
WAYS = [("en", "light", 360), ("zh", "dark", 360), ("zh", "light", 768), ("en", "dark", 1440)]
SEEN = [(path, *way) for path in ("", "_layout/gallery_board") for way in WAYS]
SEEN += [("_layout/gallery_paper", "zh", "light", 1440), ("_layout/gallery_paper", "en", "dark", 360)]
SEEN += [("errors/404", "zh", "light", 360), ("errors/409?role=visitor", "en", "dark", 360)]
SEEN += [("errors/500?role=acting", "zh", "dark", 1440)]


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong, as rule and element."""
    page.evaluate((ROOT / "build" / "front-end" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


@pytest.mark.parametrize(("path", "lang", "theme", "width"), SEEN)
def test_a_page_has_no_violation_and_does_not_scroll_sideways(
    visit: Callable[..., Page], path: str, lang: str, theme: str, width: int
) -> None:
    page = visit(path, lang=lang, theme=theme, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page) == []


def test_what_is_touched_on_a_phone_is_large_enough_to_be_hit(visit: Callable[..., Page]) -> None:
    page = visit(width=360)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, a.btn, summary, select, input.input, .lines a, .tool')]
        .filter(e => e.getClientRects().length && !e.closest('[hidden]') && e.getBoundingClientRect().height < 43.5)
        .map(e => `${e.className} ${e.textContent.trim().slice(0, 20)} ${e.getBoundingClientRect().height}`)"""
    )
    assert small == []


def test_the_theme_chosen_by_hand_beats_the_system_and_is_drawn_by_the_server(
    visit: Callable[..., Page],
) -> None:
    page = visit(theme="light")
    page.get_by_role("button", name="Dark").first.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert 'data-theme="dark"' in page.content()


def test_paper_is_black_on_white_even_in_the_dark(visit: Callable[..., Page]) -> None:
    page = visit(theme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert not page.locator(".sign").is_visible()
