"""The bell: on PostgreSQL a waiting worker hears at once that something was queued; on SQLite it looks by itself.

`ring` is part of the transaction that queues: nobody hears of what was rolled back, and whoever hears finds it.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from campapp.core.db import db

CHANNEL = "campapp_work"
SLICE = 1.0
"""Seconds after which a waiting worker looks whether it is asked to end."""
log = logging.getLogger(__name__)


def ring() -> None:
    """Inside the running transaction: when it commits, the workers look."""
    db.session().info["ring"] = True


@event.listens_for(Session, "before_commit")
def _ring_once(session: Session) -> None:
    """Once a transaction, however much it queues."""
    if session.info.pop("ring", False) and session.get_bind().dialect.name == "postgresql":
        # why: NOTIFY takes no parameters, and the channel is a constant of ours.
        session.execute(text(f"NOTIFY {CHANNEL}"))


@event.listens_for(Session, "after_rollback")
def _no_ring(session: Session) -> None:
    session.info.pop("ring", None)


class Listener:
    """What a worker waits with: a connection of its own that listens, where the database can ring."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.engine = db.engine
        self.hears = self.engine.dialect.name == "postgresql"
        self._line: Any = None
        if self.hears:
            self._listen()

    def wait(self, seconds: float, ended: threading.Event) -> bool:
        """Wait so long, until it rings, or until `ended`: whether it rang."""
        if not self.hears:
            ended.wait(seconds)
            return False
        until = time.monotonic() + seconds
        while not ended.is_set() and (left := until - time.monotonic()) > 0:
            if self._line is not None:
                if self._rang(min(left, SLICE)):
                    return True
            elif self._listen():
                return True  # nobody knows what was queued meanwhile: look
            else:
                ended.wait(min(left, SLICE))
        return False

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line = None
            self._connection.invalidate()
            self._connection.close()

    def _rang(self, seconds: float) -> bool:
        try:
            return any(self._line.notifies(timeout=seconds, stop_after=1))
        except (psycopg.Error, OSError):
            log.exception("the database can no longer be heard; it is asked now and then until it can")
            self.close()
            return False

    def _listen(self) -> bool:
        """A connection outside the pool: the pool's own go back to it, this one stays."""
        try:
            self._connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._connection.detach()
            self._connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            self._line = self._connection.connection.dbapi_connection
        except (SQLAlchemyError, psycopg.Error, OSError):
            log.exception("the database cannot be listened to yet")
        return self._line is not None
