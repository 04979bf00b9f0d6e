"""Whom a letter reaches: rooms register how each audience is looked up, at the moment when a letter is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from campapp.core.outbox.models import Letter


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


def audience(kind: str) -> Callable[[Audience], Audience]:
    """Register who belongs to an audience, computed when a letter is due."""

    def register(function: Audience) -> Audience:
        audiences[kind] = function
        return function

    return register


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
