"""What accounts leave to the worker."""

from __future__ import annotations

from campapp.accounts.actions import send_code
from campapp.accounts.actions.password import answer_stranger
from campapp.accounts.queries import owner_of
from campapp.core.jobs import job


@job
def send_reset(address: str, locale: str) -> None:
    """The way to a new password, to a confirmed address only; another one is told that nobody is known by it."""
    owner = owner_of("mail", address)
    if owner is not None:
        send_code(owner, "reset", address)
    else:
        answer_stranger(address, locale)
