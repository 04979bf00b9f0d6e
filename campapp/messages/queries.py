"""Reads of messages: whom a sending reaches, what became of it, what one was told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import case, func, or_, select

from campapp.core.access import visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.language import LOCALES
from campapp.core.outbox import Delivery, Letter, Recipient, Sending, locale_of, recipients_of_all
from campapp.core.park import absolute
from campapp.core.sms import reaches
from campapp.core.text.pasted import pasted
from campapp.messages.models import Circular
from campapp.messages.writing import Gone, Written, subjects_of, written
from campapp.programmes.models import Programme

SAMPLES = 3


@dataclass
class Reach:
    """Whom a held sending would reach, if it left now."""

    letters: int = 0
    people: int = 0
    mails: int = 0
    nobody: int = 0
    """Letters that reach nobody now."""
    texts: int = 0
    """Telephones that an approved text of these letters can reach."""
    without_mail: list[str] = field(default_factory=list)
    samples: list[tuple[Recipient, Written]] = field(default_factory=list)


def reach_of(sending: Sending) -> Reach:
    """Count it as the worker will, and write three of them out."""
    found = Reach()
    letters = letters_of(sending)
    found.letters = len(letters)
    everybody = recipients_of_all([(letter.audience, locale_of(letter)) for letter in letters])
    reaching = [(letter, reached[0]) for letter, reached in zip(letters, everybody, strict=True) if reached]
    found.samples = _samples(_nameless(reaching) if sending.unnamed else reaching[:SAMPLES])
    for letter, reached in zip(letters, everybody, strict=True):
        found.nobody += not reached
        found.people += len(reached)
        found.mails += sum(bool(one.mail) for one in reached)
        found.texts += sum(bool(one.phone) and reaches(letter.template, one.phone) for one in reached)
        if not sending.unnamed:
            found.without_mail += [one.name for one in reached if not one.mail]
    return found


def _nameless(pairs: Sequence[tuple[Letter, Recipient]]) -> list[tuple[Letter, Recipient]]:
    """The first letter as somebody reads it in either language; who it is, the staff must not learn."""
    return [(letter, Recipient(name="…", locale=locale)) for letter, _one in pairs[:1] for locale in LOCALES]


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
    """Mails and text messages of a sending by state; `app`: how many read it in the application."""
    rows = db.session.execute(
        select(Delivery.channel, Delivery.state, func.count(Delivery.id))
        .join(Letter, Letter.id == Delivery.letter_id)
        .where(Letter.sending_id == sending.id)
        .group_by(Delivery.channel, Delivery.state)
    )
    found: dict[str, int] = defaultdict(int)
    for channel, state, count in rows:
        found["app" if channel == "app" else str(state)] += int(count)
    return dict(found)


def circular_of(sending: Sending) -> Circular | None:
    """What an organiser wrote, where the sending is of that kind."""
    return db.session.scalars(visible(Circular).where(Circular.sending_id == sending.id)).one_or_none()


def group_messages(circular: Circular) -> list[tuple[str, str]]:
    """A circular to be pasted into a chat group, in each language that it has: (locale, text)."""
    programme = db.session.get_one(Programme, circular.programme_id)
    link = absolute("/" if circular.is_reminder else f"/programmes/{programme.slug}")
    sides = (
        ("zh_CN", circular.title_zh, circular.text_zh),
        ("en", circular.title_en, circular.text_en),
    )
    return [(locale, pasted(title, text, link)) for locale, title, text in sides if title]


def sendings_of(programme: Programme) -> list[tuple[Sending, int, int]]:
    """The sendings of a programme, the newest first, with how many messages they are and how many need a person."""
    trouble = case((Delivery.state.in_(("unknown", "given up", "failed")), Delivery.id))
    rows = db.session.execute(
        visible(Sending)
        .where(Sending.kind == "programme", Sending.subject_id == programme.id)
        .outerjoin(Letter, Letter.sending_id == Sending.id)
        .outerjoin(Delivery, Delivery.letter_id == Letter.id)
        .add_columns(func.count(func.distinct(Delivery.id)), func.count(func.distinct(trouble)))
        .group_by(Sending.id)
        .order_by(Sending.id.desc())
        .limit(200)
    )
    return [(row[0], int(row[1]), int(row[2])) for row in rows]


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
        found = (column.icontains(term, autoescape=True) for column in (Delivery.recipient, Delivery.title))
        statement = statement.where(or_(*found))
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
