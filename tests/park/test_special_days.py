"""Holidays: what is announced, what an administrator writes over it, and who is warned."""

from __future__ import annotations

from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.core.db import db
from campapp.core.workdays import SpecialDay, special_among, the_calendar
from tests.cast import browser, person
from tests.factories import camp

NATIONAL_DAY = date(2026, 10, 1)


def administrator(app: Flask) -> FlaskClient:
    return browser(app, person("李娜", administrator=True), "administrator:0")


def written(**more: str) -> dict[str, str]:
    return {"day": "2026-10-01", "works": "1", "name-zh": "值班", "name-en": "On duty", **more}


def test_an_announced_holiday_is_listed_and_can_be_written_over_and_given_back(app: Flask) -> None:
    client = administrator(app)
    assert "National Day" in client.get("/park/special-days?year=2026").text
    assert client.post("/park/special-days", data=written()).status_code == 303
    assert the_calendar().works(NATIONAL_DAY)
    assert "On duty" in client.get("/park/special-days?year=2026").text
    row = db.session.scalars(select(SpecialDay)).one()
    assert client.delete(f"/park/special-days/{row.id}").status_code == 303
    assert not the_calendar().works(NATIONAL_DAY)


def test_a_day_that_is_none_is_said_beside_the_field_and_the_rest_is_kept(app: Flask) -> None:
    answer = administrator(app).post("/park/special-days", data=written(day="2026-13-01"))
    assert answer.status_code == 422
    assert 'value="On duty"' in answer.text
    assert db.session.scalars(select(SpecialDay)).all() == []


def test_only_days_that_differ_from_their_weekday_are_pointed_out(app: Flask) -> None:
    days = [date(2026, 9, 30), NATIONAL_DAY, date(2026, 10, 2)]
    assert [special.day for special in special_among(days)] == days[1:]


def test_the_organiser_is_told_that_a_camp_falls_on_a_holiday(app: Flask) -> None:
    ann = person("Ann")
    programme = camp(ann)
    programme.first_day = programme.last_day = NATIONAL_DAY
    db.session.commit()
    page = browser(app, ann, f"organiser:{programme.id}").get(f"/programmes/{programme.slug}/overview").text
    assert "is a day of this programme: National Day" in page
