"""A programme's funnel and what is overdue in it; paper for its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.outcomes.actions.outcome import confirm_outcome, follow_outcome, report_outcome
from campapp.outcomes.actions.report import report_meeting
from campapp.outcomes.models import Milestone, Outcome
from campapp.pool.models import Project
from campapp.reports.funnel import counted
from tests.outcomes.arranged import AFTER, Day, day, signed_in

SHEETS = (
    "", "/attendance", "/badges/team", "/badges/company", "/badges/staff", "/table-signs", "/day-sheets/team",
    "/day-sheets/company", "/slips",
)  # fmt: skip


def outcome(stage: Day, **values: object) -> Outcome:
    with current.set(actor=SYSTEM):
        project = db.session.get_one(Project, stage.entry.project_id)
        made = {
            "type": "pilot",
            "day": date(2026, 12, 3),
            "programme_id": stage.programme.id,
            "title": "Pilot",
        }
        return report_outcome(project, **{**made, **values})


def test_the_funnel_counts_from_registrations_to_outcomes(app: Flask) -> None:
    stage = day(2)
    with clock.at(AFTER), current.set(actor=SYSTEM):
        report_meeting(stage.meetings[0], "team", held=True)
        confirm_outcome(outcome(stage))
        outcome(stage)
        steps = dict(counted([stage.programme.id])[stage.programme.id].steps())
    assert steps == {
        "begun": 2, "submitted": 2, "eligible": 2, "taken": 2, "confirmed": 2, "held": 1, "outcome": 2, "agreed": 1,
    }  # fmt: skip


def test_what_is_overdue_is_said_with_the_button_that_resolves_it(app: Flask) -> None:
    stage = day(2)
    address = f"/programmes/{stage.programme.slug}/report"
    with clock.at(AFTER), current.set(actor=SYSTEM):
        report_meeting(stage.meetings[0], "team", held=True)
        report_meeting(stage.meetings[0], "company", held=True)
        report_meeting(stage.meetings[1], "team", held=True)
        late = outcome(stage, title="Never confirmed")
        followed = outcome(stage, title="Looked at again")
        confirm_outcome(followed)
        follow_outcome(followed, date(2026, 12, 10))
    with clock.at(AFTER):
        page = signed_in(app, stage, "organiser").get(address).text
        assert "Never confirmed" not in page
        assert "Looked at again" not in page
    with clock.at(AFTER + timedelta(days=15)):
        page = signed_in(app, stage, "organiser").get(address).text
        assert f"/outcomes/{late.id}" in page
        milestone = db.session.scalars(select(Milestone)).one()
        assert f"/outcomes/{followed.id}/milestones/{milestone.id}" in page
        assert f"/meetings/{stage.meetings[1].id}/report?side=company" in page
        assert f"/meetings/{stage.meetings[0].id}/report" not in page


@pytest.mark.parametrize("sheet", SHEETS)
def test_paper_for_the_day_names_those_who_meet(app: Flask, sheet: str) -> None:
    stage = day(2)
    page = signed_in(app, stage, "organiser").get(f"/programmes/{stage.programme.slug}/paper{sheet}").text
    if sheet not in {"", "/badges/team", "/badges/staff"}:
        assert "Baidu" in page
    if sheet not in {"", "/table-signs", "/badges/company", "/badges/staff"}:
        assert "Team 1" in page
    if sheet in {"/day-sheets/team", "/day-sheets/company", "/slips"}:
        assert "09:00" in page


@pytest.mark.parametrize("role", ["team", "company"])
def test_paper_and_report_are_for_the_staff(app: Flask, role: str) -> None:
    stage = day()
    somebody = signed_in(app, stage, role)
    for path in ("report", *(f"paper{sheet}" for sheet in SHEETS)):
        assert somebody.get(f"/programmes/{stage.programme.slug}/{path}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_few_statements_however_many_meetings(
    app: Flask, statements: Callable[..., int], count: int
) -> None:
    stage = day(count)
    with clock.at(AFTER):
        organiser = signed_in(app, stage, "organiser")
        organiser.get("/outcomes")
        base = f"/programmes/{stage.programme.slug}"
        assert statements(lambda: organiser.get(f"{base}/report")) == 11
        assert statements(lambda: organiser.get(f"{base}/paper/day-sheets/team")) == 5
        assert statements(lambda: organiser.get(f"{base}/paper/slips")) == 5


def test_the_organiser_finds_report_and_paper_on_the_first_page(app: Flask) -> None:
    stage = day()
    home = signed_in(app, stage, "organiser").get("/").text
    for path in ("report", "paper"):
        assert f'href="/programmes/{stage.programme.slug}/{path}"' in home
