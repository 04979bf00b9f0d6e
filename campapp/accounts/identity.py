"""The port for other ways of signing in: OpenID Connect of a park's own, WeChat. None is built; this is what one owes.

A provider brings two routes of its own, and ends where a code ends: `actions.enter_by_code` and `enter_anew` show how
a proved address finds its account or begins one, and `views.entering.let_in` asks for the second factor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as a provider proved it."""

    subject: str
    """Unique and for ever within the provider; what an account is tied to. An address may change, this must not."""
    name: str = ""
    mail: str = ""
    """Only where the provider has confirmed it; else it claims nothing."""
    phone: str = ""
    """E.164, only where confirmed. WeChat gives none: its people are asked for a number before they have an account."""


class IdentityProvider(Protocol):
    """One other way of signing in."""

    name: str
    """In addresses and in the database: `oidc`, `wechat`."""

    def begin(self, state: str, back: str) -> str:
        """The address to send the browser to. `state` must come back unchanged; `back` is our own address."""

    def complete(self, answered: Mapping[str, str], back: str) -> Identity:
        """From the query that came back to the person.

        Raises:
            NotSent: the provider could not be asked.  Unreadable: it refused, in words for the person.
        """
