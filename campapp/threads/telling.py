"""The other side is told of what was written: one summary for all that a few minutes brought, not a mail a line."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from campapp.applications.models import Application
from campapp.core.action import Act
from campapp.core.db import db
from campapp.core.outbox import Letter, tell
from campapp.matching.models import Match
from campapp.programmes.models import Participation, Programme
from campapp.threads.models import Thread

PAUSE = timedelta(minutes=5)
"""So long is gathered before it leaves; until then a post can be taken back."""
OTHER = {
    "call": {"asker": "staff", "staff": "asker"}, "application": {"team": "staff", "staff": "team"},
    "match": {"team": "company", "company": "team"},
}  # fmt: skip


def tell_other_side(act: Act, thread: Thread, side: str) -> Letter:
    """The letter that tells of it: one that waits already, else a new one."""
    other = OTHER[thread.kind][side]
    audience = f"thread_{other}:{_key(thread, other)}"
    waiting = db.session.scalars(
        select(Letter)
        .where(
            Letter.template == "threads/news", Letter.audience == audience, Letter.kind == "programme",
            Letter.subject_id == thread.programme_id, Letter.state == "waiting",
        )
        .with_for_update(key_share=True)
    ).first()  # fmt: skip
    if waiting is None:
        programme = db.session.get_one(Programme, thread.programme_id)
        return tell(audience, "threads/news", programme, not_before=act.at + PAUSE, threads=[thread.id],
                    side=other)  # fmt: skip
    waiting.words = {
        **waiting.words,
        "threads": sorted({*waiting.words["threads"], thread.id}),
    }
    return waiting


def _key(thread: Thread, side: str) -> int:
    """Whose id the audience bears: the programme's, the asker's, the team's, the company's."""
    if side == "staff":
        return thread.programme_id
    if side == "asker":
        return int(thread.account_id or 0)
    match = db.session.get(Match, thread.match_id) if thread.match_id else None
    if side == "team":
        entry = match.application_id if match else thread.application_id
        return db.session.get_one(Application, entry).team_id
    if match is None:
        raise ValueError(f"thread {thread.id} has no company")
    return db.session.get_one(Participation, match.participation_id).company_id
