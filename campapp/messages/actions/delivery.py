"""Mails leave. What is about to leave is marked first, so that a crash in between is seen and nothing goes twice."""

from __future__ import annotations

import smtplib
from contextlib import ExitStack
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from campapp.accounts.models import Account
from campapp.core import clock
from campapp.core.action import Act, action, transaction
from campapp.core.bell import ring
from campapp.core.db import LOCK, db
from campapp.core.mail import Mail, NotSent, Unsure, line, send
from campapp.core.outbox import Delivery, Letter, Sending, confidential
from campapp.core.park import Park, address, the_park
from campapp.messages.rules import may_send, may_send_again
from campapp.messages.writing import contact_of
from campapp.settings import Settings

WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 480, 720))
"""How long after each refusal the next try comes; then it is given up and shown."""
CLAIM = timedelta(minutes=5)
"""A mail that is still being sent after so long was being sent when something crashed: perhaps it left."""

TROUBLED = ("unknown", "given up", "failed")
"""States of what did not certainly leave."""


def deliver(limit: int = 50) -> int:
    """Send what is due: how many mails were tried. Stops at the first sign that the server does not answer."""
    give_up_waiting()
    url, kept = way_out()
    if not url and not kept:
        return 0
    with ExitStack() as stack:
        server: smtplib.SMTP | None = None
        for tried in range(limit):
            delivery_id = claim("mail")
            if delivery_id is None:
                return tried
            if kept:
                finish(delivery_id, "kept")
                continue
            try:
                server = server or stack.enter_context(line(url))
            except NotSent as problem:
                refused(delivery_id, problem)
                return tried + 1
            _send(server, delivery_id)
    return limit


def way_out() -> tuple[str, bool]:
    """The mail server's address, and whether mail stays in the mailbox page instead."""
    settings: Settings = current_app.config["SETTINGS"]
    park = the_park()
    url = (park.smtp_url if park else "") or settings.smtp_url
    kept = settings.demo or (not url and (settings.development or settings.testing))
    return ("" if kept else url), kept


def claim(channel: str) -> int | None:
    """Mark the channel's next due message as leaving, committed before a word is said to who carries it."""
    now = clock.now()
    with transaction():
        delivery = db.session.scalars(
            select(Delivery)
            .where(
                Delivery.channel == channel,
                Delivery.state.in_(("waiting", "failed")),
                Delivery.next_try <= now,
            )
            .order_by(Delivery.next_try, Delivery.id)
            .limit(1)
            .with_for_update(skip_locked=True, key_share=True)
        ).one_or_none()
        if delivery is None:
            return None
        delivery.become("sending")
        delivery.next_try = now + CLAIM
        delivery.attempts += 1
        return delivery.id


def _send(server: smtplib.SMTP, delivery_id: int) -> None:
    try:
        send(server, mail_of(db.session.get_one(Delivery, delivery_id)))
    except NotSent as problem:
        refused(delivery_id, problem)
    except Unsure as problem:
        finish(delivery_id, "unknown", str(problem))
    else:
        finish(delivery_id, "sent")


def mail_of(delivery: Delivery) -> Mail:
    """The mail of a delivery; its Message-ID stays the same however often it is tried."""
    letter, park = db.session.get_one(Letter, delivery.letter_id), the_park()
    sender, again = sender_of(park), f".{delivery.again}" if delivery.again else ""
    return Mail(
        to=delivery.recipient, to_name=delivery.name, subject=delivery.title, text=delivery.text,
        message_id=f"<{letter.key}.{delivery.id}{again}@{sender.partition('@')[2]}>",
        at=delivery.created_at,
        from_name=park.name(delivery.locale) if park else "campapp", from_address=sender,
        reply_to=contact_of(letter), language=delivery.locale.replace("_", "-"),
    )  # fmt: skip


def sender_of(park: Park | None) -> str:
    """The address that mails come from."""
    host = address().partition("//")[2].partition("/")[0].partition(":")[0] or "campapp.invalid"
    return (park.mail_from or park.contact if park else "") or f"no-reply@{host}"


def finish(delivery_id: int, state: str, error: str = "") -> None:
    """What became of a message that was leaving; a text that opened something is kept no longer than that."""
    now = clock.now()
    with transaction():
        delivery = db.session.get_one(Delivery, delivery_id, with_for_update=LOCK, populate_existing=True)
        if delivery.state != "sending":
            return
        delivery.become(state, error)
        delivery.sent_at = now if state in {"sent", "kept"} else None
        letter = db.session.get_one(Letter, delivery.letter_id)
        if state == "sent" and letter.template in confidential:
            delivery.text, delivery.variables = "", {}


def refused(delivery_id: int, problem: NotSent) -> None:
    """It was not taken: tried again later, or given up."""
    now = clock.now()
    with transaction():
        delivery = db.session.get_one(Delivery, delivery_id, with_for_update=LOCK, populate_existing=True)
        last = problem.for_ever or delivery.attempts > len(WAITS)
        delivery.become("given up" if last else "failed", str(problem))
        if not last:
            delivery.next_try = now + WAITS[delivery.attempts - 1]


def give_up_waiting() -> int:
    """Mails whose sending was cut off are of unknown fate; a person decides whether they go again."""
    late = (Delivery.state == "sending") & (Delivery.next_try < clock.now())
    if db.session.scalar(select(Delivery.id).where(late).limit(1)) is None:
        return 0
    with transaction():
        found = db.session.scalars(select(Delivery).where(late).with_for_update(key_share=True)).all()
        for delivery in found:
            delivery.become("unknown", "campapp was stopped while it was being sent; perhaps it left")
        return len(found)


@action("mail_sent_again", rule=may_send_again)
def send_again(act: Act, delivery: Delivery) -> None:
    """Once more, at once, to the address that the person has now: by somebody who knows that it may arrive twice."""
    act.note(before=delivery.state)
    if delivery.state in {"sent", "kept"}:
        delivery.again += 1
    delivery.recipient = _address_now(delivery)
    delivery.become("waiting")
    delivery.attempts, delivery.next_try = 0, act.at
    ring()


def _address_now(delivery: Delivery) -> str:
    """Where the account is reached today; the address of the record where nobody stands behind it, or it has gone."""
    account = db.session.get(Account, delivery.account_id) if delivery.account_id else None
    now = (account.mail if delivery.channel == "mail" else account.phone) if account else ""
    taken = select(Delivery.id).where(
        Delivery.letter_id == delivery.letter_id, Delivery.channel == delivery.channel, Delivery.recipient == now,
        Delivery.id != delivery.id,
    )  # fmt: skip
    return now if now and db.session.scalar(taken) is None else delivery.recipient


@action("sending_sent_again", rule=may_send)
def send_again_all(act: Act, sending: Sending) -> int:
    """Everything of a sending that did not certainly leave, once more: how many."""
    rows = db.session.scalars(
        select(Delivery)
        .join(Letter, Letter.id == Delivery.letter_id)
        .where(Letter.sending_id == sending.id, Delivery.state.in_(TROUBLED), Delivery.text != "")
        .order_by(Delivery.id)
        .with_for_update(of=Delivery, key_share=True)
    ).all()
    for delivery in rows:
        delivery.recipient = _address_now(delivery)
        delivery.become("waiting")
        delivery.attempts, delivery.next_try = 0, act.at
    act.note(messages=len(rows))
    return len(rows)
