"""The outbox: what is to be told, written in the transaction of what it tells, sent by the worker.

A `Letter` says what is told to whom in the vocabulary's terms ("the team of application 12"). When it is due the
worker expands it into one `Delivery` per person and channel, recipients computed at that moment, and sends those.
Until then the letter can be withdrawn, and nobody was told.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Select, String, Text, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core import clock
from campapp.core.current import current
from campapp.core.db import Base, Stamped, db
from campapp.core.events import Event, act_now, kind_of, running

UNDO = timedelta(seconds=10)
"""How long a second thought takes; what cannot be called back waits for it."""


class Sending(Stamped, Base):
    """Decide now, tell later: the letters of one bulk action or publication, held until an organiser sends them."""

    __tablename__ = "sendings"

    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40), default="")
    """The kind and id of what it belongs to (a programme), for the page's rule."""
    subject_id: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[int | None] = mapped_column(default=None)
    released_at: Mapped[datetime | None] = mapped_column(default=None)
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """Words that the organiser added, by language."""


class Letter(Stamped, Base):
    """One thing to tell about one subject to one audience."""

    __tablename__ = "letters"
    __table_args__ = (
        Index("ix_letters_due", "state", "not_before"),
        Index("ix_letters_subject", "kind", "subject_id"),
    )

    template: Mapped[str] = mapped_column(String(120))
    """`room/name`: a mail template templates/<room>/mail/<name>.txt, its first line the subject."""
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    audience: Mapped[str] = mapped_column(String(120))
    """`team:12`, `company:3`, `account:7`, `programme:2`, `address:x@y.example`; rooms register how it is expanded."""
    words: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    not_before: Mapped[datetime] = mapped_column(default_factory=clock.now)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    """waiting, held (a sending), gathered (for one summary), expanded, summed up, broken."""
    sending_id: Mapped[int | None] = mapped_column(ForeignKey("sendings.id"), default=None, index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), default=None, index=True)
    key: Mapped[str] = mapped_column(String(40), default_factory=lambda: uuid.uuid4().hex)
    error: Mapped[str] = mapped_column(Text, default="")
    """Why it could not be written out."""

    def become(self, state: str, error: str = "") -> None:
        """What became of it."""
        self.state, self.error = state, error[:2000]


class Delivery(Stamped, Base):
    """One person, one channel: the record of delivery."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("letter_id", "channel", "recipient"),
        Index("ix_deliveries_state", "state", "next_try"),
    )

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    """`app`, `mail`, `sms`."""
    recipient: Mapped[str] = mapped_column(String(254))
    """`account:7` in the application, else the address."""
    account_id: Mapped[int | None] = mapped_column(default=None, index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    locale: Mapped[str] = mapped_column(String(10), default="zh_CN")
    title: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(Text, default="")
    variables: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    """Of a text message: what stands in its approved text."""
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    """waiting, sending, sent, kept (in the mailbox page), failed (will be tried again), given up, unknown (a crash
    in the middle: perhaps it left)."""
    attempts: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[datetime] = mapped_column(default_factory=clock.now)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    read_at: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(Text, default="")

    def become(self, state: str, error: str = "") -> None:
        """What became of it."""
        self.state, self.error = state, error[:2000]


@dataclass(frozen=True)
class Recipient:
    """Whom a letter reaches: an account, an address, or both."""

    name: str
    locale: str = "zh_CN"
    account_id: int | None = None
    mail: str = ""
    phone: str = ""
    zone: str = "Asia/Shanghai"


Audience = Callable[[Sequence[int]], Iterable[tuple[int, Recipient]]]
"""The ids of some audiences of a kind (teams) → whom each of them reaches, in order, as (id, recipient)."""
audiences: dict[str, Audience] = {}
subjects: dict[str, Callable[[int], Any]] = {}
"""kind → how its row is loaded for a mail template; rooms register both."""
confidential: set[str] = set()
"""Templates whose text opens something: it is kept only until it has left."""
LEFT = frozenset({"expanded", "summed up", "broken"})


def audience(kind: str) -> Callable[[Audience], Audience]:
    """Register who belongs to an audience, computed when a letter is due."""

    def register(function: Audience) -> Audience:
        audiences[kind] = function
        return function

    return register


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


def release_sending(sending: Sending, at: datetime) -> int:
    """Let a sending's letters go: how many. Recipients are computed when each is expanded."""
    sending.released_at = at
    result = db.session.execute(
        update(Letter)
        .where(Letter.sending_id == sending.id, Letter.state == "held")
        .values(state="waiting", not_before=at)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def locale_of(letter: Letter) -> str:
    """The language of whoever has told none: a bare address."""
    return str(letter.words.get("locale") or "zh_CN")


def recipients(letter_audience: str, locale: str = "zh_CN") -> list[Recipient]:
    """Who an audience is, now; each person and each mailbox once. `locale` is for a bare address."""
    return recipients_of_all([(letter_audience, locale)])[0]


def recipients_of_all(letters: Sequence[tuple[str, str]]) -> list[list[Recipient]]:
    """The same for many, as (audience, locale): one look-up a kind of audience, however many there are."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for letter_audience, _locale in letters:
        kind, _, key = letter_audience.partition(":")
        if kind != "address":
            wanted[kind].add(int(key))
    found: dict[str, list[Recipient]] = defaultdict(list)
    for kind, ids in wanted.items():
        for one, recipient in audiences[kind](sorted(ids)):
            found[f"{kind}:{one}"].append(recipient)
    return [
        [Recipient(name="", mail=letter_audience.partition(":")[2], locale=locale)]
        if letter_audience.startswith("address:")
        else _each_once(found[letter_audience])
        for letter_audience, locale in letters
    ]


def _each_once(reached: Iterable[Recipient]) -> list[Recipient]:
    found: list[Recipient] = []
    people: set[int] = set()
    mailboxes: set[str] = set()
    for recipient in reached:
        box = recipient.mail.casefold() or recipient.phone
        known = recipient.account_id in people or (recipient.account_id is None and box in mailboxes)
        if known:
            continue
        found.append(replace(recipient, mail="") if box in mailboxes else recipient)
        mailboxes.add(box)
        if recipient.account_id is not None:
            people.add(recipient.account_id)
    return found


def unread(account_id: int) -> Select[Delivery]:
    """What was told to an account in the application and not yet read, newest first."""
    return (
        select(Delivery)
        .where(Delivery.account_id == account_id, Delivery.channel == "app", Delivery.read_at.is_(None))
        .order_by(Delivery.id.desc())
    )
