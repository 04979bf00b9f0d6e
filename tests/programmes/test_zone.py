"""The time zone and the deadline of a camp, and what follows them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.applications.actions.submission import submit
from campapp.core import clock
from campapp.core.access import Refused
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.form import answers, asked, kinds
from campapp.core.outbox import Letter
from campapp.core.text.language import Unreadable
from campapp.matching.actions.answer import answer_for
from campapp.matching.actions.release import add_match, release
from campapp.programmes.actions.absence import set_absences
from campapp.programmes.actions.agenda import add_session, add_slot
from campapp.programmes.actions.zone import change_zone
from campapp.programmes.models import Absence, EntryForm, Programme, Session, Slot, Table
from campapp.programmes.standard_form import DOCUMENT
from campapp.scheduling.actions.meeting import move_meeting
from campapp.scheduling.actions.publication import publish
from campapp.scheduling.models import Meeting, Placement
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, participation

LONDON_DEADLINE = datetime(2026, 11, 28, 23, 59, 59, tzinfo=UTC)


def london(owner: Account | None = None) -> Programme:
    programme = camp(owner, zone="Europe/London", deadline=LONDON_DEADLINE)
    with current.set(actor=SYSTEM):
        add_session(programme, day=date(2026, 12, 1), start="12:00", end="13:00", title_en="Lunch")
        add_slot(programme, date(2026, 12, 1), "00:00", "00:25")
    return programme


def slots() -> list[Slot]:
    db.session.expire_all()
    return list(db.session.scalars(select(Slot).order_by(Slot.starts_at)))


def test_the_page_asks_what_stays(app: Flask) -> None:
    organiser = person("Olga")
    programme = london(organiser)
    client = browser(app, organiser)
    url = f"/programmes/{programme.slug}/zone"
    page = client.get(url).get_data(as_text=True)
    assert 'value="local"' in page
    assert 'value="instant"' in page
    assert client.post(url, data={"zone": "Asia/Shanghai"}).status_code == 422
    assert client.post(url, data={"zone": "Asia/Shanghai", "keep": "local"}).status_code == 303
    assert programme_again(programme).zone == "Asia/Shanghai"


def programme_again(programme: Programme) -> Programme:
    db.session.expire_all()
    return programme


def test_the_same_local_time_keeps_every_clock_absences_and_deadline_alike(app: Flask) -> None:
    programme = london()
    row = participation(programme, "Baidu")
    before = [(slot.id, slot.day, slot.start, slot.end) for slot in slots()]
    with current.set(actor=SYSTEM):
        set_absences(row, slots()[:2])
        away = list(db.session.scalars(select(Absence.slot_id).order_by(Absence.slot_id)))
        change_zone(programme, "Asia/Shanghai", keep="local")
    after = slots()
    assert [(slot.id, slot.day, slot.start, slot.end) for slot in after] == before
    assert after[0].starts_at == datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    assert after[1].starts_at == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    assert programme.deadline == LONDON_DEADLINE - timedelta(hours=8)
    lunch = db.session.scalars(select(Session)).one()
    assert (lunch.start, lunch.starts_at) == ("12:00", datetime(2026, 12, 1, 4, 0, tzinfo=UTC))
    assert list(db.session.scalars(select(Absence.slot_id).order_by(Absence.slot_id))) == away
    assert db.session.scalars(select(Event.details).where(Event.name == "zone_changed")).one() == {
        "before": "Europe/London", "after": "Asia/Shanghai", "keep": "local",
    }  # fmt: skip


def test_the_same_instant_moves_nothing_but_what_clocks_show(app: Flask) -> None:
    programme = london()
    before = [slot.starts_at for slot in slots()]
    with current.set(actor=SYSTEM):
        change_zone(programme, "Asia/Shanghai", keep="instant")
    after = slots()
    assert [slot.starts_at for slot in after] == before
    assert (after[0].day, after[0].start) == (date(2026, 12, 1), "08:00")
    assert (after[1].day, after[1].start, after[1].end) == (date(2026, 12, 1), "17:00", "17:25")
    assert programme.deadline == LONDON_DEADLINE


def test_the_days_follow_slots_that_fall_on_another_day(app: Flask) -> None:
    programme = london()
    with current.set(actor=SYSTEM):
        change_zone(programme, "America/Los_Angeles", keep="instant")
    assert slots()[0].day == date(2026, 11, 30)
    assert (programme.first_day, programme.last_day) == (date(2026, 11, 30), date(2026, 12, 2))


def test_a_clock_that_the_new_zone_leaves_out_changes_nothing(app: Flask) -> None:
    programme = london()
    with current.set(actor=SYSTEM):
        add_slot(programme, date(2027, 3, 14), "02:30", "02:55")
        with pytest.raises(Unreadable):
            change_zone(programme, "America/Los_Angeles", keep="local")
    assert programme_again(programme).zone == "Europe/London"


def test_a_deadline_moved_into_the_past_refuses_the_open_form_and_keeps_what_is_in(app: Flask) -> None:
    organiser, captain = person("Olga"), person("Cao")
    with clock.at(BEFORE):
        programme = camp(organiser)
        entry = application(programme, captain, "Open", state="draft")
        inside = application(programme, person("Bo"), "Inside")
        client = browser(app, organiser)
        moved = client.post(f"/programmes/{programme.slug}/deadline", data={"deadline": "2026-11-01 24:00"})
        assert moved.status_code == 303
        with current.set(actor=actor(captain)), pytest.raises(Refused):
            submit(entry, "n1")
        assert entry.answers["summary"] == "We build it."
        assert inside.state == "submitted"
        client.post(f"/programmes/{programme.slug}/deadline", data={"deadline": "2026-11-30 12:00"})
        told = select(Letter.audience).where(Letter.template == "applications/deadline_moved")
        assert sorted(db.session.scalars(told)) == [f"team:{entry.team_id}", f"team:{inside.team_id}"]
        with current.set(actor=actor(captain)):
            submit(entry, "n2")
    names = db.session.scalars(select(Event.name).where(Event.name == "deadline_moved")).all()
    assert len(names) == 2


def test_a_published_schedule_follows_its_slots_and_everybody_is_told_once(app: Flask) -> None:
    with clock.at(BEFORE):
        programme = london()
        entry = application(programme, person("Cao"), "Alpha", state="accepted")
        row = participation(programme, "Baidu")
        with current.set(actor=SYSTEM):
            match = add_match(programme, entry, row)
            release(programme, [match])
            answer_for(match, "company", "accepted", how="organiser")
            answer_for(match, "team", "accepted", how="organiser")
            meeting = db.session.scalars(select(Meeting)).one()
            table = db.session.scalars(select(Table)).one()
            move_meeting(programme, meeting, slots()[1], table)
            publish(programme, seen=0)
            before = db.session.scalars(select(Placement)).one().starts_at
            assert before is not None
            move_meeting(programme, meeting, slots()[2], table)  # a draft that nobody has published
            change_zone(programme, "Asia/Shanghai", keep="local")
            change_zone(programme, "Asia/Tokyo", keep="instant")
    placements = list(db.session.scalars(select(Placement).order_by(Placement.id)))
    assert [placement.starts_at for placement in placements] == [before, before - timedelta(hours=8)]
    assert [placement.sequence for placement in placements] == [0, 1]
    told = db.session.scalars(select(Letter.audience).where(Letter.template == "scheduling/changes")).all()
    assert sorted(told) == [f"company:{row.company_id}", f"team:{entry.team_id}"]


def test_every_camp_begins_with_the_standard_form_in_both_languages(app: Flask) -> None:
    camp()
    form = db.session.scalars(select(EntryForm)).one()
    assert (form.number, form.document) == (1, DOCUMENT)
    fields = list(asked.all_fields(form.document))
    assert {field["kind"] for field in fields} <= set(kinds.KINDS)
    assert len({field["key"] for field in fields}) == len(fields)
    for field in fields:
        assert field["label_zh"]
        assert field["label_en"]
    assert [field["key"] for field in fields if field.get("confidential")] == ["deck"]
    assert {field["profile"] for field in fields if field.get("profile")} == {
        "summary",
        "sector",
        "trl",
        "link",
    }
    assert set(answers.missing(DOCUMENT, {}, set())) == {"summary", "sector", "trl"}
