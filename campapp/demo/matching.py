"""Matching and placing a demo camp, in this process, by the same runs that the pages start."""

from __future__ import annotations

from sqlalchemy import select

from campapp.core import jobs
from campapp.core.action import bulk
from campapp.core.db import db
from campapp.matching.actions import run as match_runs
from campapp.matching.actions.answer import answer_for
from campapp.matching.actions.release import release
from campapp.matching.models import Match
from campapp.matching.weights import Weights
from campapp.programmes.models import Programme
from campapp.runs.models import Run
from campapp.scheduling.actions import run as schedule_runs


def run_of(programme: Programme) -> Run:
    """A solved run, not chosen yet."""
    run = match_runs.start(programme, objective="fair", weights=Weights())
    jobs.work_off()
    return db.session.get_one(Run, run.id, populate_existing=True)


def matched(programme: Programme) -> list[Match]:
    """A chosen run's proposals."""
    match_runs.choose(run_of(programme))
    proposed = (
        select(Match).where(Match.programme_id == programme.id, Match.state == "proposed").order_by(Match.id)
    )
    return list(db.session.scalars(proposed))


def all_accepted(programme: Programme) -> None:
    """Released, and accepted on both sides."""
    rows = (
        select(Match).where(Match.programme_id == programme.id, Match.state == "proposed").order_by(Match.id)
    )
    with bulk():
        matches = list(db.session.scalars(rows))
        release(programme, matches)
        for match in matches:
            for side in ("company", "team"):
                answer_for(match, side, "accepted", how="organiser")


def placed(programme: Programme) -> None:
    """A chosen schedule."""
    run = schedule_runs.start(programme, time_limit=20.0)
    jobs.work_off()
    schedule_runs.choose(db.session.get_one(Run, run.id, populate_existing=True))
