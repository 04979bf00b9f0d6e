"""From a cookie to the Actor value, in two statements, and back from a job's keys."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from flask import current_app, request
from sqlalchemy import bindparam, literal, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Select

from campapp.accounts.acting import name_of
from campapp.accounts.models import Account, Address, SecondFactor, SignIn
from campapp.accounts.rules import may_act
from campapp.core import clock, jobs, web_app
from campapp.core.action import transaction
from campapp.core.current import ACCOUNT, ADMINISTRATOR, ANONYMOUS, Actor, Membership, current
from campapp.core.db import db
from campapp.core.memberships import AccountId, memberships_from, memberships_of

COOKIE = "session"
"""The cookie of a session; a rehearsal beside the park has one of its own, see `cookie`."""
SEEN_EVERY = timedelta(minutes=1)
"""A reading request writes nothing but this, at most so often."""
LASTS = timedelta(days=60)
"""How long an unused session opens anything."""


def cookie() -> str:
    """The cookie's name here."""
    rehearsal: str = current_app.config["SETTINGS"].rehearsal
    return f"{COOKIE}_{rehearsal[:8]}" if rehearsal else COOKIE


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@memberships_from
def administration(account_id: AccountId) -> Select[str, str, int, str, str]:
    """A park administrator's membership."""
    return select(literal(ADMINISTRATOR), literal(""), literal(0), literal(""), literal("")).where(
        Account.id == account_id, Account.administrator.is_(True)
    )


def actor_of_request() -> tuple[Actor, str, str] | None:
    """The signed-in person of this request: (actor, locale, zone); None for a visitor."""
    token = request.cookies.get(cookie())
    if not token:
        return None
    row = db.session.execute(
        _signed_in(), {"token_hash": token_hash(token), "since": clock.now() - LASTS}
    ).one_or_none()
    if row is None:
        return None
    sign_in, account_id, name, locale, zone, is_confirmed, has_second = row
    actor = make_actor(account_id, name, bool(is_confirmed), sign_in.membership, sign_in.acting_for)
    actor = replace(actor, session_id=sign_in.id, second_factor=bool(has_second))
    _touch(sign_in)
    return actor, locale, zone


@cache
def _signed_in() -> Select[*tuple[Any, ...]]:
    """The statement that finds a session by its token, made once: every request asks it."""
    confirmed = (
        select(Address.id).where(Address.account_id == Account.id, Address.confirmed_at.is_not(None)).exists()
    )
    second = (
        select(SecondFactor.id)
        .where(SecondFactor.account_id == Account.id, SecondFactor.confirmed_at.is_not(None))
        .exists()
    )
    return (
        select(SignIn, Account.id, Account.name, Account.locale, Account.zone, confirmed, second)
        .join(Account, Account.id == SignIn.account_id)
        .where(
            SignIn.token_hash == bindparam("token_hash"),
            SignIn.revoked_at.is_(None),
            SignIn.seen_at > bindparam("since"),
            Account.erased_at.is_(None),
        )
    )


def _touch(sign_in: SignIn) -> None:
    """Last seen, at most once a minute."""
    now = clock.now()
    if now - sign_in.seen_at < SEEN_EVERY:
        return
    sign_in_id = sign_in.id
    with suppress(DBAPIError), transaction(wait=False):  # a page is read also while nothing can be written
        # why: being seen is no event, and no action of anybody
        db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def make_actor(account_id: int, name: str, confirmed: bool, wanted: str, acting_for: str = "") -> Actor:
    """The actor of an account: the membership wanted, else its first, else the bare account.

    They act for somebody only by the membership in which they began, and while it still allows it.
    """
    memberships = memberships_of(account_id)
    bare = Membership(ACCOUNT)
    used = next((m for m in memberships if m.key == wanted), memberships[0] if memberships else bare)
    actor = Actor(
        account_id=account_id, name=name, confirmed=confirmed, membership=used, memberships=memberships
    )
    if acting_for and used.key == wanted and may_act(actor):
        kind, _, key = acting_for.partition(":")
        role, level = ("member", "captain") if kind == "team" else ("representative", "lead")
        with current.set(actor=actor):
            theirs = name_of(kind, int(key))
        if theirs is not None:
            actor = actor.for_(Membership(role, kind, int(key), level, theirs))
    return actor


def actor_of_job(account_id: int | None, wanted: str) -> Actor:
    """The person who asked for a job, as they are now."""
    row = db.session.get(Account, account_id) if account_id else None
    return make_actor(row.id, row.name, row.confirmed, wanted) if row else ANONYMOUS


web_app.load_actor[:] = [actor_of_request]
jobs.restore_actor[:] = [actor_of_job]
