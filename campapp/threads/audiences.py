"""Whom a summary of a thread's news reaches: the people of a side who have not read them meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select

from campapp.accounts.audiences import recipient_of
from campapp.accounts.models import Account
from campapp.applications.models import Application
from campapp.core.db import db
from campapp.core.outbox import Recipient, audience, audiences
from campapp.matching.models import Match
from campapp.matching.states import ANSWERED
from campapp.programmes.models import Participation, Staff
from campapp.threads.models import Thread, ThreadReading
from campapp.threads.rules import STAFF

Reached = Iterable[tuple[int, Recipient]]


def _unread(reached: Reached, *threads: Any) -> Reached:
    """Those of the reached who have something to read; `threads` gives (key, thread id, last post id)."""
    by_key: dict[int, dict[int, int]] = defaultdict(dict)
    for statement in threads:
        for key, thread_id, last in db.session.execute(statement):
            by_key[key][thread_id] = last
    ids = {thread_id for found in by_key.values() for thread_id in found}
    readings = select(ThreadReading.account_id, ThreadReading.thread_id, ThreadReading.post_id)
    read = {(r[0], r[1]): r[2] for r in db.session.execute(readings.where(ThreadReading.thread_id.in_(ids)))}
    for key, recipient in reached:
        waits = (read.get((recipient.account_id or 0, one), 0) < last for one, last in by_key[key].items())
        if recipient.account_id is None or any(waits):
            yield key, recipient


@audience("thread_staff")
def of_staff(ids: Sequence[int]) -> Reached:
    """The staff of programmes from helpers on."""
    rows = db.session.execute(
        select(Staff.programme_id, Account)
        .join(Account, Account.id == Staff.account_id)
        .where(
            Staff.programme_id.in_(ids), Staff.left_at.is_(None), Staff.level.in_(STAFF), Account.erased_at.is_(None)
        )
        .order_by(Staff.id)
    )  # fmt: skip
    threads = select(Thread.programme_id, Thread.id, Thread.last_post_id).where(
        Thread.programme_id.in_(ids), Thread.kind != "match", Thread.last_side != "staff"
    )
    return _unread(((row[0], recipient_of(row[1])) for row in rows.all()), threads)


@audience("thread_asker")
def of_askers(ids: Sequence[int]) -> Reached:
    """Who asked on a call."""
    threads = select(Thread.account_id, Thread.id, Thread.last_post_id).where(
        Thread.account_id.in_(ids), Thread.kind == "call", Thread.last_side == "staff"
    )
    return _unread(audiences["account"](ids), threads)


def _of_matches(key: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(key, Thread.id, Thread.last_post_id)
        .join(Match, Match.id == Thread.match_id)
        .join(Application, Application.id == Match.application_id)
        .join(Participation, Participation.id == Match.participation_id)
        .where(Match.state.in_(ANSWERED))
    )


@audience("thread_team")
def of_teams(ids: Sequence[int]) -> Reached:
    """The members of teams."""
    entries = (
        select(Application.team_id, Thread.id, Thread.last_post_id)
        .join(Application, Application.id == Thread.application_id)
        .where(Application.team_id.in_(ids), Thread.last_side != "team")
    )
    matches = _of_matches(Application.team_id).where(
        Application.team_id.in_(ids), Thread.last_side == "company"
    )
    return _unread(audiences["team"](ids), entries, matches)


@audience("thread_company")
def of_companies(ids: Sequence[int]) -> Reached:
    """The representatives of companies, of teams that agree to being passed on."""
    threads = _of_matches(Participation.company_id).where(
        Participation.company_id.in_(ids), Thread.last_side == "team", Application.companies_agreed_at.is_not(None)
    )  # fmt: skip
    return _unread(audiences["company"](ids), threads)
