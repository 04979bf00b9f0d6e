"""Passwords: argon2id, made before an action begins; what is too easy to guess is refused, nothing else."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from campapp.core.language import lazy_gettext as _l
from campapp.core.text.language import Unreadable

SHORTEST, LONGEST = 8, 200
_hasher = PasswordHasher(
    time_cost=2, memory_cost=19_456, parallelism=1
)  # OWASP, Password Storage Cheat Sheet
TRIES = 2
"""How many hashes each sign-in verifies, whoever signs in, so that the time tells nothing."""


def hashed(password: str) -> str:
    """The argon2id hash to keep."""
    return _hasher.hash(_same(password))


def matches(kept: str, password: str) -> bool:
    """Whether the password is the one of this hash; an empty hash takes as long and matches nothing."""
    try:
        _hasher.verify(kept or _nobodys(), _same(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def first_match(kept: list[str], password: str) -> int | None:
    """Which of at most `TRIES` hashes the password fits; always that many are verified."""
    padded = [*kept[:TRIES], *[""] * (TRIES - len(kept))]
    found = [matches(one, password) for one in padded]
    return found.index(True) if True in found else None


def good_password(password: str, *about: str) -> str:
    """The password where it may be used; `about` are words that a guesser knows: name, address.

    Raises:
        Unreadable: too short, too long, or among the first that are tried.
    """
    if len(password) < SHORTEST:
        raise Unreadable(_l("At least %(n)d characters, please. A short sentence is good.", n=SHORTEST))
    if len(password) > LONGEST:
        raise Unreadable(_l("At most %(n)d characters, please.", n=LONGEST))
    folded = _same(password).casefold()
    known = {word.casefold() for text in about for word in (text, text.partition("@")[0]) if len(word) > 3}
    if folded in _common() or folded in known or len(set(folded)) < 3:
        raise Unreadable(_l("This password is among the first that are tried. Choose another one."))
    return password


def _same(password: str) -> str:
    """One form for what different keyboards send for the same characters."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")


@cache
def _common() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("common_passwords.txt").read_text().split())
