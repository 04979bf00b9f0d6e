"""Telling: inside the running action, at once or held, withdrawn while nobody was told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select, update

from campapp.core import clock
from campapp.core.bell import ring
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.events import Event, act_now, kind_of, running
from campapp.core.outbox.models import LEFT, Delivery, Letter, Sending

UNDO = timedelta(seconds=10)
"""How long a second thought takes; what cannot be called back waits for it."""


def tell(
    to: Any,
    template: str,
    subject: Any,
    *,
    not_before: datetime | None = None,
    sending: Sending | None = None,
    **words: Any,
) -> Letter:
    """Queue a letter inside the running action: to a row (team, company, account) or an `audience:id` text.

    With a sending it is held until the organiser sends; `words` are plain values for the template.
    """
    letter = Letter(
        template=template,
        kind=kind_of(subject),
        subject_id=subject.id,
        audience=to if isinstance(to, str) else f"{kind_of(to)}:{to.id}",
        words=words,
        not_before=not_before or clock.now(),
    )
    letter.state = "held" if sending else "gathered" if letter.audience == _acted_for() else "waiting"
    letter.sending_id = sending.id if sending else None
    letter.event_id = act_now().event_id()
    db.session.add(letter)
    ring()
    return letter


def _acted_for() -> str:
    """Whom the running action is done for by an organiser: they get one summary, not a letter for each act."""
    transaction = running.get()
    acting = transaction.open[0].by.acting_for if transaction and transaction.open else None
    return f"{acting.kind}:{acting.id}" if acting else ""


def summarise(letter_audience: str, account_id: int | None, by: str) -> None:
    """Inside the running action: one letter for all that this person did for that team or company and told nobody."""
    letters = db.session.scalars(
        select(Letter)
        .join(Event, Event.id == Letter.event_id)
        .where(Letter.state == "gathered", Letter.audience == letter_audience, Event.account_id == account_id)
        .order_by(Letter.id)
    ).all()
    if not letters:
        return
    kind, _, key = letter_audience.partition(":")
    for letter in letters:
        letter.state = "summed up"
    words = {"by": by, "letters": [letter.id for letter in letters]}
    summary = Letter(
        template="accounts/acted_for", kind=kind, subject_id=int(key), audience=letter_audience, words=words
    )
    summary.event_id = act_now().event_id()
    db.session.add(summary)
    ring()


def withdraw(subject: Any, template: str) -> bool:
    """Take back the letters that have not left. False: there is none, but one has left, so undo must be refused."""
    letters = db.session.scalars(
        select(Letter).where(
            Letter.kind == kind_of(subject), Letter.subject_id == subject.id, Letter.template == template
        )
    ).all()
    waiting = [letter.id for letter in letters if letter.state not in LEFT]
    if letters and not waiting:
        return False
    db.session.execute(delete(Letter).where(Letter.id.in_(waiting)))
    return True


def open_sending(title: str, subject: Any) -> Sending:
    """A new sending inside the running action; its letters wait for the organiser."""
    sending = Sending(
        title=title, kind=kind_of(subject), subject_id=subject.id, account_id=current.actor.account_id
    )
    db.session.add(sending)
    db.session.flush()
    return sending


def release_sending(sending: Sending, at: datetime, channels: str = "") -> int:
    """Let a sending's letters go at a moment: how many. Recipients are computed when each is expanded."""
    sending.released_at = at
    ring()
    result = db.session.execute(
        update(Letter)
        .where(Letter.sending_id == sending.id, Letter.state == "held")
        .values(state="waiting", not_before=at, channels=channels)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def unread(account_id: int) -> Select[Delivery]:
    """What was told to an account in the application and not yet read, newest first."""
    return (
        select(Delivery)
        .where(Delivery.account_id == account_id, Delivery.channel == "app", Delivery.read_at.is_(None))
        .order_by(Delivery.id.desc())
    )
