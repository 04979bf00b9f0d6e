"""One thin path through all floors: a team submits, the organiser accepts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.actions.decision import decide, told, undo_decision
from campapp.applications.actions.draft import begin_application, save_answer
from campapp.applications.actions.submission import submit, withdraw
from campapp.applications.models import Application, Submission
from campapp.core import clock
from campapp.core.access import Refused, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.events import Stale
from campapp.core.outbox import Letter
from campapp.pool.actions import write_down_project
from tests.cast import actor, person
from tests.factories import BEFORE, DEADLINE, answer_what_is_required, application, camp, team_of


def test_a_team_submits_and_the_organiser_accepts(app: Flask) -> None:
    organiser, captain = person("Olga"), person("Cao")
    with clock.at(BEFORE):
        programme, team = camp(organiser), team_of(captain, "青禾视觉")
        with current.set(actor=actor(captain)):
            project = write_down_project(team, "轻眸", trl=6)
            entry = begin_application(team, programme, project)
            answer_what_is_required(entry)
            first = submit(entry, "n1")
            assert submit(entry, "n1").id == first.id
        with current.set(actor=actor(organiser)):
            assert [row.id for row in db.session.scalars(visible(Application))] == [entry.id]
            decide(entry, "eligible")
            decide(entry, "accepted")
    assert entry.number == "A-0001"
    assert entry.state == "accepted"
    letters = db.session.scalars(select(Letter.template).order_by(Letter.id)).all()
    assert letters == ["applications/receipt", "applications/eligible", "applications/accepted"]


def test_a_late_submission_is_refused_by_the_second(app: Flask) -> None:
    captain = person("Cao")
    with clock.at(BEFORE):
        entry = application(camp(), captain, "Late", state="draft")
    with current.set(actor=actor(captain)):
        with clock.at(DEADLINE + timedelta(seconds=1)), pytest.raises(Refused):
            submit(entry, "n1")
        with clock.at(DEADLINE + timedelta(milliseconds=999)):
            submit(entry, "n2")
    assert db.session.scalars(select(Submission)).one().received_at.replace(microsecond=0) == DEADLINE


def test_a_rival_captain_and_an_organiser_find_no_draft(app: Flask) -> None:
    organiser, captain, rival = person("Olga"), person("Cao"), person("Rita")
    with clock.at(BEFORE):
        programme = camp(organiser)
        application(programme, captain, "Mine", state="draft")
        team_of(rival, "Theirs")
    for somebody in (organiser, rival):
        assert db.session.scalars(visible(Application, actor(somebody))).all() == []
    assert len(db.session.scalars(visible(Application, actor(captain))).all()) == 1


def test_a_decision_can_be_undone_while_its_news_has_not_left(app: Flask) -> None:
    organiser = person("Olga")
    with clock.at(BEFORE):
        entry = application(camp(organiser), person("Cao"), "Mine", state="eligible")
        with current.set(actor=actor(organiser)):
            decide(entry, "accepted", not_before=BEFORE + timedelta(seconds=10))
            assert not told(entry)
            undo_decision(entry, "eligible")
    assert entry.state == "eligible"
    assert "applications/accepted" not in db.session.scalars(select(Letter.template)).all()


def test_only_the_captain_withdraws(app: Flask) -> None:
    captain, rival = person("Cao"), person("Rita")
    with clock.at(BEFORE):
        entry = application(camp(), captain, "Mine")
        team_of(rival, "Theirs")
        with current.set(actor=actor(rival)), pytest.raises(Refused):
            withdraw(entry)
        with current.set(actor=actor(captain)):
            withdraw(entry, "no time")
    assert entry.state == "withdrawn"


def test_two_members_on_one_field_the_second_sees_both_on_two_fields_both_stay(app: Flask) -> None:
    captain = person("Cao")
    with clock.at(BEFORE):
        entry = application(camp(), captain, "Mine", state="draft")
        with current.set(actor=actor(captain)):
            seen = save_answer(entry, "summary", "first").version
            save_answer(entry, "members", "three", seen=None)
            save_answer(entry, "summary", "second", seen=seen)
            with pytest.raises(Stale):
                save_answer(entry, "summary", "third", seen=seen)
    assert entry.answers["summary"] == "second"
    assert entry.answers["members"] == "three"
