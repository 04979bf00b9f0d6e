"""A camp whose meetings are published and over, with somebody on each side."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.applications.models import Application
from campapp.core import clock
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.matching.actions.answer import answer_for
from campapp.matching.actions.release import add_match, release
from campapp.matching.models import Match
from campapp.programmes.models import Participation, Programme, Slot, Table
from campapp.scheduling.actions.meeting import move_meeting
from campapp.scheduling.actions.publication import publish
from campapp.scheduling.models import Meeting
from tests.cast import browser, person
from tests.factories import BEFORE, application, camp, later, participation

AFTER = later(days=5)
"""After the meetings of the camp."""


@dataclass
class Day:
    """A camp day."""

    programme: Programme
    organiser: Account
    captain: Account
    representative: Account
    entry: Application
    company: Participation
    meetings: list[Meeting]


def add_meeting(programme: Programme, entry: Application, company: Participation) -> Match:
    """A match accepted by both."""
    match = add_match(programme, entry, company)
    release(programme, [match])
    for side in ("company", "team"):
        answer_for(match, side, "accepted", how="organiser")
    return match


def day(meetings: int = 1) -> Day:
    """A published day; the first team and the first company have somebody who signs in."""
    organiser, captain, representative = person("Olga"), person("Cao"), person("Rep")
    with clock.at(BEFORE):
        programme = camp(organiser)
        entry = application(programme, captain, "Alpha", state="accepted")
        company = participation(programme, "Baidu", representative=representative)
        others = [
            application(programme, person(f"C{n}"), f"Team {n}", state="accepted") for n in range(1, meetings)
        ]
        with current.set(actor=SYSTEM):
            own = select(Table).where(Table.participation_id == company.id)
            table = db.session.scalars(own).first()
            with bulk():
                for one in (entry, *others):
                    add_meeting(programme, one, company)
            slots = db.session.scalars(select(Slot).order_by(Slot.starts_at)).all()
            found = list(db.session.scalars(select(Meeting).order_by(Meeting.id)))
            with bulk():
                for meeting, slot in zip(found, slots, strict=False):
                    move_meeting(programme, meeting, slot, table)
            publish(programme, seen=0)
    return Day(programme, organiser, captain, representative, entry, company, found)


def signed_in(app: Flask, stage: Day, role: str) -> FlaskClient:
    """`team`, `company` or `organiser`, in the browser."""
    keys = {
        "team": (stage.captain, f"member:{stage.entry.team_id}"),
        "company": (stage.representative, f"representative:{stage.company.company_id}"),
        "organiser": (stage.organiser, f"organiser:{stage.programme.id}"),
    }
    account, key = keys[role]
    return browser(app, account, key)
