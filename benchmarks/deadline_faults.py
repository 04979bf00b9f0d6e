"""The crowd before a deadline while something goes wrong: what `campapp bench deadline --faults` prints."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from flask_migrate import upgrade
from sqlalchemy import select

from benchmarks.served import settings_for
from campapp import create_app
from campapp.accounts.models import Account
from campapp.core import clock
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.park import Park
from campapp.programmes.models import Programme
from campapp.settings import Settings
from tests.cast import person
from tests.factories import application, camp
from tests.faults.deadline import SET_BACK, Person, disk_is_full, outcome, power_fails, press_all
from tests.faults.served import Served, Visitor, served

HEADS = (
    "database", "meanwhile", "people", "accepted", "refused", "again", "lost", "twice", "late in", "wrong",
    "median ms", "p95 ms", "worst ms",
)  # fmt: skip
LINE = "{:<11} {:<18} {:>6} {:>9} {:>8} {:>6} {:>5} {:>6} {:>8} {:>6} {:>10} {:>8} {:>9}"
PATIENCE = 30.0
"""Seconds for which a writer waits for a lock, as where people work."""
Meanwhile = Callable[[Served, Sequence[Person]], object]
FAULTS: dict[str, Meanwhile] = {
    "a process dies": lambda site, _crowd: site.kill_one(),
    "the machine stops": lambda site, _crowd: power_fails(site),
    "the disk is full": disk_is_full,
    "the clock is back": lambda site, _crowd: site.set_clock(SET_BACK),
}


def measure_faults(servers: Sequence[str], people: int, seconds: float) -> int:
    """A line for each fault on each database; 1 if anything is wrong."""
    print(LINE.format(*HEADS), flush=True)
    wrong = 0
    for server in ("", *servers):
        for name, meanwhile in FAULTS.items():
            with settings_for(server) as settings:
                wrong += _measure(settings, name, meanwhile, people, seconds)
    return 1 if wrong else 0


def _measure(settings: Settings, name: str, meanwhile: Meanwhile, people: int, seconds: float) -> int:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        programme_id, planted = _planted(people)
        with served(settings, PATIENCE) as site:
            crowd = [Person(entry, Visitor(site.address, captain)) for entry, captain in planted]
            for one in crowd:
                one.open()
            deadline = _set_deadline(programme_id, seconds)
            press_all(crowd, seconds, lambda: meanwhile(site, crowd))
        db.session.remove()
        db.engine.dispose()
    found, took = outcome(app, crowd, deadline), sorted(one.took for one in crowd)
    figures = (statistics.median(took), took[int(0.95 * (len(took) - 1))], took[-1])
    print(LINE.format("PostgreSQL" if settings.database_url else "SQLite", name, people, found.accepted,
                      found.refused, found.again, found.lost, found.twice, found.late, found.wrong,
                      *(f"{one * 1000:.0f}" for one in figures)), flush=True)  # fmt: skip
    return found.wrong


def _planted(people: int) -> tuple[int, list[tuple[int, Account]]]:
    """That many complete drafts, each with its captain."""
    with current.set(actor=SYSTEM):
        db.session.add(Park(name_zh="软件园", name_en="Software Park"))
        db.session.commit()
    programme = camp(deadline=clock.now() + timedelta(days=1), slots=False)
    captains = [person(f"Captain {number}") for number in range(people)]
    found = [
        (application(programme, captain, f"Team {number}", state="draft").id, captain)
        for number, captain in enumerate(captains)
    ]
    return programme.id, found


def _set_deadline(programme_id: int, seconds: float) -> datetime:
    """The deadline passes while the last tenth of the time runs: most are in time, some are not."""
    db.session.rollback()
    programme = db.session.scalars(select(Programme).where(Programme.id == programme_id)).one()
    programme.deadline = deadline = clock.now() + timedelta(seconds=0.9 * seconds)
    db.session.commit()
    return deadline
