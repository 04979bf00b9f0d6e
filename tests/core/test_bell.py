"""A waiting worker on PostgreSQL hears what is queued; on SQLite it looks by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from campapp import worker
from campapp.core import clock, jobs
from campapp.core.action import transaction
from campapp.core.bell import Listener, ring
from campapp.core.db import db
from campapp.core.jobs import Job

PATIENCE = 20.0


@pytest.fixture
def bell(app: Flask) -> Iterator[Listener]:
    found = Listener(app)
    assert found.hears == (db.engine.dialect.name == "postgresql")
    yield found
    found.close()


@contextmanager
def meanwhile(app: Flask, bell: Listener, do: object) -> Iterator[None]:
    """Another process's thread, once the bell is waited for."""
    waits, listening = threading.Event(), bell._rang

    def listen(seconds: float) -> bool:
        waits.set()
        return listening(seconds)

    def run() -> None:
        assert waits.wait(PATIENCE) or not bell.hears
        with app.app_context():
            do()  # type: ignore[operator]
            db.session.remove()

    bell._rang = listen  # type: ignore[method-assign]
    if not bell.hears:
        waits.set()
    thread = threading.Thread(target=run)
    thread.start()
    yield
    thread.join()
    bell._rang = listening  # type: ignore[method-assign]


def queue() -> None:
    with transaction():
        jobs.enqueue("tests.nothing")
        jobs.enqueue("tests.nothing")


def queue_and_think_again() -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        jobs.enqueue("tests.nothing")
        raise ZeroDivisionError


def test_what_is_queued_rings_once(app: Flask, bell: Listener) -> None:
    with meanwhile(app, bell, queue):
        assert bell.wait(PATIENCE if bell.hears else 1, threading.Event()) == bell.hears
    assert not bell.wait(0.3, threading.Event())
    assert len(db.session.scalars(select(Job)).all()) == 2


def test_what_is_rolled_back_is_not_heard_of(app: Flask, bell: Listener) -> None:
    with meanwhile(app, bell, queue_and_think_again):
        assert not bell.wait(0.6, threading.Event())
    with transaction():
        pass
    assert not bell.wait(0.3, threading.Event())


def test_who_is_asked_to_end_waits_no_longer(bell: Listener) -> None:
    ended = threading.Event()
    threading.Timer(0.1, ended.set).start()
    began = time.monotonic()
    assert not bell.wait(PATIENCE, ended)
    assert time.monotonic() - began < PATIENCE / 2


def test_a_line_that_broke_is_taken_up_again(app: Flask, bell: Listener) -> None:
    if bell.hears:
        bell._line.close()
    assert bell.wait(PATIENCE if bell.hears else 1, threading.Event()) == bell.hears  # what was missed? look
    with meanwhile(app, bell, queue):
        assert bell.wait(PATIENCE if bell.hears else 1, threading.Event()) == bell.hears


@pytest.mark.parametrize("queued_before", [True, False])
def test_the_worker_does_not_wait_for_its_next_look(
    app: Flask, monkeypatch: pytest.MonkeyPatch, queued_before: bool
) -> None:
    hears = Listener(app).hears
    monkeypatch.setattr(worker, "BEAT", 4 * PATIENCE)
    monkeypatch.setattr(worker, "IDLE", 4 * PATIENCE if hears else 0.1)
    done, stop, waits = threading.Event(), threading.Event(), threading.Event()

    class Told(Listener):
        def wait(self, seconds: float, ended: threading.Event) -> bool:
            waits.set()
            return super().wait(seconds, ended)

    monkeypatch.setattr(worker, "Listener", Told)
    monkeypatch.setitem(jobs.kinds, "tests.nothing", done.set)
    if queued_before:
        queue()
    at_work = threading.Thread(target=worker.work, args=(app, stop))
    at_work.start()
    try:
        if not queued_before:
            assert waits.wait(PATIENCE)  # it has looked and found nothing
            queue()
        assert done.wait(PATIENCE)
    finally:
        stop.set()
        at_work.join()


def test_it_wakes_for_what_is_due_later(app: Flask) -> None:
    began = clock.now()
    with transaction():
        jobs.enqueue("tests.nothing", run_at=began + timedelta(seconds=3))
        ring()
    assert 1.0 < worker._until_due(app, began, 60.0) <= 3.0
    assert worker._until_due(app, began, 2.0) <= 2.0
    assert worker._until_due(app, began + timedelta(seconds=4), 60.0) == 60.0
