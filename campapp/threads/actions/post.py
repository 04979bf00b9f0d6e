"""A thread begun and written in; a post taken back before anybody was told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select

from campapp.applications.models import Application
from campapp.core.access import Refused
from campapp.core.action import Act, action, whole
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.outbox import Letter
from campapp.matching.models import Match
from campapp.programmes.models import Programme
from campapp.threads.models import Post, Thread, ThreadReading
from campapp.threads.rules import (
    may_ask,
    side_in,
    takes_back,
    writes_in_thread,
    writes_on_application,
    writes_on_match,
)
from campapp.threads.telling import tell_other_side

HOURLY = 30
"""Posts of one account in an hour, at most."""


@action("question_asked", rule=may_ask)
def ask(act: Act, programme: Programme, text: str) -> Thread:
    """A question on the call; only the programme's staff learns who asked."""
    thread = _begun(act, programme.id, "call", account_id=act.by.account_id)
    _say(act, thread, "asker", text)
    return thread


@action("application_written_about", rule=writes_on_application)
def write_on_application(act: Act, application: Application, text: str) -> Thread:
    """The team to the staff, or the staff to the team."""
    thread = db.session.scalars(
        select(Thread).where(Thread.application_id == application.id)
    ).one_or_none() or _begun(act, application.programme_id, "application", application_id=application.id)
    _say(act, thread, side_in(act.by, thread), text)
    return thread


@action("match_written_about", rule=writes_on_match)
def write_on_match(act: Act, match: Match, text: str) -> Thread:
    """One side of a match to the other."""
    thread = db.session.scalars(select(Thread).where(Thread.match_id == match.id)).one_or_none() or _begun(
        act, match.programme_id, "match", match_id=match.id
    )
    _say(act, thread, side_in(act.by, thread), text)
    return thread


@action("thread_written_in", rule=writes_in_thread)
def write(act: Act, thread: Thread, text: str) -> Post:
    """The next post of a thread that is there."""
    return _say(act, thread, side_in(act.by, thread), text)


def _begun(act: Act, programme_id: int, kind: str, **about: Any) -> Thread:
    thread = Thread(programme_id=programme_id, kind=kind, **about)
    db.session.add(thread)
    db.session.flush()
    return thread


def _say(act: Act, thread: Thread, side: str, text: str, faq_id: int | None = None) -> Post:
    _not_too_many(act)
    post = Post(
        thread_id=thread.id,
        side=side,
        text=text,
        account_id=act.by.account_id,
        name=act.by.name,
        faq_id=faq_id,
    )
    db.session.add(post)
    db.session.flush()
    thread.opening = thread.opening or " ".join(text.split())[:200]
    thread.last_post_id, thread.last_side, thread.last_at = post.id, side, act.at
    letter = tell_other_side(act, thread, side)
    db.session.flush()
    post.letter_id = letter.id
    if act.by.acting_for is None and act.by.account_id is not None:
        _read(act.by.account_id, thread.id, post.id)
    return post


def _not_too_many(act: Act) -> None:
    recent = select(func.count()).where(
        Post.account_id == act.by.account_id, Post.created_at > act.at - timedelta(hours=1)
    )
    if act.by.account_id is not None and (db.session.scalar(recent) or 0) >= HOURLY:
        raise Refused("say", _("You have written %(n)s messages within an hour. Wait a little.", n=HOURLY))


def say_publicly(act: Act, thread: Thread, text: str, faq_id: int) -> Post:
    """The staff's answer in the thread, once it stands among the frequent questions; part of that action."""
    return _say(act, thread, "staff", text, faq_id)


@action("post_taken_back", rule=takes_back)
def take_back(act: Act, post: Post) -> Thread | None:
    """As if it had not been written: nobody was told. An empty thread goes too."""
    thread, letter_id = db.session.get_one(Thread, post.thread_id), post.letter_id
    db.session.delete(post)
    db.session.flush()
    others = select(func.count()).where(Post.letter_id == letter_id)
    if not db.session.scalar(others):
        db.session.execute(
            delete(Letter).where(Letter.id == letter_id, Letter.state.in_(("waiting", "gathered")))
        )
    last = db.session.scalars(
        select(Post).where(Post.thread_id == thread.id).order_by(Post.id.desc()).limit(1)
    ).one_or_none()
    if last is None:
        db.session.execute(delete(ThreadReading).where(ThreadReading.thread_id == thread.id))
        db.session.delete(thread)
        return None
    thread.last_post_id, thread.last_side, thread.last_at = last.id, last.side, last.created_at
    return thread


def read(thread: Thread) -> None:
    """This person has read it as far as it goes now; nothing that an audit log is for."""
    account_id, thread_id, post_id = current.actor.account_id, thread.id, thread.last_post_id
    if account_id is None or current.actor.acting_for is not None:
        return
    whole(lambda: _read(account_id, thread_id, post_id))


def _read(account_id: int, thread_id: int, post_id: int) -> None:
    row = db.session.scalars(
        select(ThreadReading)
        .where(ThreadReading.account_id == account_id, ThreadReading.thread_id == thread_id)
        .with_for_update(key_share=True)
    ).one_or_none()
    if row is None:
        db.session.add(ThreadReading(account_id=account_id, thread_id=thread_id, post_id=post_id))
    else:
        row.post_id = max(row.post_id, post_id)
    db.session.flush()
