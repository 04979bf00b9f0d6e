"""The worker: background work, letters and mails, and what rooms want done now and then, until it is stopped."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime
from types import FrameType

from flask import Flask
from sqlalchemy import func, select

from campapp.core import beats, clock, jobs
from campapp.core.bell import Listener
from campapp.core.db import db
from campapp.core.jobs import Job
from campapp.core.outbox import Delivery, Letter
from campapp.demo.stage import stage_of
from campapp.messages.actions import deliver, deliver_texts, expand, sum_up

log = logging.getLogger(__name__)
IDLE, BEAT, AGAIN = 0.5, 5.0, 30.0
"""Seconds: between looks where the database cannot ring, between signs of life, after a failure."""


def work(app: Flask, stop: threading.Event | None = None) -> None:
    """Work until `stop` is set, or a signal asks to end; the job at hand is finished first."""
    tell_the_console()
    ended = stop or _until_signal()
    bell, beaten = Listener(app), 0.0
    while not ended.is_set():
        if time.monotonic() - beaten >= BEAT:
            beaten = time.monotonic()
            _attempt(app, "beat", lambda: beats.beat("worker"))
            _attempt(app, "ticks", beats.tick)
            _rehearsals(app, lambda other: _attempt(other, "ticks", beats.tick))
        began = clock.now()
        if not once(app) | _rehearsals(app, once):
            rests = bell.hears and not stage_of(app).plays()
            bell.wait(_until_due(app, began, BEAT) if rests else IDLE, ended)
    bell.close()


def tell_the_console() -> logging.Handler:
    """Text messages that nobody carries are read where the worker was started, beside the mailbox page."""
    handler = logging.StreamHandler()
    told = logging.getLogger("campapp.console")
    told.setLevel(logging.INFO)
    told.handlers = [handler]
    return handler


def _until_due(app: Flask, began: datetime, most: float) -> float:
    """Seconds until something queued for later is due; what was due as the last round began has had its turn."""
    later = [
        select(func.min(column)).where(state, column > began).scalar_subquery()
        for state, column in (
            (Job.state == "queued", Job.run_at),
            (Job.state == "running", Job.lease_until),
            (Letter.state == "waiting", Letter.not_before),
            (Delivery.state.in_(("waiting", "failed", "sending")), Delivery.next_try),
        )
    ]
    found: list[datetime] = []

    def ask() -> int:
        found.extend(at for at in db.session.execute(select(*later)).one() if at is not None)
        return 0

    _attempt(app, "what is due", ask)
    return max(0.0, min([most, *((at - clock.now()).total_seconds() for at in found)]))


def _rehearsals(app: Flask, do: Callable[[Flask], int]) -> bool:
    """The same for each rehearsal beside the park, by its own clock: whether anything was done."""
    done = 0
    for other, shift in stage_of(app).playing():
        with clock.shifted(shift):
            done += do(other)
    return bool(done)


def once(app: Flask) -> bool:
    """One round over everything: whether anything was done."""
    done = [_attempt(app, "jobs", lambda: jobs.work_off(20)), _attempt(app, "letters", expand)]
    done += [
        _attempt(app, "mail", lambda: deliver(20)),
        _attempt(app, "text messages", lambda: deliver_texts(20)),
    ]
    done += [_attempt(app, "summaries", sum_up)]
    return any(done)


def _attempt(app: Flask, what: str, do: object) -> int:
    """Do it in a context of its own; a failure is logged, this rests a little in this park, and all else goes on."""
    resting: dict[str, float] = app.extensions.setdefault("resting", {})
    if time.monotonic() < resting.get(what, 0.0):
        return 0
    try:
        with app.app_context():
            try:
                return int(do() or 0)  # type: ignore[operator]
            finally:
                db.session.remove()
    except Exception:  # whatever it is: letters must not wait for jobs, nor the park for a rehearsal
        log.exception("worker: %s failed; again in %s s", what, AGAIN)
        resting[what] = time.monotonic() + AGAIN
        return 0


def _until_signal() -> threading.Event:
    ended = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return ended
