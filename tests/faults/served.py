"""A park behind `campapp run`, whose processes can be killed, starved of disk, or given another time."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from campapp.accounts.actions import begin_session
from campapp.accounts.models import Account
from campapp.accounts.sessions import COOKIE
from campapp.cli.serving import HOST, hold, port_of
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.settings import Settings
from tests.faults.clocked import set_hand

ROOT = Path(__file__).parents[2]
PATIENCE, LEASE = 1.0, 2.0
"""Seconds, in place of half a minute: how long a writer waits for a lock, and a job for its worker."""
Broken = (URLError, HTTPException, ConnectionError, TimeoutError)
"""What a browser sees where the server dies while it waits."""


def until(happened: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Wait until something is so."""
    began = time.monotonic()
    while not happened():
        assert time.monotonic() - began < seconds, f"it never happened: {what}"
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    """The processes that this one started and that live."""
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


@dataclass
class Served:
    """Where it answers, and its parent process."""

    settings: Settings
    port: int
    values: dict[str, str]
    hand: Path
    """Its clock."""
    parent: int = 0
    said: list[str] = field(default_factory=list)
    """Its log."""
    _running: subprocess.Popen[str] | None = None
    _listening: threading.Thread | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Begin to serve, and wait until it answers."""
        what = ["run", "--port", str(self.port), "--data", str(self.settings.data)]
        command = [sys.executable, "-m", "tests.faults.clocked", str(self.hand), *what]
        child = subprocess.Popen(
            command, env=self.values, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
        self.parent, self._running = child.pid, child
        self._listening = threading.Thread(target=self.said.extend, args=(child.stdout,), daemon=True)
        self._listening.start()  # a pipe, for a file of theirs would be full with the disk
        until(lambda: self.up() or child.poll() is not None, "the server answers")
        assert child.poll() is None, self.said

    def stop(self) -> None:
        """Ask it to end, and wait."""
        assert self._running is not None
        assert self._listening is not None
        self._running.terminate()
        self._running.wait(timeout=30)
        self._listening.join(timeout=30)

    def lose_power(self) -> None:
        """Every process of it is gone at once, and nobody starts it again."""
        assert self._running is not None
        os.killpg(self.parent, signal.SIGKILL)
        self._running.wait(timeout=30)

    def set_clock(self, by: timedelta) -> None:
        """The machine's clock is set forward, or by a negative span back."""
        set_hand(self.hand, by.total_seconds())

    def web(self) -> list[int]:
        """The web server's processes: the one that has children, and those."""
        return [pid for one in children(self.parent) if children(one) for pid in (one, *children(one))]

    def worker(self) -> int:
        """The worker: the child without children of its own."""
        return next(one for one in children(self.parent) if not children(one))

    def kill_web(self) -> None:
        """As if the machine had lost them in the middle of a word."""
        for pid in self.web():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill_one(self) -> None:
        """The same for one of the two web processes that answer."""
        arbiter = self.web()[0]
        os.kill(children(arbiter)[0], signal.SIGKILL)

    def kill_worker(self) -> None:
        """The same for the worker."""
        os.kill(self.worker(), signal.SIGKILL)

    def up(self) -> bool:
        """Whether it answers."""
        return Visitor(self.address).answers("/healthz")

    @contextmanager
    def disk_full(self) -> Iterator[None]:
        """No web process can write another byte into any file."""
        for pid in self.web():
            _most_bytes(pid, 0)
        try:
            yield
        finally:
            for pid in self.web():
                _most_bytes(pid, resource.RLIM_INFINITY)


def _most_bytes(pid: int, count: int) -> None:
    _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (count, hard))


@contextmanager
def served(settings: Settings, patience: float = PATIENCE) -> Iterator[Served]:
    """Serve the park until the block ends, by the command that people use."""
    db.session.rollback()
    values = {key: value for key, value in os.environ.items() if not key.startswith("CAMPAPP_")}
    values |= {
        "CAMPAPP_DATABASE_URL": settings.database_url, "CAMPAPP_PATIENCE": str(patience),
        "CAMPAPP_LEASE": str(LEASE),
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="campapp-clock-") as folder:
        hand = Path(folder) / "hand"
        set_hand(hand, 0)
        with hold(HOST, 8600 + os.getpid() % 300) as door:
            port = port_of(door)
        park = Served(settings, port, values, hand)
        park.start()
        try:
            yield park
        finally:
            park.stop()


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_anything: object) -> None:
        return None


OPENER = build_opener(ProxyHandler({}), _NoRedirect())


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    location: str = ""

    def fields(self, action: str = "") -> dict[str, str]:
        """The hidden fields of the form that goes to `action` (by its end), as a browser would send them."""
        forms = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', self.text, re.DOTALL)
        inside = next(text for target, text in forms if unescape(target).rstrip("?").endswith(action))
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inside)
        return {name: unescape(value) for name, value in found}


@dataclass
class Visitor:
    """A browser without a script; signed in where an account is given."""

    address: str
    account: Account | None = None
    locale: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.account is not None:
            with current.set(actor=SYSTEM):
                self.cookies[COOKIE] = begin_session(self.account)
            db.session.rollback()

    def get(self, path: str) -> Answer:
        """A page."""
        return self._ask(path, None)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form; raises one of `Broken` where the server dies meanwhile."""
        return self._ask(path, urlencode(fields).encode())

    def give(self, path: str, fields: dict[str, str], name: str, filename: str, content: bytes) -> Answer:
        """Send a form with a file."""
        parts = [f'name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields.items()]
        parts.append(f'name="{name}"; filename="{filename}"\r\n\r\n'.encode() + content + b"\r\n")
        body = (
            b"".join(b"--edge\r\nContent-Disposition: form-data; " + part for part in parts) + b"--edge--\r\n"
        )
        return self._ask(path, body, "multipart/form-data; boundary=edge")

    def answers(self, path: str) -> bool:
        """Whether anybody is there."""
        try:
            self.get(path)
        except Broken:
            return False
        return True

    def _ask(self, path: str, body: bytes | None, kind: str = "application/x-www-form-urlencoded") -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Accept-Language": self.locale, "Cookie": cookies, "Content-Type": kind}
        try:
            answer = OPENER.open(Request(f"{self.address}{path}", body, headers), timeout=60)
        except HTTPError as problem:
            answer = problem
        with answer:
            for line in answer.headers.get_all("Set-Cookie", ()):
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(answer.status, answer.read().decode(), answer.headers.get("Location", ""))
