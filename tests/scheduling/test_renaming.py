"""A table or a room is renamed: shown at once, told with the next publication and only to whose place it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.outbox import Letter
from campapp.programmes.models import Room, Table
from campapp.scheduling.actions.publication import preview, publish
from tests.cast import actor, browser, person
from tests.factories import BEFORE
from tests.scheduling.test_timetable import Played, feed


@pytest.fixture
def played(app: Flask) -> Any:
    """Two meetings of one team, at T01 and T02, published."""
    with clock.at(BEFORE):
        made = Played(2)
        with current.set(actor=actor(made.organiser)):
            publish(made.programme, seen=0)
        yield made


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.template == "scheduling/changes")))


def test_the_new_name_stands_on_personal_pages_and_calendars_and_nobody_is_told_yet(
    app: Flask, played: Played
) -> None:
    client, captain = browser(app, played.organiser), browser(app, played.captain)
    table = played.tables()[0]
    assert f'value="{table.name}"' in client.get(f"/tables/{table.id}/edit").text
    answer = client.put(f"/tables/{table.id}", data={"name": "A3", "room": "", "version": table.version})
    assert answer.status_code == 303
    page = captain.get("/me").text
    assert "A3" in page and "T01 until now" in page
    _token, calendar = feed(app, played)
    assert "A3" in {event.location.value for event in calendar.vevent_list}
    assert letters() == []


def test_the_next_publication_tells_those_whose_place_is_called_otherwise_and_no_others(
    app: Flask, played: Played
) -> None:
    client, table = browser(app, played.organiser), played.tables()[0]
    client.put(f"/tables/{table.id}", data={"name": "A3", "room": ""})
    with current.set(actor=actor(played.organiser)):
        assert preview(played.programme)["moved"] == 1
        publish(played.programme, seen=1)
    told = {letter.audience: json.loads(json.dumps(letter.words))["meetings"] for letter in letters()}
    mine = played.meetings[0]
    assert told == {
        f"team:{played.entry.team_id}": [mine.id], f"company:{played.rows[0].company_id}": [mine.id],
    }  # fmt: skip
    assert "until now" not in browser(app, played.captain).get("/me").text


def test_a_room_s_name_stands_beside_its_tables(app: Flask, played: Played) -> None:
    client, table = browser(app, played.organiser), played.tables()[1]
    client.post(f"/programmes/{played.programme.slug}/rooms", data={"name": "Hall A"})
    room = db.session.scalars(select(Room)).one()
    client.put(f"/tables/{table.id}", data={"name": table.name, "room": str(room.id)})
    assert "Hall A" in browser(app, played.captain).get("/me").text
    assert (
        client.put(f"/rooms/{room.id}", data={"name": "Hall B", "version": room.version}).status_code == 303
    )
    page = browser(app, played.captain).get("/me").text
    assert "Hall B" in page and "Hall A" not in page
    with current.set(actor=actor(played.organiser)):
        assert preview(played.programme)["moved"] == 1


def test_a_name_that_another_one_bears_is_refused_beside_the_field(app: Flask, played: Played) -> None:
    client, first, second = browser(app, played.organiser), *played.tables()
    answer = client.put(f"/tables/{first.id}", data={"name": second.name, "room": ""})
    assert answer.status_code == 422
    assert "There is one with this name already." in answer.text
    assert f'value="{second.name}"' in answer.text


def test_two_organisers_at_once_do_not_overwrite_each_other(app: Flask, played: Played) -> None:
    client, table = browser(app, played.organiser), played.tables()[0]
    seen = table.version
    client.put(f"/tables/{table.id}", data={"name": "A3", "room": "", "version": seen})
    assert (
        client.put(f"/tables/{table.id}", data={"name": "B7", "room": "", "version": seen}).status_code == 409
    )
    db.session.expire_all()
    assert db.session.get_one(Table, table.id).name == "A3"


def test_before_a_publication_a_table_is_renamed_all_the_same_and_outsiders_cannot(app: Flask) -> None:
    with clock.at(BEFORE):
        made = Played(1)
        table = made.tables()[0]
        assert (
            browser(app, made.organiser)
            .put(f"/tables/{table.id}", data={"name": "A3", "room": ""})
            .status_code
            == 303
        )
        for somebody in (made.captain, made.representative, person("Eve")):
            assert browser(app, somebody).get(f"/tables/{table.id}/edit").status_code == 404
            assert browser(app, somebody).put(f"/tables/{table.id}", data={"name": "X"}).status_code == 404
        with current.set(actor=actor(made.organiser)):
            publish(made.programme, seen=0)
        assert "A3" in browser(app, made.captain).get("/me").text
    db.session.expire_all()
    assert db.session.get_one(Table, table.id).name == "A3"
