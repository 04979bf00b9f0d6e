"""An outcome: one side reports it, the other confirms; evidence; figures that change must be confirmed anew."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.access import Refused
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.outbox import Letter
from campapp.outcomes import queries
from campapp.outcomes.actions.outcome import confirm_outcome
from campapp.outcomes.models import Milestone, Outcome
from tests.cast import actor, browser, person
from tests.core.soundness.making import paper
from tests.outcomes.arranged import AFTER, Day, day, signed_in

PDF = paper()


def said(stage: Day, **more: str) -> dict[str, object]:
    return {
        "type": "pilot", "title": "Screening pilot", "day": "2026-12-03", "currency": "CNY", "intended": "80万元",
        "signed": "600,000", "paid": "", "programme_id": str(stage.programme.id),
        "company_id": str(stage.company.company_id), **more,
    }  # fmt: skip


def reported(app: Flask, stage: Day, role: str = "team", **more: object) -> Outcome:
    answer = signed_in(app, stage, role).post(
        f"/projects/{stage.entry.project_id}/outcomes", data={**said(stage), **more}
    )
    assert answer.status_code == 303, answer.text
    return db.session.scalars(select(Outcome).order_by(Outcome.id.desc())).first()


def test_one_side_reports_and_the_other_confirms(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        team, company = signed_in(app, stage, "team"), signed_in(app, stage, "company")
        form = team.get(f"/outcomes/new?project={stage.entry.project_id}&meeting={stage.meetings[0].id}").text
        assert f'selected value="{stage.company.company_id}"' in form
        outcome = reported(app, stage, meeting=str(stage.meetings[0].id))
        assert (outcome.intended, outcome.signed, outcome.paid) == (Decimal(800000), Decimal(600000), None)
        assert outcome.meeting_id == stage.meetings[0].id
        told = db.session.scalars(
            select(Letter.audience).where(Letter.template == "outcomes/to_confirm")
        ).all()
        assert told == [f"company:{stage.company.company_id}"]
        address = f"/outcomes/{outcome.id}"
        assert "Screening pilot" in company.get("/outcomes").text
        assert "Screening pilot" in company.get("/outcomes?q=alpha").text
        assert "Screening pilot" in company.get("/outcomes?q=sp").text
        assert "Screening pilot" not in company.get("/outcomes?q=%25").text
        assert team.post(f"{address}/confirmation").status_code == 404
        assert company.post(f"{address}/confirmation", data={"version": outcome.version}).status_code == 303
        db.session.refresh(outcome)
        assert (outcome.state, outcome.reported_side, outcome.confirmed_side) == (
            "confirmed",
            "team",
            "company",
        )
        assert company.post(f"{address}/confirmation?_method=delete").status_code == 303
        db.session.refresh(outcome)
        assert (outcome.state, outcome.confirmed_side, outcome.confirmed_at) == ("reported", "", None)


def test_whoever_changes_the_figures_has_reported_them_and_cannot_confirm_them(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        outcome = reported(app, stage)
        company, address = signed_in(app, stage, "company"), f"/outcomes/{outcome.id}"
        company.post(f"{address}/confirmation")
        changed = company.post(address, data={**said(stage), "signed": "900万元", "version": ""})
        assert changed.status_code == 303
        db.session.refresh(outcome)
        assert (outcome.state, outcome.reported_side, outcome.confirmed_side) == ("reported", "company", "")
        assert company.post(f"{address}/confirmation").status_code == 404
        assert signed_in(app, stage, "team").post(f"{address}/confirmation").status_code == 303


def test_what_was_confirmed_is_what_was_shown(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        outcome = reported(app, stage)
        seen, address = outcome.version, f"/outcomes/{outcome.id}"
        signed_in(app, stage, "team").post(address, data={**said(stage), "signed": "1亿"})
        late = signed_in(app, stage, "company").post(f"{address}/confirmation", data={"version": str(seen)})
        assert late.status_code == 409
        db.session.refresh(outcome)
        assert outcome.state == "reported"


def test_a_dispute_says_why_and_reaches_whoever_reported(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        outcome = reported(app, stage)
        company, address = signed_in(app, stage, "company"), f"/outcomes/{outcome.id}/dispute"
        assert company.get(address).status_code == 200
        assert company.post(address, data={"reason": ""}).status_code == 422
        assert company.post(address, data={"reason": "We signed half of it."}).status_code == 303
        assert "We signed half of it." in signed_in(app, stage, "team").get(f"/outcomes/{outcome.id}").text
        told = db.session.scalars(select(Letter.audience).where(Letter.template == "outcomes/disputed")).all()
        assert told == [f"team:{stage.entry.team_id}"]


def test_the_organiser_confirms_for_one_side_on_evidence_only(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        outcome = reported(app, stage)
        organiser, address = signed_in(app, stage, "organiser"), f"/outcomes/{outcome.id}"
        assert organiser.post(f"{address}/confirmation").status_code == 403
        proof = {**said(stage), "evidence": (io.BytesIO(PDF), "signed.pdf")}
        team = signed_in(app, stage, "team")
        assert team.post(address, data=proof, content_type="multipart/form-data").status_code == 303
        assert organiser.get(f"{address}/evidence").data == PDF
        assert signed_in(app, stage, "company").get(f"{address}/evidence").data == PDF
        assert browser(app, person("Else")).get(f"{address}/evidence").status_code == 404
        assert organiser.post(f"{address}/confirmation").status_code == 303
        db.session.refresh(outcome)
        assert (outcome.state, outcome.confirmed_side) == ("confirmed", "organiser")


def test_what_the_organiser_writes_down_needs_evidence_and_is_confirmed_by_a_side(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        organiser, address = (
            signed_in(app, stage, "organiser"),
            f"/projects/{stage.entry.project_id}/outcomes",
        )
        bare = organiser.post(address, data=said(stage))
        assert bare.status_code == 422
        assert "needs evidence" in bare.text
        outcome = reported(app, stage, "organiser", evidence_link="https://park.example/notice")
        with (
            current.set(actor=actor(stage.organiser, f"organiser:{stage.programme.id}")),
            pytest.raises(Refused),
        ):
            confirm_outcome(outcome)
        assert (
            signed_in(app, stage, "company").post(f"/outcomes/{outcome.id}/confirmation").status_code == 303
        )


def test_an_outcome_is_looked_at_again(app: Flask) -> None:
    stage = day()
    with clock.at(AFTER):
        outcome = reported(app, stage)
        signed_in(app, stage, "company").post(f"/outcomes/{outcome.id}/confirmation")
        organiser, address = signed_in(app, stage, "organiser"), f"/outcomes/{outcome.id}/milestones"
        assert organiser.get(f"{address}/new").status_code == 200
        assert organiser.post(address, data={"due": "2027-06-01"}).status_code == 303
        row = db.session.scalars(select(Milestone)).one()
        found = {"paid": "60万元", "note": "Runs in two hospitals."}
        assert organiser.get(f"{address}/{row.id}").status_code == 200
        assert organiser.post(f"{address}/{row.id}", data=found).status_code == 303
        db.session.refresh(row)
        assert row.figures == {"paid": "600000.00"}
        assert "Runs in two hospitals." in organiser.get(f"/outcomes/{outcome.id}").text
        assert organiser.post(f"/outcomes/{outcome.id}/closing").status_code == 303


def test_others_see_nothing_of_an_outcome(app: Flask) -> None:
    stage = day(2)
    with clock.at(AFTER):
        outcome = reported(app, stage)
        other = browser(app, person("Else"))
        assert other.get(f"/outcomes/{outcome.id}").status_code == 404
        assert "Screening pilot" not in other.get("/outcomes").text
        assert "Screening pilot" not in other.get("/outcomes?as=csv").text
        assert other.post(f"/projects/{stage.entry.project_id}/outcomes", data=said(stage)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_many_statements_for_three_rows_as_for_one(
    app: Flask, statements: Callable[..., int], count: int
) -> None:
    stage = day()
    with clock.at(AFTER):
        for n in range(count):
            outcome = reported(app, stage, title=f"Pilot {n}")
        team = signed_in(app, stage, "team")
        team.get("/outcomes")
        assert statements(lambda: team.get("/outcomes")) == 6
        assert statements(lambda: team.get(f"/outcomes/{outcome.id}")) <= 12


def test_of_many_projects_the_newest_are_offered_and_others_found(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = day()
    monkeypatch.setattr(queries, "OFFERED", 0)
    with clock.at(AFTER):
        organiser = signed_in(app, stage, "organiser")
        number = stage.entry.number
        assert f"project={stage.entry.project_id}" not in organiser.get("/outcomes/new").text
        monkeypatch.setattr(queries, "OFFERED", 1)
        assert f"project={stage.entry.project_id}" in organiser.get(f"/outcomes/new?q={number}").text
        assert f"project={stage.entry.project_id}" not in organiser.get("/outcomes/new?q=nothingsuch").text
