"""The demo's competition has promoted teams that owe what the final needs, and a shortlist that names them."""

from __future__ import annotations

from collections import Counter

from flask import Flask
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.demo import contest, supporting
from campapp.demo.people import found_cast
from campapp.demo.present import today
from campapp.demo.stock import plant_companies
from campapp.dues.models import Due
from campapp.programmes.models import Notice, Participation, Programme, Slot
from tests.factories import BEFORE, competition


def test_the_shortlist_names_who_is_promoted_and_they_owe_what_the_final_needs(app: Flask) -> None:
    with current.set(actor=SYSTEM, locale="zh_CN"):
        contest.plant(found_cast("*"), today())
    programme = db.session.scalars(select(Programme)).one()
    assert (programme.kind, programme.wanted, programme.first_day > today()) == ("competition", 6, True)
    assert db.session.scalars(select(Slot)).all() == []
    rows = db.session.scalars(select(Application)).all()
    assert Counter(row.state for row in rows) == {"promoted": 6, "not promoted": 3, "eligible": 2}
    notice = db.session.scalars(select(Notice)).one()
    assert notice.title_zh.startswith("入围名单：") and notice.title_en.startswith("Shortlist: ")
    for row in rows:
        assert (row.team_name in notice.text_zh) == (row.state == "promoted")
    owing = set(db.session.scalars(select(Due.application_id).where(Due.stands == "owed")))
    assert owing == {row.id for row in rows if row.state == "promoted"}


def test_a_rehearsed_competition_has_teams_that_are_promoted_and_no_companies(app: Flask) -> None:
    with current.set(actor=SYSTEM, locale="zh_CN"), clock.at(BEFORE):
        cast = found_cast("*")
        programme = competition(cast.organiser)
        companies = plant_companies(cast)
        supporting.invent_companies(programme, companies)
        supporting.invent_teams(programme, cast, 9)
        supporting.invent_wishes(programme)
    states = Counter(db.session.scalars(select(Application.state)))
    assert states["promoted"] == 2 and states["not promoted"] == 2
    assert not {"accepted", "waitlisted", "not accepted"} & states.keys()
    assert db.session.scalars(select(Participation)).all() == []
