"""Reads of threads: what is unread, a thread with its posts, how each is called by whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from campapp.applications.agreeing import members_read
from campapp.applications.models import Application
from campapp.companies.models import Company
from campapp.core.access import sight_of, visible
from campapp.core.current import MEMBER, ORGANISER, REPRESENTATIVE, current
from campapp.core.db import db
from campapp.core.language import gettext as _
from campapp.core.language import say
from campapp.core.search import is_common, matches
from campapp.matching.models import Match
from campapp.matching.states import ANSWERED
from campapp.programmes.models import Participation, Programme
from campapp.teams.models import Member
from campapp.threads.models import Post, Thread, ThreadReading

OWN_SIDE = {MEMBER: "team", REPRESENTATIVE: "company", ORGANISER: "staff"}


@dataclass(frozen=True)
class Shown:
    """A thread as somebody finds it."""

    thread: Thread
    title: str
    programme: Programme
    unread: bool = False

    @property
    def url(self) -> str:
        """Its page."""
        return url_for("threads.thread.show", id=self.thread.id)


def _named() -> Select[*tuple[Any, ...]]:
    """Threads with the names that their titles are made of, in one statement."""
    entry = func.coalesce(Thread.application_id, Match.application_id)
    return (
        select(Thread, Programme, Application.team_name, Company)
        .join(Programme, Programme.id == Thread.programme_id)
        .outerjoin(Match, Match.id == Thread.match_id)
        .outerjoin(Application, Application.id == entry)
        .outerjoin(Participation, Participation.id == Match.participation_id)
        .outerjoin(Company, Company.id == Participation.company_id)
    )


def title(thread: Thread, side: str, team: str | None, company: Company | None) -> str:
    """With whom one writes, or what was asked, as that side calls it."""
    if thread.kind == "call":
        return thread.opening
    if side == "team":
        return (
            say(company, "name") or company.name if thread.kind == "match" and company else _("The organiser")
        )
    return team or _("A team")


def is_unread() -> ColumnElement[bool]:
    """Whether the last word is the other side's, and the current person has not read that far."""
    actor = current.actor
    read = (
        select(ThreadReading.post_id)
        .where(ThreadReading.thread_id == Thread.id, ThreadReading.account_id == (actor.account_id or 0))
        .correlate(Thread)
        .scalar_subquery()
    )
    asked = and_(Thread.kind == "call", Thread.account_id == (actor.account_id or 0))
    own = OWN_SIDE.get(actor.role, "staff")
    theirs = or_(
        and_(asked, Thread.last_side != "asker"), and_(Thread.last_side != own, or_(Thread.kind != "call", ~asked))
    )  # fmt: skip
    return and_(theirs, Thread.last_post_id > func.coalesce(read, 0))


def _shown(rows: Iterable[Any]) -> list[Shown]:
    own = OWN_SIDE.get(current.actor.role, "staff")
    return [Shown(row[0], title(row[0], own, row[2], row[3]), row[1], bool(row[4])) for row in rows]


def unread(most: int = 5) -> tuple[list[Shown], int]:
    """What waits to be read, the newest first, and how many there are in all; one statement."""
    if current.actor.account_id is None or current.actor.acting_for is not None:
        return [], 0
    statement = (
        _named()
        .add_columns(is_unread().label("unread"), func.count().over().label("total"))
        .where(sight_of(Thread, current.actor), is_unread())
        .order_by(Thread.last_at.desc(), Thread.id.desc())
        .limit(most)
    )
    rows = db.session.execute(statement).all()
    return _shown(rows), int(rows[0].total) if rows else 0


def mine(most: int = 200) -> list[Shown]:
    """The reader's threads, unread first, then the newest."""
    statement = (
        _named()
        .add_columns(is_unread().label("unread"))
        .where(sight_of(Thread, current.actor))
        .order_by(is_unread().desc(), Thread.last_at.desc(), Thread.id.desc())
        .limit(most)
    )
    return _shown(db.session.execute(statement))


def with_words(text: str, most: int) -> list[Shown]:
    """Of the threads that the reader sees, those in which it was written or whose sides are called so."""
    common = is_common(db.session(), Post, text)
    said = select(Post.thread_id).where(matches(Post, text, common=common), sight_of(Post, current.actor))
    # Where many hold it each thread is asked for its own; of a rare word the index knows the few.
    here = (
        said.where(Post.thread_id == Thread.id).correlate(Thread).exists() if common else Thread.id.in_(said)
    )
    entry = and_(sight_of(Application, current.actor), matches(Application, text, common=True))
    called = or_(
        entry, Application.team_name.icontains(text, autoescape=True), matches(Company, text, common=True)
    )
    statement = (
        _named()
        .add_columns(is_unread().label("unread"))
        .where(sight_of(Thread, current.actor), or_(called, here))
        .order_by(Thread.last_at.desc(), Thread.id.desc())
        .limit(most)
    )
    return _shown(db.session.execute(statement))


def one(thread: Thread) -> Shown:
    """A thread with its title."""
    statement = _named().add_columns(is_unread().label("unread")).where(Thread.id == thread.id)
    return _shown(db.session.execute(statement))[0]


def posts(thread: Thread) -> Sequence[Post]:
    """Its posts, the oldest first."""
    return db.session.scalars(
        visible(Post).where(Post.thread_id == thread.id).order_by(Post.id).limit(1000)
    ).all()


def unnamed_in(thread: Thread, posts: Sequence[Post], side: str) -> set[int]:
    """Posts whose writer's name the reader is not told: of the team, and not agreeing to it in this programme."""
    if side != "company":
        return set()
    entry = select(Match.application_id).where(Match.id == thread.match_id).scalar_subquery()
    named = set(db.session.scalars(members_read(Application.id == entry, Member.account_id)))
    return {post.id for post in posts if post.side == "team" and post.account_id not in named}


def own_questions(programme: Programme) -> list[Shown]:
    """What the reader asked on a call."""
    statement = (
        _named()
        .add_columns(is_unread().label("unread"))
        .where(
            Thread.programme_id == programme.id, Thread.kind == "call",
            Thread.account_id == (current.actor.account_id or 0),
        )
        .order_by(Thread.last_at.desc(), Thread.id.desc())
        .limit(50)
    )  # fmt: skip
    return _shown(db.session.execute(statement))


def news(ids: Sequence[int], side: str) -> list[tuple[str, int]]:
    """For a mail to a side: the threads by their titles, as far as that side may still be told of them."""
    agreed = true() if side == "team" else Application.companies_agreed_at.is_not(None)
    standing = or_(Thread.kind != "match", and_(Match.state.in_(ANSWERED), agreed))
    rows = db.session.execute(_named().where(Thread.id.in_(ids), standing).order_by(Thread.id)).all()
    return [(title(row[0], side, row[2], row[3]), row[0].id) for row in rows]
