"""What accounts leave to the worker."""

from __future__ import annotations

from datetime import timedelta

from campapp.accounts.actions import send_code, throttle
from campapp.accounts.actions.code import forget_entry_codes
from campapp.accounts.actions.password import answer_stranger
from campapp.accounts.queries import owner_of
from campapp.core.beats import every
from campapp.core.jobs import job


@job
def send_reset(address: str, locale: str) -> None:
    """The way to a new password, to a confirmed address only; another one is told that nobody is known by it."""
    owner = owner_of("mail", address)
    if owner is not None:
        send_code(owner, "reset", address)
    else:
        answer_stranger(address, locale)


@every(timedelta(hours=1))
def forget_old_counts() -> None:
    """Counts of tries whose window is long over, and codes to enter that nobody typed."""
    throttle.sweep()
    forget_entry_codes()
