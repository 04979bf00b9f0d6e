"""Many people at once before two server processes: nobody is ever shown another person's page."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest
from flask import Flask

from campapp.core.db import db
from campapp.core.park import Park

PEOPLE = 24
PATIENCE = 120


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    settings = app.config["SETTINGS"]
    db.session.add(Park(name_en="Software Park"))
    db.session.commit()
    db.session.remove()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    values = {**os.environ, "CAMPAPP_DATA": str(settings.data), "CAMPAPP_DATABASE_URL": settings.database_url}
    command = [sys.executable, "-m", "gunicorn", "campapp.wsgi:app", "--bind", f"127.0.0.1:{port}", "--workers", "2",
               "--worker-class", "gthread", "--threads", "8", "--no-control-socket", "--timeout", "120"]  # fmt: skip
    server = subprocess.Popen(command, env=values, cwd=Path(__file__).parents[2], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int) -> None:
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            continue
        return
    raise AssertionError("the server did not start")


def test_of_many_who_sign_up_at_once_each_sees_only_their_own_page(site: str) -> None:
    def journey(number: int) -> list[tuple[str, str]]:
        opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        form = opener.open(f"{site}/sign-up", timeout=PATIENCE).read().decode()
        token = re.search(r'name="csrf_token" value="([^"]+)"', form)
        assert token is not None
        typed = {
            "csrf_token": token[1], "name": f"Person {number:03}", "address": f"p{number:03}@people.example",
            "password": f"eleven lamps {number}", "then": "/account",
        }  # fmt: skip
        opener.open(f"{site}/sign-up", urlencode(typed).encode(), timeout=PATIENCE).read()
        pages = [opener.open(f"{site}/account", timeout=PATIENCE) for _ in range(3)]
        return [(page.headers["Cache-Control"], page.read().decode()) for page in pages]

    with ThreadPoolExecutor(PEOPLE) as crowd:
        answers = list(crowd.map(journey, range(PEOPLE)))
    for number, pages in enumerate(answers):
        for kept, text in pages:
            assert kept == "private, no-store"
            assert set(re.findall(r"p\d{3}@people\.example", text)) == {f"p{number:03}@people.example"}
            assert set(re.findall(r"Person \d{3}", text)) == {f"Person {number:03}"}


def test_a_form_without_its_token_is_refused_and_signs_nobody_in(site: str) -> None:
    opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
    with pytest.raises(HTTPError) as refused:
        opener.open(
            f"{site}/sign-up", urlencode({"name": "A", "address": "a@people.example"}).encode(), timeout=60
        )
    assert refused.value.code == 400
