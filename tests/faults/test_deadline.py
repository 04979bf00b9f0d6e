"""The last minute before a deadline, in which a process dies, the machine stops, the disk is full, the clock is set
back: every receipt that was shown is stored, whoever got none presses again and gets one, nobody is stored twice."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.models import Application, Submission
from campapp.core.db import db
from campapp.core.events import Event
from campapp.core.outbox import Delivery
from campapp.programmes.models import Programme
from tests.cast import person
from tests.factories import application
from tests.faults.deadline import (
    SET_BACK,
    Outcome,
    Person,
    disk_is_full,
    outcome,
    power_fails,
    press_all,
)
from tests.faults.served import Served, Visitor, until
from tests.post_office import PostOffice

pytestmark = pytest.mark.xdist_group("faults")
PEOPLE = 20


@pytest.fixture
def crowd(programme: Programme, site: Served) -> list[Person]:
    """Twenty captains at the last page of a complete draft."""
    captains = [person(f"Captain {n}") for n in range(PEOPLE)]
    found = [
        Person(application(programme, one, f"Team {n:02}", state="draft").id, Visitor(site.address, one))
        for n, one in enumerate(captains)
    ]
    for one in found:
        one.open()
    db.session.rollback()
    return found


ALL_IN = {"unanswered": 0, "broken": 0, "lost": 0, "twice": 0, "misnumbered": 0, "late": 0, "refused": 0}


def all_in(found: Outcome) -> bool:
    return {**vars(found), **ALL_IN} == vars(found) and found.accepted == PEOPLE


def test_a_process_that_dies_in_the_last_minute_loses_no_receipt(
    app: Flask, programme: Programme, crowd: list[Person], site: Served
) -> None:
    press_all(crowd, 1, site.kill_one)
    found = outcome(app, crowd, programme.deadline)
    assert all_in(found), found


def test_a_machine_that_stops_in_the_last_minute_loses_no_receipt(
    app: Flask, programme: Programme, crowd: list[Person], site: Served
) -> None:
    press_all(crowd, 1, lambda: power_fails(site))
    found = outcome(app, crowd, programme.deadline)
    assert all_in(found), found
    assert found.again, "it stopped too late for this test to say anything"


def test_a_disk_that_is_full_for_a_while_in_the_last_minute_loses_no_receipt_and_no_draft(
    app: Flask, programme: Programme, crowd: list[Person], site: Served
) -> None:
    press_all(crowd, 1, lambda: disk_is_full(site, crowd))
    found = outcome(app, crowd, programme.deadline)
    assert all_in(found), found
    assert any(507 in one.told for one in crowd), "there was room all the time"


def test_a_clock_set_back_in_the_last_minute_loses_no_receipt_and_no_page_that_is_open(
    app: Flask, office: PostOffice, programme: Programme, crowd: list[Person], site: Served
) -> None:
    press_all(crowd, 1, lambda: site.set_clock(SET_BACK))
    found = outcome(app, crowd, programme.deadline)
    assert all_in(found), found
    again = crowd[0]
    again.form, again.told = {}, []
    again.open()
    again.press()
    assert again.received
    db.session.rollback()
    first, second = db.session.scalars(
        select(Submission).where(Submission.application_id == again.entry).order_by(Submission.id)
    )
    assert (first.number, second.number) == (1, 2)
    assert db.session.get_one(Application, again.entry).submission_id == second.id
    assert ">2 ·" in again.browser.get(again.path).text, (
        "the receipt is of the newer version, by an earlier clock"
    )
    events = db.session.scalars(
        select(Event).where(Event.name == "application_submitted").order_by(Event.id)
    ).all()
    assert len(events) == PEOPLE + 1
    assert any(later.at < earlier.at for earlier, later in pairwise(events))
    site.set_clock(timedelta(0))  # what was told by the later clock leaves when it is that late again
    until(lambda: every_mail_left(PEOPLE + 1), "every receipt leaves")
    assert len(office.taken) == PEOPLE + 1


def every_mail_left(count: int) -> bool:
    db.session.rollback()
    sent = select(Delivery.id).where(Delivery.channel == "mail", Delivery.state == "sent")
    return len(db.session.scalars(sent).all()) == count


def test_after_a_deadline_that_a_clock_set_back_brings_again_the_servers_clock_decides(
    app: Flask, programme: Programme, crowd: list[Person], site: Served
) -> None:
    early, late, later = crowd[:3]
    past = timedelta(days=1, hours=1)
    site.set_clock(past)
    late.press()
    assert late.told == [403]
    site.set_clock(timedelta(0))
    early.press()
    late.told.clear()
    late.press()
    assert early.received
    assert late.received, "by the server's clock there is time again"
    site.set_clock(past)
    later.press()
    assert later.told == [403]
    found = outcome(app, [early, late, later], programme.deadline)
    assert (found.accepted, found.refused, found.lost, found.late) == (2, 1, 0, 0)


def test_a_press_whose_answer_was_lost_is_answered_with_its_receipt_also_after_the_deadline(
    app: Flask, programme: Programme, crowd: list[Person], site: Served
) -> None:
    one = crowd[0]
    one.press()
    one.told.clear()  # the answer never arrived
    site.set_clock(timedelta(days=2))
    one.press()
    assert one.told == [303]
    found = outcome(app, [one], programme.deadline)
    assert (found.accepted, found.twice, found.late) == (1, 0, 0)
