"""Codes and links: made from a row's salt and the installation's key, so that nothing that opens is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from typing import Protocol, TypeVar

from flask import current_app

from campapp.accounts.models import SecondFactor
from campapp.core.db import Base, db
from campapp.core.text import numbers

Row = TypeVar("Row", bound=Base)


class Salted(Protocol):
    """A row that a code or link is made from."""

    id: int
    salt: str


def keyed(text: str) -> bytes:
    """What only this installation can make of a text."""
    return hmac.digest(str(current_app.config["SECRET_KEY"]).encode(), text.encode(), hashlib.sha256)


def _proof(row: Salted, what: str) -> bytes:
    return keyed(f"{type(row).__name__}:{row.id}:{row.salt}:{what}")


def digits(row: Salted) -> str:
    """The six digits that somebody types on the page."""
    return f"{int.from_bytes(_proof(row, 'digits')[:8]) % 1_000_000:06}"


def link_token(row: Salted) -> str:
    """The token of the row's link: its id and a proof."""
    return f"{row.id}-{_proof(row, 'link').hex()[:40]}"


def totp_secret(factor: SecondFactor) -> str:
    """The secret that an authenticator app is given, in base 32."""
    return base64.b32encode(_proof(factor, "totp")[:20]).decode()


def recovery_codes(factor: SecondFactor) -> list[str]:
    """The ten codes that let in without the app, once each: `abcde-fghij`."""
    made = (keyed(f"SecondFactor:{factor.id}:{factor.recovery_salt}:recovery:{n}") for n in range(10))
    texts = [base64.b32encode(one[:10]).decode().lower() for one in made]
    return [f"{text[:5]}-{text[5:10]}" for text in texts]


def row_of(model: type[Row], token: str) -> Row | None:
    """The row that a link's token belongs to; None where the token is made up."""
    key = numbers.key(token.partition("-")[0])
    row = db.session.get(model, key) if key else None
    if row is None or not hmac.compare_digest(link_token(row).encode(), token.encode()):  # type: ignore[arg-type]
        return None
    return row


def typed_digits(text: str) -> str:
    """A code as typed: full-width digits and spaces are forgiven."""
    return "".join(str(int(c)) for c in text if c.isdecimal())[:12]


LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that look alike on paper."""


def short_code(row: Salted) -> str:
    """A code to be read from paper and typed: `12-K7QM2F9D`, the row's id and eight letters."""
    number, letters = int.from_bytes(_proof(row, "code")[:8]), ""
    for _place in range(8):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return f"{row.id}-{letters}"


def row_by_short_code(model: type[Row], typed: str) -> Row | None:
    """The row that a typed code belongs to; spaces, small letters and full width are forgiven."""
    code = "".join(unicodedata.normalize("NFKC", typed[:60]).split()).upper()
    key = numbers.key(code.partition("-")[0])
    row = db.session.get(model, key) if key else None
    if row is None or not hmac.compare_digest(short_code(row).encode(), code.encode()):  # type: ignore[arg-type]
        return None
    return row
