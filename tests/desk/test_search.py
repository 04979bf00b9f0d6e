"""The palette finds conversations too, for their two sides and nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.core import clock
from campapp.core.db import db
from campapp.matching.models import Match
from campapp.threads.models import Thread
from tests.cast import browser, person
from tests.factories import BEFORE, application
from tests.outcomes.arranged import AFTER, Day, day, signed_in


@pytest.fixture
def stage(app: Flask) -> Iterator[Day]:
    stage = day()
    with clock.at(AFTER):
        yield stage


def finds(client: FlaskClient, words: str) -> list[str]:
    """The conversations among the hits."""
    page = client.get("/search", query_string={"q": words}).text
    return [part.split('"')[0] for part in page.split('href="/threads/')[1:]]


def test_what_was_written_between_the_sides_of_a_match_is_found_by_these_two(app: Flask, stage: Day) -> None:
    match = db.session.scalars(select(Match)).one()
    rival = person("Rival")
    with clock.at(BEFORE):
        application(stage.programme, rival, "Beta")
    company, team = signed_in(app, stage, "company"), signed_in(app, stage, "team")
    company.post(f"/matches/{match.id}/thread", data={"text": "Bring the 50%_prototype"})
    thread = db.session.scalars(select(Thread)).one()
    for client in (company, team):
        assert finds(client, "the 50%_proto") == [str(thread.id)]
        assert finds(client, "the 500_proto") == []
    for client in (signed_in(app, stage, "organiser"), browser(app, rival), app.test_client()):
        assert finds(client, "50%_proto") == []
    root = browser(app, person("Root", administrator=True), "administrator:0")
    assert finds(root, "50%_proto") == []
    assert finds(team, "") == []


def test_the_staff_find_what_a_team_or_somebody_asked_and_others_only_their_own(
    app: Flask, stage: Day
) -> None:
    asker, staff = browser(app, person("Ask Er")), signed_in(app, stage, "organiser")
    asker.post(f"/programmes/{stage.programme.slug}/questions", data={"text": "Does a patent pending count?"})
    signed_in(app, stage, "team").post(
        f"/applications/{stage.entry.id}/thread", data={"text": "Our patent, by train?"}
    )
    call, entry = db.session.scalars(select(Thread.id).order_by(Thread.id)).all()
    assert set(finds(staff, "PATENT")) == {str(call), str(entry)}
    assert finds(asker, "patent") == [str(call)]
    assert finds(signed_in(app, stage, "team"), "patent") == [str(entry)]
    assert finds(signed_in(app, stage, "company"), "patent") == []
