"""Holidays: what is announced, what an administrator writes over it, and who is warned."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.core import clock
from campapp.core.db import db
from campapp.core.workdays import SpecialDay, special_among, the_calendar
from tests.cast import browser, person
from tests.factories import BEFORE, camp

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


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", ["Thursday 1 October 2026 is a holiday: National Day.", "3 working days until then."]),
        ("zh_CN", ["2026年10月1日 星期四为节假日：国庆节。", "距今还有 3 个工作日。"]),
    ],
)
def test_a_deadline_in_a_holiday_is_pointed_out_beside_the_date(
    app: Flask, locale: str, said: list[str]
) -> None:
    ann = person("Ann", locale=locale)
    programme = camp(ann, deadline=datetime(2026, 10, 1, 15, 59, 59, tzinfo=UTC))
    client = browser(app, ann, f"organiser:{programme.id}")
    with clock.at(datetime(2026, 9, 25, 2, tzinfo=UTC)):
        page = client.get(f"/programmes/{programme.slug}/deadline").text
    assert [words for words in said if words not in page] == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-11-27 18:00", "Friday 27 November 2026. 5 working days until then."),
        ("2026-11-28 24:00", "Saturday 28 November 2026 is a weekend. 5 working days until then."),
        ("2026-11-20", "Friday 20 November 2026."),
        ("2027-01-04 12:00", "Monday 4 January 2027. The holidays of 2027 are not announced yet."),
        ("2026年11月23日 9点", "Monday 23 November 2026. 1 working day until then."),
        ("soon", ""),
        ("", ""),
    ],
)
def test_what_a_typed_day_is_is_said_while_it_is_typed(app: Flask, typed: str, said: str) -> None:
    client = browser(app, person("Ann"))
    with clock.at(BEFORE):
        answer = client.get("/days/note", query_string={"deadline": typed, "zone": "Asia/Shanghai"})
    assert answer.status_code == 200
    words = " ".join(answer.text.replace("<b>", "").replace("</b>", "").split())
    assert words == said


def test_a_worked_weekend_and_what_the_park_wrote_are_named(app: Flask) -> None:
    administrator(app).post("/park/special-days", data=written(day="2026-11-30", works="0"))
    client = browser(app, person("Ann"))
    with clock.at(datetime(2026, 9, 1, tzinfo=UTC)):
        worked = client.get("/days/note?d=2026-10-10").text
        free = client.get("/days/note?d=2026-11-30").text
    assert "Saturday 10 October 2026 is worked: Working day (National Day)." in worked
    assert "Monday 30 November 2026 is a holiday: On duty." in free


def test_a_visitor_asks_about_no_day_and_a_zone_that_is_none_is_no_error(app: Flask) -> None:
    assert app.test_client().get("/days/note?d=2026-10-10").status_code in {302, 404}
    client = browser(app, person("Ann"))
    assert client.get("/days/note?d=2026-10-10&zone=Nowhere/None").status_code == 200
