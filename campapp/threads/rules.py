"""Who sees a thread, and who writes in it: its two sides, and nobody else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, select

from campapp.applications.models import Application
from campapp.applications.rules import of_own_team
from campapp.core.access import Verdict, rule, sees, sight_of
from campapp.core.current import ADMINISTRATOR, EVERYONE, MEMBER, ORGANISER, REPRESENTATIVE, Actor
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.outbox import Letter
from campapp.matching.models import Match
from campapp.matching.rules import company_side, team_side
from campapp.matching.states import ANSWERED
from campapp.programmes.models import Programme
from campapp.programmes.rules import level_in
from campapp.threads.models import Post, Thread

STAFF = ("owner", "manager", "helper")
"""Levels that answer; read-only staff reads."""


def side_in(actor: Actor, thread: Thread) -> str:
    """`asker`, `team`, `company` or `staff`: on which side of a thread the actor is; empty on none."""
    if thread.kind == "match":
        return side_of_match(actor, db.session.get_one(Match, thread.match_id))
    if level_in(actor, thread.programme_id):
        return "staff"
    if thread.kind == "call":
        mine = actor.account_id is not None and thread.account_id == actor.account_id
        return "asker" if mine and actor.acting_for is None else ""
    entry = db.session.get_one(Application, thread.application_id)
    return "team" if of_own_team(actor, entry) else ""


def side_of_match(actor: Actor, match: Match) -> str:
    """`team` or `company`, in person: neither the staff nor whoever acts for a side reads what the two write."""
    if actor.acting_for is not None:
        return ""
    if team_side(actor, match):
        return "team"
    return "company" if company_side(actor, match) else ""


@rule
def may_ask(actor: Actor, programme: Programme) -> Verdict:
    """Whoever has an account, of a programme that is public."""
    return actor.account_id is not None and programme.state == "published"


def _staff(actor: Actor, programme_id: int) -> Verdict:
    return level_in(actor, programme_id) in STAFF


@rule
def reads_thread(actor: Actor, thread: Thread) -> Verdict:
    """Its two sides."""
    return bool(side_in(actor, thread))


@rule
def writes_in_thread(actor: Actor, thread: Thread) -> Verdict:
    """Its two sides; the staff from helpers on; of a match while it stands."""
    side = side_in(actor, thread)
    if thread.kind == "match" and side:
        return writes_on_match.predicate(actor, db.session.get_one(Match, thread.match_id))
    return _staff(actor, thread.programme_id) if side == "staff" else bool(side)


@rule
def reads_on_application(actor: Actor, application: Application) -> Verdict:
    """The team, and the programme's staff."""
    return of_own_team(actor, application) or bool(level_in(actor, application.programme_id))


@rule
def writes_on_application(actor: Actor, application: Application) -> Verdict:
    """The team, and the programme's staff from helpers on."""
    return of_own_team(actor, application) or _staff(actor, application.programme_id)


@rule
def reads_on_match(actor: Actor, match: Match) -> Verdict:
    """Both sides of the match, in person."""
    return bool(side_of_match(actor, match))


@rule
def writes_on_match(actor: Actor, match: Match) -> Verdict:
    """Both sides of the match, in person, once both have accepted and as long as that stands."""
    if not side_of_match(actor, match):
        return False
    return match.state in ANSWERED or str(_l("You can write to each other once both sides have accepted."))


@rule
def answers_in_public(actor: Actor, thread: Thread) -> Verdict:
    """The programme's staff from helpers on, to a question on the call."""
    return thread.kind == "call" and _staff(actor, thread.programme_id)


@rule
def takes_back(actor: Actor, post: Post) -> Verdict:
    """Who wrote it, as long as the other side has not been told of it."""
    if actor.account_id is None or post.account_id != actor.account_id or post.faq_id is not None:
        return False
    letter = db.session.get(Letter, post.letter_id) if post.letter_id else None
    waiting = letter is not None and letter.state in {"waiting", "gathered"}
    return waiting or str(_l("The other side has been told of it already."))


# ------------------------------------------------------------------------------------------------ sight
def _match_threads(actor: Actor) -> ColumnElement[bool]:
    """Of the matches that the side sees, and in person."""
    if actor.acting_for is not None:
        return false()
    seen = select(Match.id).where(Match.id == Thread.match_id, sight_of(Match, actor))
    return and_(Thread.kind == "match", seen.correlate(Thread).exists())


@sees(Thread, EVERYONE)
def own_questions(actor: Actor) -> ColumnElement[bool]:
    """What oneself asked on a call."""
    if actor.acting_for is not None:
        return false()
    return and_(Thread.kind == "call", Thread.account_id == (actor.account_id or 0))


@sees(Thread, MEMBER)
def threads_of_own_entries(actor: Actor) -> ColumnElement[bool]:
    """With the staff, about the team's own applications."""
    own = select(Application.id).where(Application.team_id == actor.team_id)
    return and_(Thread.kind == "application", Thread.application_id.in_(own))


@sees(Thread, MEMBER, REPRESENTATIVE)
def threads_of_own_matches(actor: Actor) -> ColumnElement[bool]:
    """With the other side of a match; not while somebody acts for them."""
    return _match_threads(actor)


@sees(Thread, ORGANISER)
def threads_of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Questions on the call, and with teams about their applications; never between the sides of a match."""
    return and_(Thread.kind != "match", Thread.programme_id == actor.programme_id)


@sees(Thread, ADMINISTRATOR)
def threads_with_staff(_actor: Actor) -> ColumnElement[bool]:
    """All but those between the sides of a match."""
    return Thread.kind != "match"


@sees(Post, EVERYONE, MEMBER, REPRESENTATIVE, ORGANISER, ADMINISTRATOR)
def posts_of_those(actor: Actor) -> ColumnElement[bool]:
    """What is written in the threads that are seen."""
    seen: Any = select(Thread.id).where(Thread.id == Post.thread_id, sight_of(Thread, actor))
    return seen.correlate(Post).exists()  # type: ignore[no-any-return]
