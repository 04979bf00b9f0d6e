"""Pictures of the demo park: `python -m tests.browser.shots [--docs] [--role organiser] [--only board]`.

Every page that a role reaches, at three widths, in both languages, light and dark, and as it prints; written to
build/shots/. `--docs` writes the few that the documentation shows to docs/pictures/.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from campapp.demo.present import today
from tests.browser.served import ROLES, ROOT, demo_park, enter, launch, speak
from tests.browser.walk import application_of, walk

WIDTHS = {360: 740, 768: 1024, 1440: 900}
LARGEST = 150_000
Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Wanted:
    """One picture of the documentation."""

    name: str
    role: str
    locale: str
    link: str
    width: int = 1280
    height: int = 800
    theme: Theme = "light"


DOCS = (
    Wanted("front-en", "visitor", "en", "/programmes/open-source-acceleration-camp-{year}"),
    Wanted("entry-zh", "captain", "zh_CN", "applications.draft.show", 360, 740),
    Wanted("board-en", "organiser", "en", "/programmes/smart-park-acceleration-camp-{year}/board"),
    Wanted(
        "board-zh",
        "organiser",
        "zh_CN",
        "/programmes/smart-park-acceleration-camp-{year}/board",
        theme="dark",
    ),
    Wanted(
        "applications-zh",
        "organiser",
        "zh_CN",
        "/programmes/open-source-acceleration-camp-{year}/applications",
        height=680,
    ),
    Wanted("review-en", "representative", "en", "matching.match.show"),
    Wanted("agenda-zh", "captain", "zh_CN", "scheduling.agenda.show", 360, 740),
)


def main(argv: list[str]) -> int:
    """Plant, serve, look, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.shots", description=__doc__)
    parser.add_argument("--docs", action="store_true", help="only the pictures of docs/")
    parser.add_argument("--role", choices=("visitor", *ROLES), action="append", help="only these")
    parser.add_argument("--only", default="", help="only endpoints that hold this word")
    wanted = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="campapp-shots-") as name, sync_playwright() as play:
        folder = Path(name)
        print("planting the demo park …", flush=True)
        with demo_park(folder) as address:
            browser = launch(play)
            if wanted.docs:
                _documentation(browser, address, folder)
            else:
                _everything(browser, address, folder, wanted.role or ("visitor", *ROLES), wanted.only)
            browser.close()
    return 0


def _everything(browser: Browser, address: str, folder: Path, roles: Iterable[str], only: str) -> None:
    for role in roles:
        for locale in ("zh_CN", "en"):
            page = _signed_in(browser, address, role, locale)
            pages = [
                (one.endpoint, one.path) for one in walk(application_of(folder), page.request, address)
                if one.is_page and one.status == 200 and only in one.endpoint
            ]  # fmt: skip
            for endpoint, path in pages:
                _each_way(page, f"{address}{path}", f"{role}.{endpoint}.{locale}")
            page.context.close()
            print(f"{role}, {locale}: {len(pages)} pages", flush=True)


def _each_way(page: Page, url: str, name: str) -> None:
    target = ROOT / "build" / "shots"
    target.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, media="screen")
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            _open(page, url)
            page.screenshot(path=target / f"{name}.{width}.{theme}.png", full_page=True)
    page.emulate_media(color_scheme="light", media="print")
    page.screenshot(path=target / f"{name}.print.png", full_page=True)
    page.emulate_media(media="screen")


def _documentation(browser: Browser, address: str, folder: Path) -> None:
    target = ROOT / "docs" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    for one in DOCS:
        page = _signed_in(browser, address, one.role, one.locale)
        path = _path(page, address, folder, one.link)
        page.emulate_media(color_scheme=one.theme)
        page.set_viewport_size({"width": one.width, "height": one.height})
        _open(page, f"{address}{path}")
        file = target / f"{one.name}.png"
        page.screenshot(path=file)
        size = file.stat().st_size
        print(
            f"{file.relative_to(ROOT)} {size // 1000} kB {path}{' TOO LARGE' if size > LARGEST else ''}",
            flush=True,
        )
        page.context.close()


def _path(page: Page, address: str, folder: Path, link: str) -> str:
    if link.startswith("/"):
        path = link.format(year=today().year)
        if page.request.get(f"{address}{path}").status == 404:
            _work_in(page, address, path)
        return path
    for one in walk(application_of(folder), page.request, address):
        if one.endpoint == link and one.status < 400:
            return one.path
    raise LookupError(f"no link leads to {link}")


def _work_in(page: Page, address: str, path: str) -> None:
    """Switch through the memberships until the page can be seen."""
    page.goto(address, wait_until="load")
    token = page.locator("input[name=csrf_token]").first.input_value()
    for button in page.locator("form[action$='/membership'] [name=membership]").all():
        key = button.get_attribute("value") or ""
        page.request.post(
            f"{address}/membership",
            form={"membership": key, "csrf_token": token},
            headers={"Referer": address},
        )
        if page.request.get(f"{address}{path}").status == 200:
            return


def _signed_in(browser: Browser, address: str, role: str, locale: str) -> Page:
    page = browser.new_context(timezone_id="Asia/Shanghai", reduced_motion="reduce").new_page()
    enter(page, address, role)
    speak(page, address, locale)
    return page


def _open(page: Page, url: str) -> None:
    page.goto(url, wait_until="load")
    page.evaluate("document.fonts.ready")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
