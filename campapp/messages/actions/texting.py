"""Text messages leave: by the park's contract, with approved ids and their variables, or into the mailbox page."""

from __future__ import annotations

import logging

from campapp.core import clock, sms
from campapp.core.current import SYSTEM, current
from campapp.core.db import db
from campapp.core.mail import NotSent, Unsure
from campapp.core.outbox import Delivery, Letter
from campapp.core.park import the_park
from campapp.messages.actions.delivery import claim, finish, refused
from campapp.messages.gateways import gateway_of
from campapp.messages.writing import Gone, subject_of

console = logging.getLogger("campapp.console")


def deliver_texts(limit: int = 50) -> int:
    """Send what is due: how many were tried."""
    kept, contract = sms.kept_here(), sms.line(the_park())
    if not kept and not contract:
        return 0
    for tried in range(limit):
        delivery_id = claim("sms")
        if delivery_id is None:
            return tried
        if kept:
            _to_the_console(delivery_id)
        else:
            _send(delivery_id)
    return limit


def _to_the_console(delivery_id: int) -> None:
    delivery = db.session.get_one(Delivery, delivery_id)
    console.info("text message to %s: %s", delivery.recipient, delivery.text)
    finish(delivery_id, "kept")


def _send(delivery_id: int) -> None:
    delivery = db.session.get_one(Delivery, delivery_id)
    letter, contract = db.session.get_one(Letter, delivery.letter_id), sms.line(the_park())
    number, values = delivery.recipient, dict(delivery.variables)
    known = sms.template_id(contract, letter.template, number)
    try:
        if not known or not contract or _too_late(letter):
            raise NotSent("no approved text, or too late", for_ever=True)
        gateway_of(contract).send(number, known, values)
    except NotSent as problem:
        refused(delivery_id, problem)
    except Unsure as problem:
        finish(delivery_id, "unknown", str(problem))
    else:
        finish(delivery_id, "sent")


def _too_late(letter: Letter) -> bool:
    with current.set(actor=SYSTEM):
        try:
            until = sms.texts[letter.template].until(subject_of(letter))
        except Gone:
            return True
    return until is not None and until <= clock.now()
