"""The demo park in a folder of its own, planted and served by the command that people use."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

from setup.browser import NAMES

ROOT = Path(__file__).parents[2]
ROLES = ("administrator", "organiser", "representative", "captain", "member")
AXE = ROOT / "build" / "front-end" / "axe.min.js"
PATIENCE = 1800.0
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def demo_park(folder: Path) -> Iterator[str]:
    """Plant the demo park there, serve it, and give its address."""
    values = {key: value for key, value in os.environ.items() if not key.startswith("CAMPAPP_")}
    values["PYTHONPATH"] = str(ROOT)
    command = [
        sys.executable,
        "-u",
        "-m",
        "campapp.cli",
        "--data",
        str(folder),
        "demo",
    ]
    child = subprocess.Popen(
        command, cwd=ROOT, env=values, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, start_new_session=True,
    )  # fmt: skip
    late = threading.Timer(PATIENCE, lambda: os.killpg(child.pid, signal.SIGTERM))
    late.start()
    try:
        yield _address(child)
    finally:
        late.cancel()
        if child.poll() is None:
            child.terminate()
        child.communicate()


def _address(child: subprocess.Popen[str]) -> str:
    said: list[str] = []
    for line in child.stdout or ():
        said.append(line)
        if found := re.search(r"campapp is at (http://\S+)", line):
            return found[1]
    raise RuntimeError(f"the demo park did not start: {''.join(said)}")


def chromium_path() -> str | None:
    """The system's Chromium."""
    return os.environ.get("CAMPAPP_CHROMIUM") or next((at for n in NAMES if (at := shutil.which(n))), None)


def launch(play: Playwright) -> Browser:
    """A quiet Chromium."""
    return play.chromium.launch(executable_path=chromium_path(), args=list(QUIET))


def enter(page: Page, address: str, role: str) -> None:
    """Look around as this role: the one click of the front page; `visitor` stays outside."""
    page.goto(address, wait_until="load")
    if role != "visitor":
        page.locator(f"form[action$='/demo/as/{role}'] button").click()
        page.wait_for_load_state("load")


def speak(page: Page, address: str, locale: str) -> None:
    """Choose a language as the switch of the page does."""
    token = page.locator("input[name=csrf_token]").first.input_value()
    sent = page.request.post(
        f"{address}/language", form={"language": locale, "csrf_token": token}, headers={"Referer": address}
    )
    assert sent.ok, f"the language was not changed: {sent.status}"
