"""Signs of life of the processes, and what rooms want done now and then."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core import clock
from campapp.core.action import transaction, whole
from campapp.core.current import SYSTEM, current
from campapp.core.db import Base, db

log = logging.getLogger(__name__)
ALIVE = timedelta(seconds=60)
RETRY = timedelta(minutes=5)
"""How soon a task that failed has its turn again, however seldom it is done else."""


Row = TypeVar("Row")
Do = TypeVar("Do", bound=Callable[[], object])


class Beat(Base):
    """When a kind of process, or a regular task, was last seen."""

    __tablename__ = "beats"

    name: Mapped[str] = mapped_column(String(120), unique=True)
    at: Mapped[datetime]


@dataclass
class Tick:
    """Something that a room wants done every so often, by one worker at a time."""

    name: str
    every: timedelta
    do: Callable[[], object]


ticks: dict[str, Tick] = {}


def every(span: timedelta) -> Callable[[Do], Do]:
    """Register a function that the worker calls so often, as the system: lapsing releases, sweeping old counts."""

    def register(do: Do) -> Do:
        name = f"{do.__module__.removeprefix('campapp.')}.{do.__name__}"
        ticks[name] = Tick(name, span, do)
        return do

    return register


def beat(name: str) -> None:
    """Say that this is alive."""
    whole(lambda: _write(name))


def last(name: str) -> datetime | None:
    """When it was last alive."""
    return db.session.scalar(select(Beat.at).where(Beat.name == name))


def tick() -> int:
    """Do what is due: how much. The turn is taken before it is done, so that two workers do not both; a task that
    fails has its turn again soon."""
    done = 0
    for one in list(ticks.values()):
        if not _take_turn(one):
            continue
        try:
            with current.set(actor=SYSTEM):
                one.do()
            done += 1
        except Exception:  # whatever it is: what one room wants done must not keep the others from theirs
            log.exception("tick %s failed", one.name)
            db.session.rollback()
            with transaction():
                _write(one.name, clock.now() - one.every + min(one.every, RETRY))
    return done


def for_each(rows: Iterable[Row], do: Callable[[Row], object]) -> None:
    """In a task: do it for each of these. One that fails is logged and holds up no other.

    Raises the last failure, so that the task has failed and has its turn again.
    """
    failure: Exception | None = None
    for row in rows:
        try:
            do(row)
        except Exception as problem:  # whatever it is: the next row's day has come as well
            log.exception("%s failed for %r", do.__name__, row)
            db.session.rollback()
            failure = problem
    if failure is not None:
        raise failure


def _take_turn(one: Tick) -> bool:
    if _had_its_turn(one, last(one.name)):
        return False
    return whole(lambda: _took_turn(one))


def _took_turn(one: Tick) -> bool:
    row = db.session.scalars(
        select(Beat).where(Beat.name == one.name).with_for_update(key_share=True)
    ).one_or_none()
    if _had_its_turn(one, row.at if row else None):
        return False
    _write(one.name)
    return True


def _had_its_turn(one: Tick, before: datetime | None) -> bool:
    """Whether it was done lately; a time still to come was written before the machine's clock was set back."""
    return before is not None and timedelta(0) <= clock.now() - before < one.every


def _write(name: str, at: datetime | None = None) -> None:
    row = db.session.scalars(select(Beat).where(Beat.name == name)).one_or_none()
    if row is None:
        db.session.add(Beat(name=name, at=at or clock.now()))
    else:
        row.at = at or clock.now()
    db.session.flush()
