"""The outbox: what is to be told, written in the transaction of what it tells, sent by the worker.

A `Letter` says what is told to whom in the vocabulary's terms ("the team of application 12"). When it is due the
worker expands it into one `Delivery` per person and channel, recipients computed at that moment, and sends those.
Until then the letter can be withdrawn, and nobody was told.
"""

from campapp.core.outbox.audiences import (
    Audience,
    Recipient,
    audience,
    audiences,
    confidential,
    locale_of,
    recipients,
    recipients_of_all,
    subjects,
)
from campapp.core.outbox.models import LEFT, Delivery, Letter, Sending
from campapp.core.outbox.telling import UNDO, open_sending, release_sending, summarise, tell, unread, withdraw

__all__ = [
    "LEFT",
    "UNDO",
    "Audience",
    "Delivery",
    "Letter",
    "Recipient",
    "Sending",
    "audience",
    "audiences",
    "confidential",
    "locale_of",
    "open_sending",
    "recipients",
    "recipients_of_all",
    "release_sending",
    "subjects",
    "summarise",
    "tell",
    "unread",
    "withdraw",
]
