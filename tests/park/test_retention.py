"""What the page says would go is what goes, and what the log says went; nothing of it is left afterwards."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.actions.draft import begin_application, save_answer
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event, EventPerson, EventSubject
from campapp.core.outbox import Delivery
from campapp.matching.actions.release import add_match
from campapp.messages.actions import expand
from campapp.outcomes.models import MeetingReport
from campapp.park.jobs import forget_what_was_kept_long_enough
from campapp.park.retention import is_due, preview
from campapp.pool.models import Project
from campapp.programmes.models import Programme
from campapp.scheduling.models import Meeting
from campapp.teams.actions import change_roles, name_member
from campapp.teams.models import Member, Team
from campapp.threads.actions.post import write_on_application
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, participation
from tests.park.test_personal_data import everything

OVER = datetime(2028, 12, 3, 12, tzinfo=UTC)
"""Two years and a day after the camp's last day."""


class Scene:
    """A camp with an entry, and a draft that says something in a question, but has no summary."""

    def __init__(self) -> None:
        self.olga = person("Olga")
        self.programme = camp(self.olga)
        self.entry = application(self.programme, person("Cao"), "Spark", state="accepted")
        self.draft = application(self.programme, person("Dai"), "Blank", state="draft")
        with current.set(actor=SYSTEM):
            self.draft.summary = ""
            db.session.commit()
            save_answer(self.draft, "sector", "AI")
            team = db.session.get_one(Team, self.entry.team_id)
            member = name_member(team, "Mei", mail="mei@people.example", phone="+8613800138000")
            change_roles(member, contact=True, presenter=False, title="Doctor of secrets")
        expand()

    def forget(self) -> None:
        with clock.at(OVER), current.set(actor=SYSTEM):
            forget_what_was_kept_long_enough()
        db.session.rollback()

    def preview(self) -> Any:
        db.session.rollback()
        with clock.at(OVER):
            return preview(db.session.get_one(Programme, self.programme.id))


@pytest.fixture
def scene(app: Flask) -> Any:
    with clock.at(BEFORE):
        yield Scene()


def test_previewed_logged_and_applied_are_the_same_and_nothing_is_left(app: Flask, scene: Scene) -> None:
    before = scene.preview()
    assert before.contacts >= 2
    assert min(before.messages, before.drafts, before.changes) >= 1
    page = browser(app, scene.olga).get(f"/programmes/{scene.programme.slug}/retention").text
    for count in (before.contacts, before.messages, before.drafts, before.changes):
        assert f'<dd class="num">{count}</dd>' in page
    scene.forget()
    details = db.session.scalars(select(Event).where(Event.name == "retention_applied")).one().details
    assert {key: details[key] for key in asdict(before)} == asdict(before)
    assert not scene.preview().any
    scene.forget()
    assert len(db.session.scalars(select(Event).where(Event.name == "retention_applied")).all()) == 1


def test_a_draft_goes_whatever_question_it_answers_and_a_message_with_its_title(scene: Scene) -> None:
    scene.forget()
    assert db.session.get_one(Application, scene.draft.id).answers == {}
    assert db.session.get_one(Application, scene.entry.id).answers != {}
    about = select(Delivery).where(Delivery.recipient.startswith("erased:"))
    gone = db.session.scalars(about).all()
    assert gone
    assert {(one.name, one.title, one.text, one.url) for one in gone} == {("", "", "", "")}


def test_what_the_log_kept_of_a_persons_contact_goes_with_the_contact(scene: Scene) -> None:
    subjects = select(EventSubject.event_id).where(EventSubject.kind == "member")
    kept = select(EventPerson).where(EventPerson.event_id.in_(subjects))
    assert "Doctor of secrets" in str([row.values for row in db.session.scalars(kept)])
    scene.forget()
    assert {str(row.values) for row in db.session.scalars(kept)} == {"{}"}


def test_a_team_in_another_programme_keeps_its_contacts_until_the_last_of_them_is_over(scene: Scene) -> None:
    with current.set(actor=SYSTEM):
        other = camp(person("Otto"), title="Other Camp")
        same = application(other, person("Eve"), "Twin", state="accepted")
        same.team_id = scene.entry.team_id
        other.options = {**other.options, "keep_months": 25}
        db.session.commit()
    scene.forget()
    mails = select(Member.mail).where(Member.team_id == scene.entry.team_id, Member.name == "Mei")
    assert db.session.scalar(mails) == "mei@people.example"
    with current.set(actor=SYSTEM):
        other = db.session.get_one(Programme, other.id)
        other.options = {**other.options, "keep_months": 24}
        db.session.commit()
    scene.forget()
    assert db.session.scalar(mails) == ""


def test_a_day_begins_and_ends_where_each_programme_is(app: Flask, scene: Scene) -> None:
    """The team is also in a camp in Los Angeles that ended on the same day: its day begins fifteen hours later."""
    with clock.at(BEFORE), current.set(actor=SYSTEM), bulk():
        far = camp(person("Lee"), title="Far Camp", zone="America/Los_Angeles")
        team = db.session.get_one(Team, scene.entry.team_id)
        project = db.session.get_one(Project, scene.entry.project_id)
        begin_application(team, far, project)
    path = f"/programmes/{scene.programme.slug}/retention"
    begins = datetime(2028, 12, 1, 16, 0, tzinfo=UTC)
    with clock.at(begins - timedelta(seconds=1)), current.set(actor=SYSTEM):
        assert not is_due(scene.programme)
        forget_what_was_kept_long_enough()
        assert "Erase it now" not in browser(app, scene.olga).get(path).text
    with clock.at(begins):
        assert is_due(scene.programme) and not is_due(far)
        olga = browser(app, scene.olga)
        assert "Erase it now" in olga.get(path).text
        with current.set(actor=SYSTEM):
            forget_what_was_kept_long_enough()
        assert "Erased on 2 December 2028" in olga.get(path).text
    db.session.rollback()
    mei = select(Member.phone).where(Member.name == "Mei")
    assert db.session.scalar(mei) == "+8613800138000"  # the other camp keeps hers
    event = db.session.scalars(select(Event).where(Event.name == "retention_applied")).one()
    assert (event.details["day"], event.details["zone"]) == ("2028-12-02", "Asia/Shanghai")
    with clock.at(datetime(2028, 12, 2, 7, 59, 59, tzinfo=UTC)), current.set(actor=SYSTEM):
        forget_what_was_kept_long_enough()
        assert db.session.scalar(mei) == "+8613800138000"
    with clock.at(datetime(2028, 12, 2, 8, tzinfo=UTC)), current.set(actor=SYSTEM):
        forget_what_was_kept_long_enough()
    db.session.rollback()
    assert db.session.scalar(mei) == ""


def test_what_was_written_in_conversations_and_noted_of_meetings_is_in_no_table_afterwards(
    app: Flask, scene: Scene
) -> None:
    with clock.at(BEFORE):
        with current.set(actor=actor(scene.olga)):
            write_on_application(scene.entry, "Quokka was seen at gate seven")
        with current.set(actor=SYSTEM):
            part = participation(scene.programme, "Baidu")
            match = add_match(scene.programme, scene.entry, part)
            meeting = Meeting(
                programme_id=scene.programme.id,
                match_id=match.id,
                application_id=scene.entry.id,
                participation_id=part.id,
                uid="m",
                state="held",
            )
            db.session.add(meeting)
            db.session.flush()
            note = MeetingReport(
                meeting_id=meeting.id, side="company", held=True, private_note="Numbat was late"
            )
            db.session.add(note)
            db.session.commit()
    before = scene.preview()
    assert "quokka" in everything().lower() and "numbat" in everything().lower()
    scene.forget()
    for trace in ("quokka", "numbat"):
        assert trace not in everything().lower()
    assert before.notes == 1
    assert not scene.preview().any
