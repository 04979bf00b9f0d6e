"""Paper slips are typed into one grid."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from campapp.core import clock
from campapp.core.db import db
from campapp.outcomes.models import MeetingReport
from tests.outcomes.arranged import AFTER, day, signed_in


def test_slips_of_both_sides_are_typed_in_and_marked_as_from_paper(app: Flask) -> None:
    stage = day(3)
    address = f"/programmes/{stage.programme.slug}/slips"
    first, second = (meeting.id for meeting in stage.meetings[:2])
    with clock.at(AFTER):
        signed_in(app, stage, "team").post(
            f"/meetings/{first}/report", data={"version": "0", "held": "yes", "shared_note": "Typed by us"}
        )
        organiser = signed_in(app, stage, "organiser")
        assert "Typed by us" in organiser.get(address).text
        typed = {
            "company": str(stage.company.id), f"held-{first}-team": "no", f"held-{first}-company": "yes",
            f"interest-{first}-company": "5", f"next_step-{first}-company": "trial", f"held-{second}-team": "no",
        }  # fmt: skip
        assert organiser.post(address, data=typed).status_code == 303
        found = {(r.meeting_id, r.side): r for r in db.session.scalars(select(MeetingReport))}
        assert len(found) == 3
        assert (found[first, "team"].held, found[first, "team"].from_paper) == (True, False)
        assert (found[first, "company"].interest, found[first, "company"].from_paper) == (5, True)
        assert found[second, "team"].held is False
        assert organiser.post(address, data=typed).status_code == 303
        assert len(db.session.scalars(select(MeetingReport)).all()) == 3
        late = organiser.post(address, data=typed | {f"interest-{first}-company": "1"})
        assert late.status_code == 422
        assert "Somebody typed this slip meanwhile: Held · 5." in late.text
        db.session.expire_all()
        assert found[first, "company"].interest == 5
        seen = {f"version-{first}-company": str(found[first, "company"].version)}
        assert (
            organiser.post(address, data=typed | seen | {f"interest-{first}-company": "1"}).status_code == 303
        )
        db.session.expire_all()
        assert found[first, "company"].interest == 1


def test_a_slip_that_cannot_be_read_is_marked_and_nothing_is_taken_in(app: Flask) -> None:
    stage = day(2)
    address, first = f"/programmes/{stage.programme.slug}/slips", stage.meetings[0].id
    with clock.at(AFTER):
        organiser = signed_in(app, stage, "organiser")
        answer = organiser.post(address, data={f"held-{first}-team": "yes", f"interest-{first}-team": "9"})
        assert answer.status_code == 422
        assert "1 to 5" in answer.text
        assert db.session.scalars(select(MeetingReport)).all() == []


def test_only_the_staff_type_slips(app: Flask) -> None:
    stage = day()
    address, first = f"/programmes/{stage.programme.slug}/slips", stage.meetings[0].id
    with clock.at(AFTER):
        for role in ("team", "company"):
            assert signed_in(app, stage, role).get(address).status_code == 404
            sent = signed_in(app, stage, role).post(address, data={f"held-{first}-team": "no"})
            assert sent.status_code == 404
        assert db.session.scalars(select(MeetingReport)).all() == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_grid_asks_as_many_statements_for_three_meetings_as_for_one(
    app: Flask, statements: Callable[..., int], count: int
) -> None:
    stage = day(count)
    with clock.at(AFTER):
        organiser = signed_in(app, stage, "organiser")
        organiser.get(f"/programmes/{stage.programme.slug}/slips")
        assert statements(lambda: organiser.get(f"/programmes/{stage.programme.slug}/slips")) == 6
