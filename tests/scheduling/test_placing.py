"""A meeting without a place is put on the board by hand: conflicts are said before, and it can be taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from campapp.core import clock
from campapp.core.current import current
from campapp.core.db import db
from campapp.programmes.actions.absence import set_absences
from campapp.scheduling.actions.meeting import move_meeting
from campapp.scheduling.models import Meeting
from tests.cast import actor, browser, person
from tests.factories import BEFORE
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
