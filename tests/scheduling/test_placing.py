"""A meeting without a place is put on the board by hand: conflicts are said before, and it can be taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.companies.models import Representative
from campapp.core import clock, jobs
from campapp.core.current import current
from campapp.core.db import db
from campapp.matching.actions.release import cancel
from campapp.matching.models import Match
from campapp.programmes.actions.absence import set_absences
from campapp.scheduling.actions.meeting import move_meeting, pin
from campapp.scheduling.actions.run import start
from campapp.scheduling.models import Attendance, Meeting, Seat
from tests.cast import actor, browser, person
from tests.factories import BEFORE, participation
from tests.scheduling.test_timetable import Played


@pytest.fixture
def played(app: Flask) -> Any:
    """Two meetings of one team; the second has lost its place."""
    with clock.at(BEFORE):
        made = Played(2)
        with current.set(actor=actor(made.organiser)):
            move_meeting(made.programme, made.meetings[1], None, None)
            set_absences(made.rows[1], [made.slots()[3]])
        yield made


def again(meeting: Meeting) -> Meeting:
    return db.session.get_one(Meeting, meeting.id, populate_existing=True)


def test_it_waits_above_the_board_and_lands_where_it_is_dropped(app: Flask, played: Played) -> None:
    client, meeting = browser(app, played.organiser), played.meetings[1]
    board = f"/programmes/{played.programme.slug}/board"
    page = client.get(board).text
    assert re.search(rf'<li data-t="{meeting.id}" data-version="{meeting.version}"', page)
    cell = f"{meeting.participation_id}:{played.slots()[4].id}"
    answer = client.post(
        f"/meetings/{meeting.id}/place?_method=put", data={"cell": cell, "version": meeting.version},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert answer.status_code == 200
    assert "data-waiting" not in answer.text and f'data-t="{meeting.id}"' in answer.text
    undo = re.search(r"/moves/\d+", answer.text)
    assert again(meeting).state == "placed" and undo is not None
    client.post(f"{undo[0]}?_method=delete")
    assert (again(meeting).slot_id, again(meeting).state) == (None, "expected")


def test_conflicts_are_said_before_it_is_dropped_and_refused_when_dropped(app: Flask, played: Played) -> None:
    client, (other, meeting) = browser(app, played.organiser), played.meetings
    places = {one["cell"]: one for one in client.get(f"/meetings/{meeting.id}/places").json["places"]}  # type: ignore[index]
    busy = f"{meeting.participation_id}:{other.slot_id}"
    away = f"{meeting.participation_id}:{played.slots()[3].id}"
    assert places[busy]["why"] == "The team meets Company 0 then."
    assert places[away]["why"] == "The company is away then."
    for cell in (busy, away):
        answer = client.put(f"/meetings/{meeting.id}/place", data={"cell": cell, "version": meeting.version},
                            headers={"HX-Request": "true"})  # fmt: skip
        assert (answer.status_code, answer.text) == (409, places[cell]["why"])
    assert again(meeting).slot_id is None


def test_without_a_script_a_page_of_its_own_offers_the_free_places(app: Flask, played: Played) -> None:
    client, meeting = browser(app, played.organiser), played.meetings[1]
    page = client.get(f"/meetings/{meeting.id}/place").text
    assert "The team meets Company 0 then." in page and "has no place yet" in page
    free = len(played.slots()) - 2
    assert page.count("Put it here") == free
    cell = f"{meeting.participation_id}:{played.slots()[5].id}"
    answer = client.put(f"/meetings/{meeting.id}/place", data={"cell": cell, "version": meeting.version})
    assert answer.status_code == 200 and "<main" in answer.text
    assert again(meeting).slot_id == played.slots()[5].id
    refused = client.put(
        f"/meetings/{meeting.id}/place",
        data={
            "cell": f"{meeting.participation_id}:{played.meetings[0].slot_id}",
            "version": again(meeting).version,
        },
    )
    assert refused.status_code == 409 and "The team meets Company 0 then." in refused.text
    assert client.post(f"/meetings/{meeting.id}/place?_method=delete").status_code == 303
    assert again(meeting).slot_id is None


def test_others_neither_see_nor_use_it(app: Flask, played: Played) -> None:
    meeting = played.meetings[1]
    for somebody in (played.captain, played.representative, person("Eve")):
        client = browser(app, somebody)
        assert client.get(f"/meetings/{meeting.id}/place").status_code == 404
        assert client.put(f"/meetings/{meeting.id}/place", data={"cell": "1:1"}).status_code == 404


def test_undo_leaves_whoever_came_to_the_old_place_meanwhile(app: Flask, played: Played) -> None:
    client, (first, second) = browser(app, played.organiser), played.meetings
    with current.set(actor=actor(played.organiser)):
        move = move_meeting(played.programme, first, played.slots()[6], played.tables()[0])
        move_meeting(played.programme, second, played.slots()[0], played.tables()[1])
    refused = client.delete(f"/moves/{move.id}")
    assert refused.status_code == 403 and "in the way there by now" in refused.text
    assert again(first).slot_id == played.slots()[6].id


def test_undo_puts_nobody_where_they_are_away_by_now(app: Flask, played: Played) -> None:
    first = played.meetings[0]
    with current.set(actor=actor(played.organiser)):
        move = move_meeting(played.programme, first, None, None)
        set_absences(played.rows[0], [played.slots()[0]])
    assert browser(app, played.organiser).delete(f"/moves/{move.id}").status_code == 403
    assert again(first).slot_id is None


def test_a_meeting_that_was_held_stays_where_it_was(app: Flask, played: Played) -> None:
    client, first = browser(app, played.organiser), played.meetings[0]
    client.post(f"/meetings/{first.id}/state", data={"state": "held"})
    place = again(first).slot_id
    assert place is not None
    assert client.delete(f"/meetings/{first.id}/place").status_code == 409
    assert client.get(f"/meetings/{first.id}/places").status_code == 404
    assert (again(first).slot_id, again(first).state) == (place, "held")


def test_a_meeting_without_a_place_can_neither_be_held_nor_count_as_placed(
    app: Flask, played: Played
) -> None:
    client, waiting = browser(app, played.organiser), played.meetings[1]
    for state in ("placed", "held", "no-show"):
        assert client.post(f"/meetings/{waiting.id}/state", data={"state": state}).status_code == 409
    assert again(waiting).state == "expected"


def test_the_places_of_a_meeting_that_is_no_more_are_not_found(app: Flask, played: Played) -> None:
    client, first = browser(app, played.organiser), played.meetings[0]
    with current.set(actor=actor(played.organiser)):
        cancel(db.session.get_one(Match, first.match_id), "gone")
    assert [client.get(f"/meetings/{first.id}/{noun}").status_code for noun in ("places", "place")] == [
        404,
        404,
    ]


def test_only_the_meetings_own_company_sits_in_it(app: Flask, played: Played) -> None:
    rival = person("Rival")
    stranger = participation(played.programme, "Stranger", representative=rival)
    client, first = browser(app, played.organiser), played.meetings[0]
    assert "Rival" not in client.get(f"/meetings/{first.id}/seats/edit").text
    row = db.session.scalars(
        select(Representative).where(Representative.company_id == stranger.company_id)
    ).one()
    assert client.post(f"/meetings/{first.id}/seats", data={"person": str(row.id)}).status_code == 404
    assert db.session.scalars(select(Seat)).all() == []


def test_attendance_is_ticked_on_a_day_of_the_programme(app: Flask, played: Played) -> None:
    client, home = browser(app, played.organiser), f"/programmes/{played.programme.slug}/attendance"
    for day in ("anything..", "1999-01-01", "2026-12-01"):
        client.post(
            home, data={"kind": "application", "id": str(played.entry.id), "state": "late", "day": day}
        )
    assert [row.day for row in db.session.scalars(select(Attendance))] == ["2026-12-01"]


def test_a_schedule_chosen_late_puts_nobody_where_they_are_away_by_now(app: Flask, played: Played) -> None:
    first = played.meetings[0]
    with current.set(actor=actor(played.organiser)):
        pin(first)
        run = start(played.programme, time_limit=10.0)
    jobs.work_off()
    with current.set(actor=actor(played.organiser)):
        set_absences(played.rows[0], [played.slots()[0]])
    refused = browser(app, played.organiser).post(f"/schedule-runs/{run.id}/choice")
    assert refused.status_code == 403 and "Run again" in refused.text
    assert again(played.meetings[1]).slot_id is None
