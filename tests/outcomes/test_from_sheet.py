"""What an imported sheet says of an outcome is what the sheet says, until one of the sides says so here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.outcomes.models import Outcome
from campapp.outcomes.words import STANDINGS, standing_is, standing_of
from campapp.reports.funnel import counted
from campapp.reports.impact import impact
from tests.outcomes.arranged import AFTER, Day, day, signed_in

CLAIMS = [("team", "company"), ("company", "team"), ("team", "organiser"), ("organiser", "company")]


def claimed(
    stage: Day, reported: str = "team", confirmed: str = "company", state: str = "confirmed"
) -> Outcome:
    row = Outcome(
        state=state, type="pilot", programme_id=stage.programme.id, project_id=stage.entry.project_id,
        team_id=stage.entry.team_id, company_id=stage.company.company_id, title="Pilot", day=date(2026, 12, 2),
        signed=Decimal(100), reported_side=reported, confirmed_side=confirmed, from_sheet=True,
    )  # fmt: skip
    db.session.add(row)
    db.session.commit()
    return row


@pytest.mark.parametrize(("reported", "confirmed"), CLAIMS)
def test_it_is_counted_apart_from_what_was_said_here(app: Flask, reported: str, confirmed: str) -> None:
    stage = day()
    with clock.at(AFTER):
        row = claimed(stage, reported, confirmed)
        assert standing_of(row) == "sheet"
        assert [
            key for key in STANDINGS if db.session.scalars(select(Outcome.id).where(standing_is(key))).all()
        ] == ["sheet"]
        with current.set(actor=SYSTEM, locale="en"):
            document = impact(2026)
            assert [figure.value for figure in document.figures] == [0, 0, 1, 0]
            assert document.lead.startswith("0 of 1")
            assert counted([stage.programme.id])[stage.programme.id].agreed == 0
        page = signed_in(app, stage, "organiser").get("/impact?year=2026").text
        assert "Confirmed according to an imported sheet" in page


@pytest.mark.parametrize("state", ["confirmed", "followed"])
@pytest.mark.parametrize("side", ["team", "company"])
def test_either_side_confirms_it_here_and_then_it_is_theirs_and_written_down_by_the_organiser(
    app: Flask, side: str, state: str
) -> None:
    stage = day()
    with clock.at(AFTER):
        row = claimed(stage, state=state)
        client = signed_in(app, stage, side)
        assert "Pilot" in client.get("/").text
        page = client.get(f"/outcomes/{row.id}").text
        assert "what an imported sheet says" in page and "Yes, confirm it" in page
        assert (
            client.post(f"/outcomes/{row.id}/confirmation", data={"version": row.version}).status_code == 303
        )
        db.session.expire_all()
        assert (row.state, row.reported_side, row.confirmed_side, row.from_sheet) == (
            "confirmed", "organiser", side, False,
        )  # fmt: skip
        assert standing_of(row) == "evidence"
        assert "what an imported sheet says" not in client.get(f"/outcomes/{row.id}").text


def test_a_side_that_never_confirmed_it_says_so(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        row = claimed(stage)
        client = signed_in(app, stage, "company")
        assert (
            client.post(f"/outcomes/{row.id}/dispute", data={"reason": "We signed nothing"}).status_code
            == 303
        )
        db.session.expire_all()
        assert (row.state, row.confirmed_side, row.from_sheet) == ("disputed", "", False)


def test_who_brought_the_sheet_in_confirms_nothing_in_it(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        row = claimed(stage, "team", "", "reported")
        row.evidence_link = "https://park.example/signed"
        db.session.commit()
        client = signed_in(app, stage, "organiser")
        assert "Yes, confirm it" not in client.get(f"/outcomes/{row.id}").text
        assert client.post(f"/outcomes/{row.id}/confirmation").status_code in {403, 409}
        db.session.expire_all()
        assert row.confirmed_side == ""


def test_a_park_without_such_a_sheet_speaks_of_none(app: Flask) -> None:
    day()
    with clock.at(AFTER), current.set(actor=SYSTEM, locale="en"):
        assert [figure.label for figure in impact(2026).figures] == [
            str(label) for key, label in STANDINGS.items() if key != "sheet"
        ]
