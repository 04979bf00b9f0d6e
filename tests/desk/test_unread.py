"""Each role's first page tells what is unread."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from campapp.accounts.models import Account
from campapp.companies.models import Company, Representative
from campapp.core.db import db
from campapp.messages.actions import expand
from campapp.programmes.models import Programme, Staff
from campapp.teams.models import Member, Team
from tests.cast import browser, person
from tests.messages.test_post import greet


@pytest.fixture
def ann(app: Flask) -> Account:
    ann = person("Ann", administrator=True)
    day = date(2026, 12, 1)
    camp = Programme(
        slug="camp", kind="camp", state="published", first_day=day, last_day=day, title_en="Camp"
    )
    rows = [Team(name="Spark", name_key="spark"), Company(name="Co", name_key="co"), camp]
    db.session.add_all(rows)
    db.session.flush()
    joined = {"account_id": ann.id, "name": "Ann", "joined_at": ann.created_at}
    db.session.add(Member(team_id=rows[0].id, **joined))
    db.session.add(Representative(company_id=rows[1].id, **joined))
    db.session.add(Staff(programme_id=rows[2].id, account_id=ann.id, level="owner"))
    db.session.commit()
    return ann


@pytest.mark.parametrize("role", ["member:1", "representative:1", "organiser:1", "administrator:0"])
def test_what_is_unread_stands_on_the_first_page_of_each_role(app: Flask, ann: Account, role: str) -> None:
    client = browser(app, ann, role)
    assert 'id="news"' not in client.get("/").text
    greet(ann)
    expand()
    assert 'id="news"' in client.get("/").text
