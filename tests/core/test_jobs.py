"""Work that fails is tried again a few times; what the machine refuses is no fault of the work's."""

from __future__ import annotations

import errno
from datetime import timedelta

import pytest
from flask import Flask

from campapp.core import clock, jobs
from campapp.core.db import db


@pytest.fixture
def problems(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What the work of these tests raises, one after the other; nothing once they are used up."""
    found: list[Exception] = []

    def work() -> None:
        if found:
            raise found.pop(0)

    monkeypatch.setitem(jobs.kinds, "tested", work)
    return found


def later(job: jobs.Job) -> None:
    with clock.at(job.run_at + timedelta(hours=1)):
        jobs.work_off()
    db.session.refresh(job)


def queued() -> jobs.Job:
    row = jobs.Job(name="tested", arguments=[], run_at=clock.now())
    db.session.add(row)
    db.session.commit()
    return row


def test_a_disk_that_stays_full_uses_up_no_attempt(app: Flask, problems: list[Exception]) -> None:
    problems += [OSError(errno.ENOSPC, "no room") for _ in range(jobs.ATTEMPTS + 2)]
    job = queued()
    for _ in range(jobs.ATTEMPTS + 2):
        later(job)
        assert (job.state, job.attempts) == ("queued", 0)
    later(job)
    assert (job.state, job.attempts) == ("done", 1)


def test_what_fails_by_its_own_fault_is_given_up(app: Flask, problems: list[Exception]) -> None:
    problems += [ValueError("wrong") for _ in range(jobs.ATTEMPTS)]
    job = queued()
    for _ in range(jobs.ATTEMPTS):
        later(job)
    assert (job.state, job.attempts, job.error) == ("failed", jobs.ATTEMPTS, "ValueError: wrong")
