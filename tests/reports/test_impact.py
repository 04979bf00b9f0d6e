"""The impact page counts apart who stands behind a figure; an issued copy stays."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select

from campapp.companies.models import Company
from campapp.core import clock
from campapp.core.current import SYSTEM, Membership, current
from campapp.core.db import db
from campapp.outcomes.actions.outcome import change_outcome, confirm_outcome, report_outcome
from campapp.outcomes.actions.report import report_meeting
from campapp.outcomes.models import Outcome
from campapp.outcomes.words import STANDINGS, standing_is, standing_of
from campapp.pool.models import Project
from campapp.reports.impact import impact
from campapp.reports.models import IssuedReport
from tests.cast import browser, person
from tests.outcomes.arranged import AFTER, Day, day, signed_in
from tests.reports.test_programme import outcome


def three(stage: Day) -> list[Outcome]:
    """One confirmed by both, one by the organiser on evidence, one only reported; and one of another year."""
    project = db.session.get_one(Project, stage.entry.project_id)
    team = SYSTEM.using(Membership("member", "team", stage.entry.team_id, "captain"))
    company = SYSTEM.using(Membership("representative", "company", stage.company.company_id, "lead"))
    organiser = SYSTEM.using(Membership("organiser", "programme", stage.programme.id, "owner"))
    made = {"type": "pilot", "programme_id": stage.programme.id, "signed": Decimal(100), "company": None}
    found = []
    with current.set(actor=team):
        partner = db.session.get_one(Company, stage.company.company_id)
        for n, day_ in enumerate(
            (date(2026, 12, 3), date(2026, 12, 31), date(2026, 1, 1), date(2025, 12, 31))
        ):
            values = {**made, "company": partner, "title": f"Pilot {n}", "day": day_}
            found.append(report_outcome(project, evidence_link="https://park.example/signed", **values))
    with current.set(actor=company):
        confirm_outcome(found[0])
    with current.set(actor=organiser):
        confirm_outcome(found[1])
    return found


def test_each_outcome_is_counted_once_by_who_stands_behind_it(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        rows = three(stage)
        with current.set(actor=SYSTEM, locale="en"):
            document = impact(2026)
        assert [figure.value for figure in document.figures] == [1, 1, 1]
        assert [row[4] for row in document.tables[0].rows] == ["100.00", "100.00", "100.00"]
        for standing in STANDINGS:
            by_sql = set(db.session.scalars(select(Outcome.id).where(standing_is(standing))))
            assert by_sql == {row.id for row in rows if standing_of(row) == standing}


def test_a_figure_opens_its_rows_and_says_its_definition_and_time(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        three(stage)
        organiser = signed_in(app, stage, "organiser")
        page = organiser.get("/impact?year=2026").text
        assert "The team and the company each said so themselves." in page
        assert "As of 3 December 2026" in page
        behind = "/outcomes?standing=both&amp;day_from=2026-01-01&amp;day_to=2026-12-31"
        assert behind in page
        rows = organiser.get(behind.replace("&amp;", "&")).text
        assert "Pilot 0" in rows
        assert "Pilot 1" not in rows
        assert "Pilot 3" not in organiser.get("/impact?year=2026").text


def test_an_issued_copy_stays_whatever_changes(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        rows = three(stage)
        organiser = signed_in(app, stage, "organiser")
        assert organiser.post("/impact/issues", data={"year": "2026"}).status_code == 303
        issued = db.session.scalars(select(IssuedReport)).one()
        assert set(issued.document) == {"zh_CN", "en"}
        with current.set(
            actor=SYSTEM.using(Membership("organiser", "programme", stage.programme.id, "owner"))
        ):
            change_outcome(rows[0], title="Another title", signed=Decimal(7))
        kept = organiser.get(f"/impact/issues/{issued.id}").text
        assert "Pilot 0" in kept
        assert "Another title" not in kept
        assert issued.sha256 in kept
        assert "Another title" in organiser.get("/impact?year=2026").text
        assert b"Pilot 0" in organiser.get(f"/impact/issues/{issued.id}?as=rtf").data
        assert (
            browser(app, person("Ada", administrator=True)).get(f"/impact/issues/{issued.id}").status_code
            == 200
        )


def test_it_goes_out_as_a_spreadsheet_with_numbers_and_as_text(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        three(stage)
        organiser = signed_in(app, stage, "organiser")
        book = openpyxl.load_workbook(io.BytesIO(organiser.get("/impact?year=2026&as=xlsx").data))
        assert [row[1].value for row in book["Figures"].iter_rows(min_row=2)] == [1, 1, 1]
        assert book["Amounts"]["E2"].value == 100
        text = organiser.get("/impact?year=2026&as=rtf").data
        assert text.startswith(b"{\\rtf1")
        assert text.count(b"{") - text.count(b"\\{") == text.count(b"}") - text.count(b"\\}")
        assert b"Pilot 0" in text


def test_a_private_note_is_in_no_file_of_it(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        with current.set(actor=SYSTEM):
            report_meeting(stage.meetings[0], "team", held=True, private_note="They cannot pay.")
            outcome(stage)
        organiser = signed_in(app, stage, "organiser")
        base = f"/programmes/{stage.programme.slug}"
        files = ("/impact?year=2026&as=rtf", "/outcomes?as=csv", "/outcomes?as=json")
        for path in (*files, "/impact?year=2026", f"{base}/report", f"{base}/slips"):
            assert "They cannot pay." not in organiser.get(path).text


@pytest.mark.parametrize("role", ["team", "company"])
def test_impact_is_for_the_staff_and_the_park(app: Flask, role: str) -> None:
    stage = day()
    somebody = signed_in(app, stage, role)
    assert somebody.get("/impact").status_code == 404
    assert somebody.post("/impact/issues", data={"year": "2026"}).status_code == 404
    assert db.session.scalar(select(func.count()).select_from(IssuedReport)) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_few_statements(app: Flask, statements: Callable[..., int], count: int) -> None:
    stage = day()
    with clock.at(AFTER):
        for _n in range(count):
            outcome(stage)
        organiser = signed_in(app, stage, "organiser")
        organiser.get("/impact")
        assert statements(lambda: organiser.get("/impact?year=2026")) == 10
