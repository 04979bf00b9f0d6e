"""A project is named anew, and its track chosen, as the first page of registration promises."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from campapp.applications.actions.submission import submit
from campapp.applications.models import Submission
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.pool.models import Project, Snapshot
from campapp.programmes.actions.programme import set_tracks
from campapp.programmes.models import Track
from tests.cast import actor, browser, person
from tests.factories import BEFORE, DEADLINE, answer_what_is_required, application, camp


def test_a_team_names_its_project_anew_and_chooses_its_track_until_the_deadline(app: Flask) -> None:
    captain = person("Cao")
    with clock.at(BEFORE) as hands:
        programme = camp()
        with current.set(actor=SYSTEM):
            set_tracks(programme, [(None, "开源", "Open source")])
        track = db.session.query(Track).one()
        entry = application(programme, captain, "Light eye", state="draft")
        team = browser(app, captain)
        address = f"/applications/{entry.id}/project"
        sent = {"project": "Lighter eye", "track": str(track.id)}
        assert "Light eye" in team.get(f"{address}/edit").text
        assert team.put(address, data={"project": ""}).status_code == 422
        assert team.put(address, data=sent).status_code == 303
        db.session.expire_all()
        assert (entry.project_title, entry.track_id) == ("Lighter eye", track.id)
        with current.set(actor=actor(captain)):
            answer_what_is_required(entry)
            submit(entry, "n1")
        assert team.put(address, data={"project": "Lightest eye", "track": ""}).status_code == 303
        db.session.expire_all()
        frozen = db.session.get_one(Submission, entry.submission_id).snapshot_id
        assert db.session.get_one(Snapshot, frozen).document["project"]["title"] == "Lighter eye"
        assert (entry.project_title, entry.track_id) == ("Lighter eye", track.id)
        assert db.session.get_one(Project, entry.project_id).title == "Lightest eye"
        assert "The draft has been changed since" in team.get(f"/applications/{entry.id}/submission").text
        hands.moment = DEADLINE + timedelta(seconds=1)
        assert team.put(address, data=sent).status_code in (403, 409, 422)
    db.session.expire_all()
    assert db.session.get_one(Project, entry.project_id).title == "Lightest eye"
