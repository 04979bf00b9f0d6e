"""The administrator's list of people."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.core.db import db
from campapp.core.search import matches
from tests.cast import browser, person


def test_people_are_found_by_their_name_however_it_is_typed_and_not_once_erased(app: Flask) -> None:
    root = browser(app, person("Root", administrator=True), "administrator:0")
    person("曾小明", mail="zxm@people.example")
    other = person("陈伟")
    for words in ("曾", "小明", "zxm", "zengxiaoming", "zeng xiao", "cengxiaoming", "xm@people.exam"):
        page = root.get("/people", query_string={"q": words}).text
        assert "曾小明" in page and "陈伟" not in page, words
    for words in ("陳偉", "cw", "chen wei"):
        page = root.get("/people", query_string={"q": words}).text
        assert "陈伟" in page and "曾小明" not in page, words
    browser(app, other).post("/account/erasure", data={"sure": "y"})
    db.session.expire_all()
    assert db.session.scalars(select(Account).where(matches(Account, "cw"))).all() == []
