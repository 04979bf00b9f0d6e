"""A team's first page: the draft that can still be submitted, by its own deadline."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from campapp.applications.actions.draft import begin_application
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.pool.models import Project
from campapp.teams.models import Team
from tests.cast import browser, person
from tests.factories import BEFORE, DEADLINE, application, camp, later


def test_the_draft_whose_deadline_comes_first_is_offered_until_it_has_passed(app: Flask) -> None:
    captain, organiser = person("Cao"), person("Olga")
    with clock.at(BEFORE):
        late = camp(organiser, title="Late Camp", deadline=DEADLINE + timedelta(days=9))
        soon = application(camp(organiser, title="Soon Camp"), captain, "Alpha", state="draft")
        with current.set(actor=SYSTEM):
            team, project = (
                db.session.get_one(Team, soon.team_id),
                db.session.get_one(Project, soon.project_id),
            )
            begin_application(team, late, project)
    pages = {}
    for moment in (BEFORE, later(days=1), later(days=10)):
        with clock.at(moment):
            pages[moment] = browser(app, captain).get("/").text
    panels = [text.partition('class="board-panel"')[2].partition("</div>")[0] for text in pages.values()]
    assert "Soon Camp" in panels[0]
    assert "Late Camp" in panels[1]
    assert panels[2] == ""
