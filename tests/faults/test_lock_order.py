"""PostgreSQL locks rows: what stands above is locked before what hangs on it, so that no two acts wait in a ring."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event, select

from campapp.applications.actions.submission import submit, take_in
from campapp.applications.actions.together import decide_together, undo_together
from campapp.applications.models import Application, Submission
from campapp.core import clock
from campapp.core.access import Refused
from campapp.core.action import bulk
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.outbox import Sending
from campapp.core.park import Park
from campapp.messages.actions import release
from campapp.programmes.actions.programme import move_deadline
from campapp.programmes.models import Programme
from campapp.settings import Settings
from tests import factories
from tests.cast import person
from tests.faults.served import until

pytestmark = pytest.mark.parametrize("park", ["postgresql"], indirect=True)
ROUNDS = 6


@pytest.fixture
def programme(app: Flask) -> Programme:
    db.session.add(Park(name_en="Software Park"))
    db.session.commit()
    now = clock.now()
    return factories.camp(deadline=now + timedelta(days=1), first_day=(now + timedelta(days=7)).date())


@pytest.fixture
def waited_in_a_ring(app: Flask) -> Iterator[list[str]]:
    """Every time that PostgreSQL had to break a ring of waiting transactions."""
    found: list[str] = []

    def note(context: Any) -> None:
        if getattr(context.original_exception, "sqlstate", "") == "40P01":
            found.append(str(context.original_exception))

    event.listen(db.engine, "handle_error", note)
    yield found
    event.remove(db.engine, "handle_error", note)


def acting(app: Flask, do: Callable[[], object]) -> Callable[[], object]:
    """The same in a thread of its own."""

    def run() -> object:
        with app.app_context(), current.set(actor=SYSTEM):
            try:
                return do()
            finally:
                db.session.remove()

    return run


def somebody_waits(settings: Settings) -> bool:
    with psycopg.connect(settings.database_url) as watcher:
        mine = "datname = current_database() AND wait_event_type = 'Lock'"
        return watcher.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {mine}").fetchone() != (0,)


def entry(key: int) -> Application:
    return db.session.get_one(Application, key)


def test_a_first_submission_waits_for_an_import_without_holding_what_that_needs_next(
    app: Flask, programme: Programme, waited_in_a_ring: list[str]
) -> None:
    first, second = (
        factories.application(programme, person(f"Captain {n}"), f"Team {n}", state="draft").id
        for n in range(2)
    )
    begun = threading.Event()

    def import_both() -> None:
        with bulk():
            take_in(entry(first))
            begun.set()
            until(lambda: somebody_waits(app.config["SETTINGS"]), "the submission waits")
            take_in(entry(second))

    def press() -> None:
        assert begun.wait(60)
        submit(entry(second), "pressed")

    db.session.rollback()
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(acting(app, one)) for one in (import_both, press)]:
            done.result()
    assert waited_in_a_ring == []
    versions = (
        select(Submission.number).where(Submission.application_id == second).order_by(Submission.number)
    )
    assert list(db.session.scalars(versions)) == [1, 2]
    assert sorted(map(str, db.session.scalars(select(Application.number)))) == ["A-0001", "A-0002"]


def test_submissions_decisions_their_undoing_and_release_at_once_never_wait_in_a_ring(
    app: Flask, programme: Programme, waited_in_a_ring: list[str]
) -> None:
    drafts = [
        factories.application(programme, person(f"Captain {n}"), f"Team {n}", state="draft").id
        for n in range(ROUNDS * 2)
    ]
    eligible = [one.id for one in factories.applications(programme, ROUNDS, state="eligible")]
    key = programme.id
    db.session.rollback()

    def press(number: int) -> None:
        submit(entry(number), f"nonce {number}")

    def decide() -> None:
        with bulk():
            decide_together(
                db.session.get_one(Programme, key), "accepted", dict.fromkeys(eligible, "eligible")
            )

    def undo() -> None:
        for sending in db.session.scalars(select(Sending).where(Sending.released_at.is_(None))).all():
            with suppress(Refused), bulk():
                undo_together(db.session.get_one(Programme, key), sending)

    def let_go() -> None:
        for sending in db.session.scalars(select(Sending).where(Sending.released_at.is_(None))).all():
            with suppress(Refused):
                release(sending)

    def move() -> None:
        row = db.session.get_one(Programme, key)
        move_deadline(row, clock.now() + timedelta(days=2))

    acts: list[Callable[[], object]] = [lambda n=n: press(n) for n in drafts]  # type: ignore[misc]
    for _ in range(ROUNDS):
        acts += [decide, undo, let_go, move]
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(acting(app, one)) for one in acts]:
            done.result()
    assert waited_in_a_ring == []
    db.session.rollback()
    numbers = db.session.scalars(select(Application.number).where(Application.id.in_(drafts))).all()
    assert len(set(numbers)) == len(drafts)
