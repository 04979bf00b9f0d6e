"""A due letter becomes one delivery a person and channel, recipients computed at that moment."""

from __future__ import annotations

import logging

from sqlalchemy import select

from campapp.core import clock, sms
from campapp.core.action import transaction
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.language import speaking
from campapp.core.outbox import Delivery, Letter, Recipient, confidential, locale_of, recipients
from campapp.core.trouble import ailment
from campapp.messages.writing import Gone, Written, subject_of, written

log = logging.getLogger(__name__)


def expand(limit: int = 200) -> int:
    """Write out what is due: how many letters. Each is one transaction, so another worker can take the next."""
    for done in range(limit):
        with current.set(actor=SYSTEM):
            if not _next():
                return done
    return limit


def _next() -> bool:
    with transaction():
        letter = db.session.scalars(
            select(Letter)
            .where(Letter.state == "waiting", Letter.not_before <= clock.now())
            .order_by(Letter.not_before, Letter.id)
            .limit(1)
            .with_for_update(skip_locked=True, key_share=True)
        ).one_or_none()
        if letter is None:
            return False
        try:
            with db.session.begin_nested():
                _write_out(letter)
            letter.become("expanded")
        except Gone as problem:
            letter.become("broken", f"gone: {problem}")
        except Exception as problem:  # one letter that cannot be written must not hold up the others
            if ailment(problem):
                raise  # the machine's trouble and not the letter's, which waits until it is over
            log.exception("letter %s (%s) could not be written out", letter.id, letter.template)
            letter.become("broken", f"{type(problem).__name__}: {problem}")
        return True


def _write_out(letter: Letter) -> None:
    for recipient in recipients(letter.audience, locale_of(letter)):
        if texts_to(letter, recipient):
            db.session.add(_by_text_message(letter, recipient))
        in_app = recipient.account_id is not None and letter.template not in confidential
        by_mail = bool(recipient.mail) and (not letter.channels or "mail" in letter.channels.split())
        if not in_app and not by_mail:
            continue
        text = written(letter, recipient)
        if in_app:
            db.session.add(_in_app(letter, recipient, text))
        if by_mail:
            db.session.add(_by_mail(letter, recipient, text))
    db.session.flush()


def texts_to(letter: Letter, recipient: Recipient) -> bool:
    """Whether this person gets an approved text: where the organiser chose so, else where there is no mail address."""
    wanted = "sms" in letter.channels.split() or (not letter.channels and not recipient.mail)
    return wanted and bool(recipient.phone) and sms.reaches(letter.template, recipient.phone)


def _in_app(letter: Letter, recipient: Recipient, text: Written) -> Delivery:
    now = clock.now()
    return Delivery(
        letter_id=letter.id, channel="app", recipient=f"account:{recipient.account_id}",
        account_id=recipient.account_id, name=recipient.name, locale=recipient.locale, title=text.title[:300],
        text=text.text, url=text.url, state="sent", sent_at=now,
    )  # fmt: skip


def _by_mail(letter: Letter, recipient: Recipient, text: Written) -> Delivery:
    return Delivery(
        letter_id=letter.id, channel="mail", recipient=recipient.mail, account_id=recipient.account_id,
        name=recipient.name, locale=recipient.locale, title=text.title[:300], text=text.mail, url=text.url,
    )  # fmt: skip


def _by_text_message(letter: Letter, recipient: Recipient) -> Delivery:
    text = sms.texts[letter.template]
    with speaking(recipient.locale, recipient.zone):
        values = text.fill(subject_of(letter), letter.words)
        return Delivery(
            letter_id=letter.id, channel="sms", recipient=recipient.phone, account_id=recipient.account_id,
            name=recipient.name, locale=recipient.locale, title=str(text.label)[:300], text=text.said(values),
            variables=values,
        )  # fmt: skip
