"""Reads of messages: whom a sending reaches, what became of it, what one was told."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import func, select

from campapp.core.access import visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.outbox import Delivery, Letter, Recipient, Sending, locale_of, recipients_of_all
from campapp.messages.writing import Gone, Written, subjects_of, written

SAMPLES = 3


@dataclass
class Reach:
    """Whom a held sending would reach, if it left now."""

    letters: int = 0
    people: int = 0
    mails: int = 0
    nobody: int = 0
    """Letters that reach nobody now."""
    without_mail: list[str] = field(default_factory=list)
    samples: list[tuple[Recipient, Written]] = field(default_factory=list)


def reach_of(sending: Sending) -> Reach:
    """Count it as the worker will, and write three of them out."""
    found = Reach()
    letters = letters_of(sending)
    found.letters = len(letters)
    everybody = recipients_of_all([(letter.audience, locale_of(letter)) for letter in letters])
    reaching = [(letter, reached[0]) for letter, reached in zip(letters, everybody, strict=True) if reached]
    found.samples = _samples(reaching[:SAMPLES])
    for reached in everybody:
        found.nobody += not reached
        found.people += len(reached)
        found.mails += sum(bool(one.mail) for one in reached)
        found.without_mail += [one.name for one in reached if not one.mail]
    return found


def _samples(pairs: Sequence[tuple[Letter, Recipient]]) -> list[tuple[Recipient, Written]]:
    subjects = subjects_of([letter for letter, _recipient in pairs])
    found = []
    for letter, recipient in pairs:
        with suppress(Gone):
            found.append((recipient, written(letter, recipient)))
    del subjects  # kept until here, so that no letter asks for its own again
    return found


def letters_of(sending: Sending) -> Sequence[Letter]:
    """Its letters, in the order in which they were decided."""
    return db.session.scalars(select(Letter).where(Letter.sending_id == sending.id).order_by(Letter.id)).all()


def record_of(sending: Sending) -> Sequence[Delivery]:
    """What became of each message: what needs a person first."""
    trouble = Delivery.state.in_(("unknown", "given up", "failed"))
    return db.session.scalars(
        visible(Delivery)
        .join(Letter, Letter.id == Delivery.letter_id)
        .where(Letter.sending_id == sending.id)
        .order_by(trouble.desc(), Delivery.name, Delivery.id)
        .limit(1000)
    ).all()


def tally(sending: Sending) -> dict[str, int]:
    """Mails of a sending by state."""
    rows = db.session.execute(
        select(Delivery.state, func.count(Delivery.id))
        .join(Letter, Letter.id == Delivery.letter_id)
        .where(Letter.sending_id == sending.id, Delivery.channel == "mail")
        .group_by(Delivery.state)
    )
    return {str(state): int(count) for state, count in rows}


def told_me(limit: int = 100) -> Sequence[Delivery]:
    """What the current person was told in the application, unread first, then newest first."""
    return db.session.scalars(
        select(Delivery)
        .where(Delivery.account_id == current.actor.account_id, Delivery.channel == "app")
        .order_by(Delivery.read_at.is_not(None), Delivery.id.desc())
        .limit(limit)
    ).all()


def mailbox(term: str, before: int | None, limit: int = 50) -> Sequence[Delivery]:
    """Mails as sent or kept, newest first; `term` is part of an address or title."""
    statement = select(Delivery).where(Delivery.channel != "app")
    if term:
        pattern = f"%{term.replace('%', '')}%"
        statement = statement.where(Delivery.recipient.ilike(pattern) | Delivery.title.ilike(pattern))
    if before:
        statement = statement.where(Delivery.id < before)
    return db.session.scalars(statement.order_by(Delivery.id.desc()).limit(limit)).all()


def troubled() -> Sequence[Delivery]:
    """Mails that did not certainly leave, for the park's administrators."""
    return db.session.scalars(
        visible(Delivery)
        .where(Delivery.state.in_(("unknown", "given up", "failed")))
        .order_by(Delivery.id.desc())
        .limit(200)
    ).all()


def unwritten() -> Sequence[Letter]:
    """Letters that could not be written out, newest first, for the park's administrators."""
    return db.session.scalars(
        select(Letter).where(Letter.state == "broken").order_by(Letter.id.desc()).limit(50)
    ).all()
