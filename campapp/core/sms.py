"""Text messages: texts that carriers have approved, sent by id and variables, and the port of whoever carries them.

Nothing that somebody types is ever sent: a room registers a text with its variables, the park's administrators enter
the id under which their provider approved it, and only both together leave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask import current_app

from campapp.core.park import Park, the_park
from campapp.settings import Settings

HOME = "+86"
"""Mainland numbers; providers approve texts for these and for numbers abroad apart."""
DAILY = 5000
"""Text messages a day at most, unless the park says otherwise: what a machine that is abused can cost."""


class SmsGateway(Protocol):
    """Whoever carries text messages."""

    def send(self, number: str, template_id: str, variables: Mapping[str, str]) -> str:
        """Hand one message over: `number` in E.164, variables in the text's own order. The carrier's id of it.

        Raises:
            NotSent: it was refused, `for_ever` where it always will be.  Unsure: perhaps it left.
        """


@dataclass(frozen=True)
class SmsText:
    """An approved text."""

    label: Any
    """What it is for, in words (lazy)."""
    words: Any
    """The text with `%(variable)s`, as it is handed in for approval (lazy)."""
    variables: tuple[str, ...]
    """In the order in which a provider that numbers them counts."""
    fill: Callable[[Any, dict[str, Any]], dict[str, str]]
    """From a letter's subject and words to the variables."""
    until: Callable[[Any], datetime | None] = lambda _subject: None
    """After which moment it is worth nothing to its reader, so that it is not tried again."""

    def said(self, values: Mapping[str, str]) -> str:
        """The text as its reader sees it, in the current language."""
        return str(self.words) % values


texts: dict[str, SmsText] = {}
"""Letter template → its text; rooms register."""


def line(park: Park | None) -> dict[str, Any]:
    """What the park's administrators entered about their contract; without a provider there is none."""
    found = dict(park.sms) if park else {}
    return found if found.get("provider") else {}


def kept_here() -> bool:
    """Whether text messages stay in the mailbox page: in the demo, and where there is no contract in development."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.demo or ((settings.development or settings.testing) and not line(the_park()))


def template_id(contract: Mapping[str, Any], template: str, number: str) -> str:
    """Under which id the provider approved a text for such a number; empty: it did not."""
    ids = contract.get("templates", {}).get(template, {})
    return str(ids.get("home" if number.startswith(HOME) else "abroad") or "")


def reaches(template: str, number: str) -> bool:
    """Whether this text can be sent to this number: there is a contract, and an approved id."""
    return template in texts and (kept_here() or bool(template_id(line(the_park()), template, number)))


def most_a_day() -> int:
    """How many text messages may leave in a day."""
    return int(line(the_park()).get("daily") or DAILY)
