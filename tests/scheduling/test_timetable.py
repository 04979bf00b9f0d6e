"""The board, the publication and the private calendar, by their pages."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

import pytest
import vobject
from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.access import Refused
from campapp.core.current import current
from campapp.core.db import db
from campapp.matching.actions.answer import answer_for
from campapp.matching.actions.release import add_match, cancel, release
from campapp.matching.models import Match
from campapp.programmes.models import Programme, Slot, Table
from campapp.scheduling.actions.meeting import move_meeting
from campapp.scheduling.actions.publication import publish
from campapp.scheduling.models import FeedLink, Meeting, Publication
from tests.cast import actor, browser, person
from tests.factories import BEFORE, application, camp, participation


class Played:
    """A camp with one confirmed meeting of each company with the one team, placed one after the other."""

    def __init__(self, companies: int = 1) -> None:
        self.organiser, self.captain, self.representative = person("Olga"), person("Cao"), person("Rep")
        self.programme = camp(self.organiser)
        self.entry = application(self.programme, self.captain, "Alpha", state="accepted")
        self.rows = [
            participation(
                self.programme, f"Company {n}", representative=self.representative if n == 0 else None
            )
            for n in range(companies)
        ]
        with current.set(actor=actor(self.organiser)):
            self.meetings = [self._meeting(n) for n in range(companies)]

    def _meeting(self, number: int) -> Meeting:
        match = add_match(self.programme, self.entry, self.rows[number])
        release(self.programme, [match])
        answer_for(match, "company", "accepted", how="organiser")
        answer_for(match, "team", "accepted", how="organiser")
        meeting = db.session.scalars(select(Meeting).where(Meeting.match_id == match.id)).one()
        move_meeting(self.programme, meeting, self.slots()[number], self.tables()[number])
        return meeting

    def slots(self) -> list[Slot]:
        return list(db.session.scalars(select(Slot).order_by(Slot.starts_at)))

    def tables(self) -> list[Table]:
        return list(db.session.scalars(select(Table).order_by(Table.position)))


def feed(app: Flask, played: Played) -> Any:
    captain = browser(app, played.captain)
    token = db.session.scalars(select(FeedLink.token).where(FeedLink.revoked_at.is_(None))).first()
    if token is None:
        captain.post("/me/feed")
        token = db.session.scalars(select(FeedLink.token).where(FeedLink.revoked_at.is_(None))).one()
    answer = app.test_client().get(f"/feeds/{token}.ics")
    assert answer.status_code == 200
    return token, vobject.readOne(answer.text)


def test_the_feed_moves_with_a_uid_that_stays_and_cancels_what_is_gone(app: Flask) -> None:
    with clock.at(BEFORE):
        played = Played(2)
        with current.set(actor=actor(played.organiser)):
            publish(played.programme, seen=0)
        _token, first = feed(app, played)
        with current.set(actor=actor(played.organiser)):
            move_meeting(played.programme, played.meetings[0], played.slots()[5], played.tables()[0])
            cancel(db.session.get_one(Match, played.meetings[1].match_id), "gone")
            publish(played.programme, seen=1)
        _token, second = feed(app, played)
    before = {event.uid.value: event for event in first.vevent_list}
    after = {event.uid.value: event for event in second.vevent_list}
    assert set(before) == set(after)
    moved, gone = (after[meeting.uid] for meeting in played.meetings)
    assert int(moved.sequence.value) == 1
    assert gone.status.value == "CANCELLED"
    assert isinstance(moved.dtstart.value, datetime)
    assert moved.dtstart.value == played.slots()[5].starts_at
    assert "TZID" in moved.dtstart.params or moved.dtstart.value.tzinfo is not None
    assert first.vtimezone.tzid.value == "Asia/Shanghai"
    assert moved.organizer.value == "MAILTO:camp@park.example"


def test_a_renewed_link_makes_the_old_one_404_and_nobody_else_gets_in(app: Flask) -> None:
    with clock.at(BEFORE):
        played = Played(1)
        with current.set(actor=actor(played.organiser)):
            publish(played.programme, seen=0)
        old, _calendar = feed(app, played)
        browser(app, played.captain).post("/me/feed")
    visitor = app.test_client()
    assert visitor.get(f"/feeds/{old}.ics").status_code == 404
    new = db.session.scalars(select(FeedLink.token).where(FeedLink.revoked_at.is_(None))).one()
    other = visitor.get(f"/feeds/{new}.ics?account_id={played.representative.id}")
    assert other.text == visitor.get(f"/feeds/{new}.ics").text
    assert new not in visitor.get(f"/programmes/{played.programme.slug}").text


def test_nobody_outside_the_staff_sees_the_board_or_an_unpublished_meeting(app: Flask) -> None:
    with clock.at(BEFORE):
        played = Played(1)
        for somebody in (played.captain, played.representative):
            client = browser(app, somebody)
            assert client.get(f"/programmes/{played.programme.slug}/board").status_code == 404
            assert played.meetings[0].uid not in client.get("/me").text
            assert "T01" not in client.get("/me").text


def test_the_board_moves_a_meeting_only_where_nobody_is_in_the_way(app: Flask) -> None:
    with clock.at(BEFORE):
        played = Played(2)
        client = browser(app, played.organiser)
        meeting, other = played.meetings
        places = {p["cell"]: p for p in client.get(f"/meetings/{meeting.id}/places").json["places"]}  # type: ignore[index]
        taken = places[f"{meeting.participation_id}:{other.slot_id}"]
        assert not taken["ok"]
        assert taken["why"]
        free = f"{meeting.participation_id}:{played.slots()[7].id}"
        assert places[free]["ok"]
        refused = client.put(
            f"/meetings/{meeting.id}/place", data={"cell": taken["cell"], "version": meeting.version}
        )
        assert refused.status_code == 409
        done = client.put(f"/meetings/{meeting.id}/place", data={"cell": free, "version": meeting.version})
        assert done.status_code == 200
        stale = client.put(f"/meetings/{meeting.id}/place", data={"cell": free, "version": 1})
        assert stale.status_code == 409
    db.session.refresh(meeting)
    assert meeting.slot_id == played.slots()[7].id


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_asks_the_same_statements_however_many_meetings(
    app: Flask, statements: Any, rows: int
) -> None:
    with clock.at(BEFORE):
        played = Played(rows)
        client = browser(app, played.organiser)
        address = f"/programmes/{played.programme.slug}/board"
        client.get(address)
        db.session.remove()
        assert statements(lambda: client.get(address)) == 12


def test_two_who_publish_at_once_one_wins_and_the_other_is_told(app: Flask) -> None:
    with clock.at(BEFORE):
        played = Played(1)
    programme_id, who = played.programme.id, actor(played.organiser)
    db.session.rollback()
    told: list[str] = []

    def press() -> None:
        with app.app_context(), current.set(actor=who):
            try:
                publish(db.session.get_one(Programme, programme_id), seen=0)
            except Refused as problem:
                told.append(problem.reason)
            db.session.remove()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 3
    assert all(told)
    assert len(db.session.scalars(select(Publication)).all()) == 1
