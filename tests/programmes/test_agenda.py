"""The agenda keeps to the clocks: a time that they leave out, or at which a slot begins already, is said beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.programmes.actions.agenda import add_slot
from campapp.programmes.models import NeedInCamp, Programme, Session, Slot
from campapp.programmes.queries import front
from tests.cast import browser, person
from tests.factories import BEFORE, camp, participation
from tests.programmes.test_pages import CAMP

FORWARD = date(2027, 3, 14)
"""In Los Angeles the clocks go from 02:00 to 03:00."""
ABSENT = {"day": FORWARD.isoformat(), "start": "02:30", "end": "03:30"}
LEFT_OUT = "does not exist on 2027-03-14"


def count(model: Any, *where: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


@pytest.fixture
def programme(app: Flask) -> Iterator[Programme]:
    with clock.at(BEFORE):
        yield camp(person("Olga"), zone="America/Los_Angeles", first_day=FORWARD)


@pytest.fixture
def client(app: Flask, programme: Programme) -> FlaskClient:
    return browser(app, person("Ann", administrator=True))


def test_a_time_that_the_clocks_leave_out_is_said_beside_its_field_on_every_page(
    client: FlaskClient, programme: Programme
) -> None:
    slots, place = count(Slot), f"/programmes/{programme.slug}"
    rule = {"days": [FORWARD.isoformat()], "windows": "02:00–03:00", "minutes": "25", "pause": "5"}
    session = {**ABSENT, "title-en": "Breakfast", "room": ""}
    new = CAMP | {"first_day": "2027-03-14", "last_day": "2027-03-15", "zone": "America/Los_Angeles",
                  "deadline": "2027-03-01 24:00", "windows": "02:00–03:00"}  # fmt: skip
    pages = ((f"{place}/slots", ABSENT), (f"{place}/slot-rule", rule), (f"{place}/sessions", session))
    for path, form in (*pages, ("/programmes", new)):
        answer = client.post(path, data=form)
        assert (answer.status_code, LEFT_OUT in answer.text) == (422, True), path
    assert (count(Slot), count(Session), count(Programme)) == (slots, 0, 1)


def test_a_camp_is_not_copied_onto_a_day_that_leaves_one_of_its_times_out(
    client: FlaskClient, programme: Programme
) -> None:
    with current.set(actor=SYSTEM):
        add_slot(programme, date(2027, 3, 15), "02:30", "03:00")
    form = {"title-en": "Again", "title-zh": "", "first_day": "2027-03-13"}
    answer = client.post(f"/programmes/{programme.slug}/copies", data=form)
    assert (answer.status_code, LEFT_OUT in answer.text) == (422, True)
    assert count(Programme) == 1


def test_two_slots_never_begin_at_one_instant_however_it_is_written(
    client: FlaskClient, programme: Programme
) -> None:
    place = f"/programmes/{programme.slug}/slots"
    midnight = {"day": "2027-03-14", "start": "24:00", "end": "00:30"}
    assert client.post(place, data=midnight).status_code == 303
    same = client.post(place, data={"day": "2027-03-15", "start": "00:00", "end": "00:30"})
    assert (same.status_code, "A slot begins then already." in same.text) == (422, True)


def test_what_a_company_brings_is_told_once_for_each_need_that_changes_and_closed_ones_stay(
    app: Flask, client: FlaskClient, programme: Programme
) -> None:
    rep = person("Rep")
    row = participation(programme, "Baidu", representative=rep)
    own, page = browser(app, rep), f"/participations/{row.id}/needs"
    brought = db.session.scalars(select(NeedInCamp)).one().need_id
    own.post(
        f"/companies/{row.company_id}/needs",
        data={"title": "Second", "problem": "Slow", "visibility": "public"},
    )
    second = brought + 1
    assert own.post(page, data={"need": [brought, second]}).status_code == 303
    assert own.post(page, data={"need": [brought, second]}).status_code == 303
    assert count(Event, Event.name == "need_brought") == 2  # one by the camp's own beginning
    assert count(Event, Event.name == "need_left_out") == 0
    own.delete(f"/needs/{brought}")
    own.post(page, data={})
    assert list(db.session.scalars(select(NeedInCamp.need_id))) == [brought]
    assert count(Event, Event.name == "need_left_out") == 1


def test_a_reason_that_cannot_be_read_declines_nothing(app: Flask, programme: Programme) -> None:
    rep = person("Rep")
    row = participation(programme, "Baidu", representative=rep)
    answer = browser(app, rep).post(f"/participations/{row.id}/declination", data={"reason": "x" * 2000})
    assert answer.status_code == 422
    db.session.expire_all()
    assert row.state == "confirmed"


@pytest.mark.parametrize(("hour", "part"), [(6, "coming"), (8, "past")])
def test_a_camp_is_over_once_its_last_day_is_by_its_own_clocks(
    programme: Programme, hour: int, part: str
) -> None:
    with clock.at(
        datetime(2027, 3, 16, hour, tzinfo=UTC)
    ):  # in Los Angeles 23:00 of the last day, and 01:00 after it
        assert front()[part] == [programme]
