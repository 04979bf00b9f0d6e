"""The log of messages: what a programme's staff and the administrators see of it, and never a draft's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.access import nobody
from campapp.core.action import Act, action, bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Delivery, tell
from campapp.messages.actions import deliver, expand
from campapp.teams.models import Team
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp


@action("told_in_a_test", rule=nobody)
def tell_team(act: Act, entry: Application) -> None:
    tell(db.session.get_one(Team, entry.team_id), "applications/deadline_moved", entry)


@pytest.mark.parametrize("teams", [1, 3])
def test_the_log_shows_what_was_told_about_what_was_submitted_and_never_about_a_draft(
    app: Flask, statements: Callable[[Callable[[], object]], int], teams: int
) -> None:
    organiser, rival = person("Olga"), person("Otto")
    with clock.at(BEFORE):
        programme, other = camp(organiser), camp(rival, title="Other", slots=False)
        entries = [application(programme, person(f"Cap {n}"), f"Team {n}") for n in range(teams)]
        entries.append(application(programme, person("Drafty"), "Dreamers", state="draft"))
        with current.set(actor=SYSTEM), bulk():
            for entry in entries:
                tell_team(entry)
        expand()
        deliver()
        client, address = browser(app, organiser), f"/programmes/{programme.slug}/messages/log"
        page = client.get(f"{address}?channel=mail").text
        assert "cap.0@people.example" in page and "drafty@people.example" not in page
        assert "drafty@" not in client.get(f"{address}?as=csv").text
        assert (
            "drafty@people.example"
            in browser(app, person("Ada", administrator=True)).get("/deliveries/log").text
        )
        assert "cap.0@" not in browser(app, rival).get(f"/programmes/{other.slug}/messages/log").text
        assert browser(app, rival).get(address).status_code == 404
        row = db.session.scalars(select(Delivery).where(Delivery.recipient == "cap.0@people.example")).first()
        assert row is not None
        assert client.post(f"/deliveries/{row.id}/sending", data={"next": address}).location == address
        client.get(address)
        assert statements(lambda: client.get(address)) == 7
