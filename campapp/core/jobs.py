"""Background work: one table is the queue, written in the action's own transaction, claimed with a lease."""

from __future__ import annotations

import functools
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import JSON, Index, String, Text, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core import clock
from campapp.core.action import transaction
from campapp.core.bell import ring
from campapp.core.current import CONSOLE, SYSTEM, Actor, current
from campapp.core.db import LOCK, Base, Stamped, db
from campapp.core.trouble import ailment

ATTEMPTS = 5
AILING = timedelta(minutes=1)
"""How long a job rests whose machine had no room, or whose database did not answer."""
log = logging.getLogger(__name__)


class Job(Stamped, Base):
    """One piece of work: who asked for it, its keys, its lease and what became of it."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_due", "state", "run_at"),)

    name: Mapped[str] = mapped_column(String(120))
    arguments: Mapped[list[Any]] = mapped_column(JSON, default_factory=list)
    account_id: Mapped[int | None] = mapped_column(default=None)
    membership: Mapped[str] = mapped_column(String(60), default="")
    locale: Mapped[str] = mapped_column(String(10), default="zh_CN")
    run_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    state: Mapped[str] = mapped_column(String(20), default="queued")
    """queued, running, done, failed, cancelled."""
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str] = mapped_column(String(40), default="")
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    progress: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    error: Mapped[str] = mapped_column(Text, default="")
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class LeaseLost(Exception):
    """The attempt took too long and another worker has the job: this one must not finish it."""


kinds: dict[str, Callable[..., Any]] = {}
given_up: dict[str, Callable[..., object]] = {}
restore_actor: list[Callable[[int | None, str], Actor]] = []
"""`accounts` registers how an actor is made again from its keys."""
_mine: ContextVar[tuple[int, str] | None] = ContextVar("job", default=None)


def job(function: Callable[..., None]) -> Callable[..., Job]:
    """Register background work under its module and name. It takes keys, never rows."""
    name = f"{function.__module__.removeprefix('campapp.').removesuffix('.jobs')}.{function.__name__}"
    kinds[name] = function

    @functools.wraps(function)
    def enqueue_it(*arguments: Any, run_at: datetime | None = None) -> Job:
        return enqueue(name, *arguments, run_at=run_at)

    return enqueue_it


def on_giving_up(name: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register what becomes of a kind's rows when its work is given up: called with the job's keys, as the system,
    in the transaction that gives it up."""

    def register(function: Callable[..., object]) -> Callable[..., object]:
        given_up[name] = function
        return function

    return register


def _lease() -> timedelta:
    return timedelta(seconds=current_app.config["SETTINGS"].lease)


def enqueue(name: str, *arguments: Any, run_at: datetime | None = None) -> Job:
    """Queue work inside the running action's transaction, as the current actor."""
    actor = current.actor
    row = Job(name=name, arguments=list(arguments), account_id=actor.account_id, locale=current.locale)
    row.membership = "console" if actor.console else actor.membership.key
    if run_at is not None:
        row.run_at = run_at
    db.session.add(row)
    db.session.flush()
    ring()
    return row


def cancel(job_id: int) -> None:
    """Take work back inside the running action's transaction; an attempt under way learns it at its next beat."""
    db.session.get_one(Job, job_id).state = "cancelled"


def claim() -> tuple[int, str] | None:
    """Take the next due job, or one whose lease lapsed: its id and the attempt's own token."""
    now = clock.now()
    due = or_(Job.state == "queued", (Job.state == "running") & (Job.lease_until < now))
    with transaction():
        row = db.session.scalars(
            select(Job)
            .where(due, Job.run_at <= now)
            .order_by(Job.run_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True, key_share=True)
        ).one_or_none()
        if row is None:
            return None
        row.attempts += 1
        if row.attempts > ATTEMPTS:
            _give_up(row, row.error or "its worker died each time")
            return claim()
        row.state, row.lease, row.lease_until = "running", secrets.token_hex(8), now + _lease()
        return row.id, row.lease


def beat(progress: dict[str, Any] | None = None) -> bool:
    """Renew the running job's lease, write its progress; False: cancelled or lost."""
    held = _mine.get()
    if held is None:
        return True
    values: dict[str, Any] = {"lease_until": clock.now() + _lease()}
    if progress is not None:
        values["progress"] = progress
    with transaction():
        changed = db.session.execute(
            update(Job)
            .where(Job.id == held[0], Job.lease == held[1], Job.state == "running")
            .values(**values)
        )
    return bool(changed.rowcount)  # type: ignore[attr-defined]


@contextmanager
def finishing() -> Iterator[None]:
    """The job's effect and `done` in one transaction. Raises LeaseLost where the attempt is no longer its own."""
    with transaction():
        yield
        _mark_done()


def _mark_done() -> None:
    held = _mine.get()
    if held is None:
        return
    changed = db.session.execute(
        update(Job)
        .where(Job.id == held[0], Job.lease == held[1], Job.state == "running")
        .values(state="done", finished_at=clock.now(), lease_until=None)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise LeaseLost


def run(job_id: int, lease: str) -> None:
    """Do one claimed job as the person who asked for it."""
    row = db.session.get_one(Job, job_id)
    name, arguments, locale = row.name, list(row.arguments), row.locale
    actor = _actor(row)
    db.session.rollback()
    token = _mine.set((job_id, lease))
    try:
        with current.set(actor=actor, locale=locale, request_id=f"job-{job_id}"):
            kinds[name](*arguments)
            _finish_if_open(job_id, lease)
    except LeaseLost:
        log.warning("job %s lost its lease", job_id)
    except Exception as problem:
        log.exception("job %s failed", job_id)
        db.session.rollback()
        _failed(job_id, lease, f"{type(problem).__name__}: {problem}", ailing=bool(ailment(problem)))
    finally:
        _mine.reset(token)
        db.session.rollback()


def _actor(row: Job) -> Actor:
    if row.membership == "console":
        return CONSOLE
    if row.account_id is None or not restore_actor:
        return SYSTEM
    return restore_actor[0](row.account_id, row.membership)


def _finish_if_open(job_id: int, lease: str) -> None:
    with transaction():
        still = db.session.scalar(select(Job.state).where(Job.id == job_id, Job.lease == lease))
        if still == "running":
            _mark_done()


def _failed(job_id: int, lease: str, error: str, *, ailing: bool = False) -> None:
    """Try again, later each time, and at last no more; a full disk or a busy database is no fault of the job's and
    does not count."""
    with transaction():
        row = db.session.get(Job, job_id, with_for_update=LOCK, populate_existing=True)
        if row is None or row.lease != lease or row.state != "running":
            return
        if row.attempts >= ATTEMPTS and not ailing:
            _give_up(row, error)
            return
        row.error, row.state = error[:2000], "queued"
        row.run_at = clock.now() + (AILING if ailing else timedelta(seconds=2**row.attempts))
        row.attempts -= ailing


def _give_up(row: Job, error: str) -> None:
    row.error, row.state, row.finished_at = error[:2000], "failed", clock.now()
    if row.name in given_up:
        with current.set(actor=SYSTEM):
            given_up[row.name](*row.arguments)


def work_off(limit: int = 1000) -> int:
    """Do what is due now, in this process: how many. Tests, the demo and `campapp camp match` wait this way."""
    for done in range(limit):
        claimed = claim()
        if claimed is None:
            return done
        run(*claimed)
    return limit
