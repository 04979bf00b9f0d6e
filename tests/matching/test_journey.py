"""From accepted teams to a published timetable, by the actions that the pages call."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.actions.submission import withdraw
from campapp.core import clock, jobs
from campapp.core.access import Refused, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.outbox import Letter
from campapp.matching.actions import run as match_runs
from campapp.matching.actions.answer import answer_for, take_back
from campapp.matching.actions.preference import rank_companies, rank_teams
from campapp.matching.actions.release import release
from campapp.matching.models import Match
from campapp.matching.weights import Weights
from campapp.programmes.models import Slot, Table
from campapp.runs.actions import file_of
from campapp.runs.models import Run
from campapp.runs.verification import verify
from campapp.scheduling.actions import run as schedule_runs
from campapp.scheduling.actions.meeting import move_meeting, undo_move
from campapp.scheduling.actions.publication import publish
from campapp.scheduling.conflicts import InTheWay
from campapp.scheduling.models import Meeting, Placement
from tests.cast import actor, person
from tests.factories import BEFORE, application, camp, participation


def matched(organiser: object, programme: object, objective: str = "fair") -> Run:
    run = match_runs.start(programme, objective=objective, weights=Weights())
    jobs.work_off()
    db.session.refresh(run)
    return run


def test_a_camp_is_matched_answered_scheduled_and_published(app: Flask) -> None:
    organiser, captain, representative = person("Olga"), person("Cao"), person("Rep")
    with clock.at(BEFORE):
        programme = camp(organiser)
        first = application(programme, captain, "Alpha", state="accepted")
        second = application(programme, person("Bo"), "Beta", state="accepted")
        company = participation(programme, "Baidu", representative=representative)
        other = participation(programme, "Inspur")
        with current.set(actor=actor(captain)):
            rank_companies(first, [company, other])
        with current.set(actor=actor(representative)):
            rank_teams(company, [second, first])
        with current.set(actor=actor(organiser)):
            run = matched(organiser, programme)
            assert (run.state, run.status) == ("solved", "optimal")
            assert run.summary["pairs"] == 4
            assert verify(run).identical
            match_runs.choose(run)
            matches = list(db.session.scalars(select(Match).order_by(Match.id)))
            release(programme, matches)
        assert db.session.scalars(visible(Match, actor(captain))).all() == []
        mine = db.session.scalars(visible(Match, actor(representative))).all()
        assert {match.application_id for match in mine} == {first.id, second.id}
        with current.set(actor=actor(representative)):
            for match in mine:
                answer_for(match, "company", "accepted")
        with current.set(actor=actor(captain)):
            answer_for(db.session.scalars(visible(Match)).one(), "team", "accepted")
        meeting = db.session.scalars(select(Meeting)).one()
        with current.set(actor=actor(organiser)):
            schedule = schedule_runs.start(programme, time_limit=10.0)
            jobs.work_off()
            db.session.refresh(schedule)
            assert schedule.status == "optimal", schedule.error
            schedule_runs.choose(schedule)
            publish(programme, seen=0)
        assert meeting.state == "placed"
        assert db.session.scalars(select(Placement)).one().table_name == "T01"
        told = db.session.scalars(select(Letter.audience).where(Letter.template == "scheduling/agenda")).all()
        assert sorted(told) == [f"company:{company.company_id}", f"team:{first.team_id}"]
        with current.set(actor=actor(captain)):
            withdraw(first, "no time")
        assert meeting.state == "cancelled"
        with current.set(actor=actor(organiser)):
            publish(programme, seen=1)
            with pytest.raises(Refused):
                publish(programme, seen=1)
    changes = db.session.scalars(select(Letter).where(Letter.template == "scheduling/changes")).all()
    assert len(changes) == 2
    assert json.loads(file_of(schedule, "out") or b"")["placements"]


def confirmed(programme: object, entry: object, company: object) -> Meeting:
    from campapp.matching.actions.release import add_match

    match = add_match(programme, entry, company)
    release(programme, [match])
    answer_for(match, "company", "accepted", how="organiser")
    answer_for(match, "team", "accepted", how="organiser")
    return db.session.scalars(select(Meeting).where(Meeting.match_id == match.id)).one()


def test_a_meeting_moves_only_where_nobody_is_in_the_way_and_moves_back(app: Flask) -> None:
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser)
        entry = application(programme, person("Cao"), "Alpha", state="accepted")
        rows = [participation(programme, name) for name in ("Baidu", "Inspur")]
        with current.set(actor=actor(organiser)):
            first, second = (confirmed(programme, entry, row) for row in rows)
            slots = list(db.session.scalars(select(Slot).order_by(Slot.starts_at)))
            tables = list(db.session.scalars(select(Table).order_by(Table.position)))
            move_meeting(programme, first, slots[0], tables[0])
            with pytest.raises(InTheWay) as problem:
                move_meeting(programme, second, slots[0], tables[1])
            assert [(c.kind, c.ids) for c in problem.value.conflicts] == [("team busy", (first.id,))]
            with pytest.raises(InTheWay):
                move_meeting(programme, second, slots[1], tables[0])
            move = move_meeting(programme, second, slots[1], tables[1])
            undo_move(programme, move)
    assert second.slot_id is None
    assert second.state == "expected"
    assert first.state == "placed"


def test_an_answer_is_taken_back_while_nobody_has_been_told(app: Flask) -> None:
    organiser = person("Olga")
    with clock.at(BEFORE):
        programme = camp(organiser)
        entry = application(programme, person("Cao"), "Alpha", state="accepted")
        with current.set(actor=actor(organiser)):
            meeting = confirmed(programme, entry, participation(programme, "Baidu"))
            match = db.session.get_one(Match, meeting.match_id)
            take_back(match, "team")
    assert match.state == "accepted by company"
    assert meeting.state == "cancelled"
