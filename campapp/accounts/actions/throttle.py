"""How often somebody may try: counted in the database, so that any number of processes count together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import request
from sqlalchemy import case, delete, or_
from sqlalchemy.dialects import postgresql, sqlite

from campapp.accounts.models import Throttle
from campapp.core import clock
from campapp.core.action import transaction
from campapp.core.db import db


class TooMany(Exception):
    """Tried too often; `until` says when the next try counts."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


@dataclass(frozen=True)
class Limit:
    """So many tries in so long a window."""

    name: str
    tries: int
    window: timedelta

    def key(self, *parts: str) -> str:
        """What is counted; addresses stand in it as a hash only."""
        return f"{self.name}:{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:40]}"


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SIGN_IN = Limit("sign-in", 10, 15 * MINUTE)
"""By address and place, so that a stranger elsewhere locks nobody out."""
SIGN_IN_ADDRESS = Limit("sign-in-address", 60, HOUR)
SIGN_IN_PLACE = Limit("sign-in-place", 300, 15 * MINUTE)
"""By network address; a whole incubator may share one."""
SIGN_UP_PLACE = Limit("sign-up-place", 300, HOUR)
MAIL_ADDRESS = Limit("mail-address", 12, DAY)
"""Codes and links to one address, whoever asks."""
MAIL_SOON = Limit("mail-soon", 1, timedelta(seconds=30))
MAIL_PLACE = Limit("mail-place", 300, HOUR)
TEXT_SOON = Limit("text-soon", 1, MINUTE)
TEXT_NUMBER = Limit("text-number", 10, DAY)
"""Text messages to one number, whoever asks."""
TEXT_PLACE = Limit("text-place", 100, HOUR)
TEXT_PLACE_DAY = Limit("text-place-day", 300, DAY)
CHALLENGE = Limit("challenge", 1, timedelta(minutes=15))
"""Each question is answered once, right or wrong."""
PASSED = Limit("passed", 5, HOUR)
"""Codes asked for after one answered question."""
CODE = Limit("code", 30, HOUR)
"""Codes typed, by whom they would let in."""


def daily(tries: int) -> Limit:
    """So many text messages a day from the whole park: the most that they can cost."""
    return Limit("text-day", tries, DAY)


def here() -> str:
    """The network address of this request."""
    return request.remote_addr or ""


def spend(*tries: tuple[Limit, Sequence[str]]) -> None:
    """Count one try against each limit, whatever becomes of it.

    Raises:
        TooMany: one of them is used up.
    """
    now = clock.now()
    with transaction():
        found = [(limit, _count(limit.key(*parts), limit, now)) for limit, parts in tries]
    late = [until for limit, (count, until) in found if count > limit.tries]
    if late:
        raise TooMany(max(late))


def forgive(limit: Limit, *parts: str) -> None:
    """Begin a count anew: the person got in."""
    with transaction():
        db.session.execute(delete(Throttle).where(Throttle.key == limit.key(*parts)))


def _count(key: str, limit: Limit, now: datetime) -> tuple[int, datetime]:
    insert: Any = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    fresh = insert(Throttle).values(key=key, count=1, window_ends=now + limit.window)
    # A window that ends later than any that begins now was begun before the machine's clock was set back.
    over = or_(Throttle.window_ends <= now, Throttle.window_ends > now + limit.window)
    statement = fresh.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "count": case((over, 1), else_=Throttle.count + 1),
            "window_ends": case((over, now + limit.window), else_=Throttle.window_ends),
        },
    ).returning(Throttle.count, Throttle.window_ends)
    count, until = db.session.execute(statement).one()
    return count, until


def sweep() -> None:
    """Drop counts whose window is over."""
    with transaction():
        db.session.execute(delete(Throttle).where(Throttle.window_ends < clock.now() - DAY))
