"""A crowd that submits while something goes wrong: what each person was told, and what is stored."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from campapp.applications.models import Application, Submission
from campapp.core.db import db
from campapp.core.outbox import Letter
from campapp.settings import Settings
from tests.faults.locking import takes_no_more
from tests.faults.served import Broken, Served, Visitor, until

SET_BACK = timedelta(minutes=-7)
AGAIN = 0.25
"""Seconds after which a person who was told nothing, or to try again, presses again: part of the load that the crowd
is, not a wait for something to have happened."""
PERSISTS = 120.0
"""Seconds after which they would give up."""


@dataclass
class Person:
    """A captain at the last page: the form as it was shown, and every answer to it (0: none came)."""

    entry: int
    browser: Visitor
    form: dict[str, str] = field(default_factory=dict)
    told: list[int] = field(default_factory=list)
    kept: bool = True
    """Whether every page that said "not now" held the form, with its mark, to be sent again."""
    took: float = 0.0

    @property
    def path(self) -> str:
        """Where the form goes."""
        return f"/applications/{self.entry}/submission"

    def open(self) -> None:
        """Look through the entry once more."""
        while not self.form:
            try:
                self.form = self.browser.get(f"{self.path}/new").fields(self.path)
            except (*Broken, StopIteration):  # the server is gone, or its page says that it has no room
                time.sleep(AGAIN)

    def press(self) -> None:
        """Press, and press again, until it is received or refused."""
        began = time.monotonic()
        while time.monotonic() - began < PERSISTS and not self.done:
            if self.told:
                time.sleep(AGAIN)
            try:
                answer = self.browser.post(self.path, self.form)
            except Broken:
                self.told.append(0)
                continue
            self.told.append(answer.status)
            if answer.status in {503, 507}:
                self.kept &= answer.fields(self.path).get("nonce") == self.form["nonce"]
        self.took = time.monotonic() - began

    @property
    def received(self) -> bool:
        """Whether a receipt was shown."""
        return self.told[-1:] == [303]

    @property
    def done(self) -> bool:
        """Received, or too late."""
        return self.told[-1:] in ([303], [403])


def press_all(crowd: Sequence[Person], seconds: float, meanwhile: Callable[[], object]) -> None:
    """Everybody presses within these seconds, the nearer to their end the more; meanwhile something happens."""
    chance, began = random.Random(1), time.monotonic()

    def press(person: Person, at: float) -> None:
        time.sleep(max(0.0, began + at - time.monotonic()))
        person.press()

    presses = [
        threading.Thread(target=press, args=(one, seconds * chance.random() ** 0.5), daemon=True)
        for one in crowd
    ]
    for one in presses:
        one.start()
    until(
        lambda: sum(one.received for one in crowd) >= len(crowd) // 4,
        "some have their receipt",
        120 + seconds,
    )
    meanwhile()
    for one in presses:
        one.join()


def power_fails(site: Served) -> None:
    """The machine stops in the middle of a word, and is started again."""
    site.lose_power()
    site.start()


def disk_is_full(site: Served, crowd: Sequence[Person]) -> None:
    """No web process can write another byte (PostgreSQL: the database was made read-only), until some were told so.

    The bytes are denied by a limit on the running processes, which they see as a write that fails.
    """
    settings: Settings = site.settings
    with takes_no_more(settings) if settings.database_url else site.disk_full():
        until(
            lambda: (
                sum(507 in one.told for one in crowd) >= len(crowd) // 10 or all(one.done for one in crowd)
            ),
            "some are told that there is no room",
        )


@dataclass(frozen=True)
class Outcome:
    """What became of a crowd. All but the first three are to be 0."""

    accepted: int
    refused: int
    again: int
    """Who had to press more than once."""
    unanswered: int
    broken: int
    """Answers that were neither a receipt, nor a refusal, nor "not now, here is what you sent"."""
    lost: int
    twice: int
    """Stored as more than one version, or with more or fewer than one message of receipt."""
    misnumbered: int
    """Entry numbers that are missing or given twice."""
    late: int

    @property
    def wrong(self) -> int:
        """How much of it must not be."""
        return self.unanswered + self.broken + self.lost + self.twice + self.misnumbered + self.late


def outcome(app: Flask, crowd: Sequence[Person], deadline: datetime) -> Outcome:
    """Hold what was told against what is stored."""
    with app.app_context():
        rows = db.session.execute(select(Submission.application_id, Submission.received_at)).all()
        receipts = select(Letter.subject_id).where(Letter.template == "applications/receipt")
        letters = Counter(db.session.scalars(receipts))
        numbers = Counter(
            db.session.scalars(select(Application.number).where(Application.number.is_not(None)))
        )
        db.session.rollback()
    stored = Counter(entry for entry, _at in rows)
    received = {one.entry for one in crowd if one.received}
    fair = {0, 303, 403, 503, 507}
    return Outcome(
        accepted=len(received),
        refused=sum(one.told[-1:] == [403] for one in crowd),
        again=sum(len(one.told) > 1 for one in crowd),
        unanswered=sum(not one.done for one in crowd),
        broken=sum(not set(one.told) <= fair or not one.kept for one in crowd),
        lost=len(received - stored.keys()),
        twice=sum(count != 1 or letters[entry] != 1 for entry, count in stored.items()),
        misnumbered=len({f"A-{n:04d}" for n in range(1, len(stored) + 1)} ^ numbers.keys())
        + sum(count > 1 for count in numbers.values()),
        late=sum(at >= deadline + timedelta(seconds=1) for _entry, at in rows),
    )
