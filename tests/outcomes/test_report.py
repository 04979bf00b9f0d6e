"""What each side says of a meeting, and who reads which part of it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.access import hidden_fields
from campapp.core.current import Membership
from campapp.core.db import db
from campapp.outcomes.models import MeetingReport
from campapp.scheduling.models import Meeting
from tests.cast import actor
from tests.factories import BEFORE
from tests.outcomes.arranged import AFTER, day, signed_in

SAID = {
    "version": "0", "held": "yes", "interest": "4", "next_step": "visit", "next_by": "2026-12-20",
    "shared_note": "Bring the board.", "private_note": "They cannot pay.",
}  # fmt: skip


def test_a_side_writes_its_report_and_the_meeting_is_held(app: Flask) -> None:
    stage = day()
    address = f"/meetings/{stage.meetings[0].id}/report"
    with clock.at(AFTER):
        team = signed_in(app, stage, "team")
        assert b"private_note" in team.get(address).data
        assert team.post(address, data=SAID).status_code == 303
        page = team.get(address).text
        report = db.session.scalars(select(MeetingReport)).one()
        assert (report.side, report.held, report.interest, report.next_step) == ("team", True, 4, "visit")
        assert db.session.get(Meeting, stage.meetings[0].id).state == "held"
        assert "They cannot pay." in page
        assert "/outcomes/new?project=" in page


def test_the_other_side_and_the_organiser_never_read_the_private_note(app: Flask) -> None:
    stage = day()
    address = f"/meetings/{stage.meetings[0].id}/report"
    with clock.at(AFTER):
        signed_in(app, stage, "team").post(address, data=SAID)
        company = signed_in(app, stage, "company")
        company.post(address, data={"version": "0", "held": "yes"})
        page = company.get(address).text
        assert "Bring the board." in page
        assert "They cannot pay." not in page
        organiser = signed_in(app, stage, "organiser")
        for side in ("team", "company"):
            shown = organiser.get(f"{address}?side={side}").text
            assert "Bring the board." in shown
            assert "They cannot pay." not in shown
        for other in (company, organiser):
            assert "They cannot pay." not in other.get("/search?q=They+cannot+pay").text.replace(
                "+", " "
            ).replace('value="They cannot pay."', "")
        report = db.session.scalars(select(MeetingReport).where(MeetingReport.side == "team")).one()
        own = actor(stage.captain, f"member:{stage.entry.team_id}")
        assert hidden_fields(own, report) == frozenset()
        assert "private_note" in hidden_fields(
            actor(stage.organiser).for_(Membership("member", "team", stage.entry.team_id, "captain")), report
        )


def test_a_paper_slip_leaves_a_private_note_alone(app: Flask) -> None:
    stage = day()
    address = f"/meetings/{stage.meetings[0].id}/report"
    with clock.at(AFTER):
        signed_in(app, stage, "team").post(address, data=SAID)
        report = db.session.scalars(select(MeetingReport)).one()
        sent = {"version": str(report.version), "side": "team", "held": "no", "private_note": "overwritten"}
        assert signed_in(app, stage, "organiser").post(address, data=sent).status_code == 303
        db.session.refresh(report)
        assert (report.held, report.from_paper, report.private_note) == (False, True, "They cannot pay.")


def test_of_two_colleagues_the_slower_is_shown_both_versions(app: Flask) -> None:
    stage = day()
    address = f"/meetings/{stage.meetings[0].id}/report"
    with clock.at(AFTER):
        first, second = signed_in(app, stage, "team"), signed_in(app, stage, "team")
        assert first.post(address, data=SAID).status_code == 303
        late = second.post(address, data=SAID | {"shared_note": "Bring two boards."})
        assert late.status_code == 409
        assert "Bring two boards." in late.text
        assert "Bring the board." in late.text
        report = db.session.scalars(select(MeetingReport)).one()
        again = second.post(address, data=SAID | {"shared_note": "Two.", "version": str(report.version)})
        assert again.status_code == 303
        db.session.refresh(report)
        assert report.shared_note == "Two."


def test_nobody_reports_before_the_meeting_or_for_the_other_side_or_from_outside(app: Flask) -> None:
    stage = day(2)
    address = f"/meetings/{stage.meetings[0].id}/report"
    with clock.at(AFTER):
        team = signed_in(app, stage, "team")
        assert team.get(f"/meetings/{stage.meetings[1].id}/report").status_code == 404
        assert app.test_client().get(address).status_code == 404
        team.post(address, data=SAID | {"side": "company"})
        assert db.session.scalars(select(MeetingReport.side)).all() == ["team"]
        assert signed_in(app, stage, "organiser").get(address).status_code == 404
    with clock.at(BEFORE):
        company = signed_in(app, stage, "company").post(address, data={"version": "0", "held": "yes"})
        assert company.status_code == 403


def test_the_page_asks_few_statements(app: Flask, statements: Callable[..., int]) -> None:
    stage = day()
    with clock.at(AFTER):
        team = signed_in(app, stage, "team")
        address = f"/meetings/{stage.meetings[0].id}/report"
        team.get(address)
        assert statements(lambda: team.get(address)) <= 12


def test_a_conflict_does_not_show_the_staff_a_private_note(app: Flask) -> None:
    stage = day()
    address = f"/meetings/{stage.meetings[0].id}/report"
    with clock.at(AFTER):
        signed_in(app, stage, "team").post(address, data=SAID)
        sent = {"version": "0", "side": "team", "held": "no", "private_note": "what do they say"}
        late = signed_in(app, stage, "organiser").post(address, data=sent)
        assert late.status_code == 409
        assert "They cannot pay." not in late.text
