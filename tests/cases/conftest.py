"""The test's own park before a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext
from werkzeug.serving import make_server

from campapp.accounts.actions import begin_session
from campapp.accounts.models import Account
from campapp.accounts.sessions import COOKIE
from campapp.core.current import SYSTEM, current
from campapp.core.db import db

Opened = Callable[..., BrowserContext]


@pytest.fixture
def opened(app: Flask, chromium: Browser) -> Iterator[Opened]:
    """A window in which somebody is signed in, its own clock in a zone; addresses are relative."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    contexts: list[BrowserContext] = []

    def open_window(account: Account, *, zone: str = "Asia/Shanghai", locale: str = "en") -> BrowserContext:
        with current.set(actor=SYSTEM):
            token = begin_session(account)
        db.session.rollback()
        context = chromium.new_context(base_url=address, timezone_id=zone, locale=locale)
        context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        contexts.append(context)
        return context

    yield open_window
    for context in contexts:
        context.close()
    server.shutdown()
    thread.join()
