"""The machine's clock is set back: nothing waits for a moment that was believed to be now."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from flask import Flask

from campapp.accounts.actions.throttle import Limit, TooMany, spend
from campapp.core import beats, clock
from campapp.core.beats import Tick
from tests.cast import browser, person

FAR = timedelta(days=400)


def test_what_is_done_now_and_then_goes_on(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setattr(beats, "ticks", {"a": Tick("a", timedelta(hours=1), lambda: done.append(1))})
    with clock.at(clock.now() + FAR):
        assert (beats.tick(), beats.tick()) == (1, 0)
    assert (beats.tick(), beats.tick()) == (1, 0)
    assert len(done) == 2


def test_who_tried_too_often_by_the_later_clock_is_not_locked_out_until_then(app: Flask) -> None:
    limit = Limit("test", 1, timedelta(minutes=15))
    with clock.at(clock.now() + FAR):
        spend((limit, ["a"]))
        with pytest.raises(TooMany):
            spend((limit, ["a"]))
    spend((limit, ["a"]))
    with pytest.raises(TooMany) as late:
        spend((limit, ["a"]))
    assert late.value.until <= clock.now() + limit.window


def test_a_page_that_is_open_can_be_sent_and_one_from_long_ago_cannot(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    client, machine = browser(app, person("Ann")), time.time
    page = client.get("/account").text
    mark = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": mark, "name": "Anna", "locale": "en", "zone": "Asia/Shanghai"}
    for by, status in ((-7 * 60, 303), (40 * 86_400, 400)):
        with monkeypatch.context() as patched:
            patched.setattr(time, "time", lambda by=by: machine() + by)
            assert client.post("/account", data=form).status_code == status
