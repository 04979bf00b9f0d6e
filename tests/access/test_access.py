"""Who may what: the whole table as it was agreed, and every address asked by people who have no business there."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campapp.cli.access import table
from campapp.core import clock
from tests.access.outsiders import PASSES, guard_of, lets_through, outsiders, requests
from tests.outcomes.arranged import AFTER, day, signed_in

EXPECTED = Path(__file__).with_name("expected.txt")


def test_who_may_see_and_do_what_is_as_it_was_agreed(app: Flask) -> None:
    now = table(app).splitlines()
    agreed = EXPECTED.read_text(encoding="utf-8").splitlines()
    assert now == agreed, f"if this is meant: campapp access > tests/access/{EXPECTED.name}"


@pytest.mark.parametrize("role", list(PASSES))
def test_an_outsider_breaks_nothing_and_enters_nothing(app: Flask, role: str) -> None:
    stage = day(2)
    client = outsiders(app)[role]
    broken, entered = [], []
    with clock.at(AFTER):
        for rule, method, address in requests(app, stage):
            if address in {"/session", "/sessions", "/account/password"}:
                continue  # why: they end the session with which the next is asked
            answer = client.open(address, method=method)
            if answer.status_code >= 500 and address != "/healthz":  # 503: no worker runs beside a test
                broken.append(f"{method} {address}: {answer.status_code}")
            if not lets_through(guard_of(app, rule), role) and not _kept_out(answer):
                entered.append(f"{method} {address} ({guard_of(app, rule)}): {answer.status_code}")
    assert broken + entered == []


def _kept_out(answer: object) -> bool:
    status = getattr(answer, "status_code", 0)
    location = getattr(answer, "location", "") or ""
    return status in {403, 404} or (status in {302, 303} and location.startswith("/sign-in"))


def test_the_camps_own_people_do_enter(app: Flask) -> None:
    stage = day(2)
    organiser: FlaskClient = signed_in(app, stage, "organiser")
    assert organiser.get(f"/programmes/{stage.programme.slug}/board").status_code == 200
    assert signed_in(app, stage, "team").get(f"/applications/{stage.entry.id}").status_code == 200
    assert signed_in(app, stage, "company").get(f"/applications/{stage.entry.id}").status_code == 200
