"""A programme, its organiser, and its rehearsal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.core import jobs
from campapp.core.db import db
from campapp.demo import rehearsing
from campapp.demo.models import Rehearsal
from campapp.demo.stage import PREFIX, stage_of
from campapp.programmes.models import Programme
from tests.cast import browser, person
from tests.core.form.conftest import plain
from tests.factories import camp

__all__ = ["plain"]


@pytest.fixture
def programme(app: Flask) -> Programme:
    return camp(person("Ann"))


@pytest.fixture
def ann(app: Flask, programme: Programme) -> FlaskClient:
    account = db.session.scalars(select(Account).where(Account.name == "Ann")).one()
    return browser(app, account, f"organiser:{programme.id}")


@pytest.fixture
def rehearsal(ann: FlaskClient, programme: Programme, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """One that is ready, with few teams: its address."""
    monkeypatch.setattr(rehearsing, "TEAMS", 4)
    page = f"/programmes/{programme.slug}/rehearsal"
    assert ann.post(page).status_code == 303
    assert "being made" in ann.get(page).text
    jobs.work_off()
    assert "Throw away" in ann.get(page).text
    token = db.session.scalars(select(Rehearsal.token)).one()
    inner = stage_of().app(token)
    assert inner is not None
    inner.config["WTF_CSRF_ENABLED"] = False  # as the park of the tests
    yield f"{PREFIX}{token}"
    stage_of().throw_away(token)
