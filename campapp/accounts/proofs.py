"""Codes and links: made from a row's salt and the installation's key, so that nothing that opens is stored."""

from __future__ import annotations

import hashlib
import hmac
from typing import Protocol, TypeVar

from flask import current_app

from campapp.core.db import Base, db

Row = TypeVar("Row", bound=Base)


class Salted(Protocol):
    """A row that a code or link is made from."""

    id: int
    salt: str


def _proof(row: Salted, what: str) -> bytes:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, f"{type(row).__name__}:{row.id}:{row.salt}:{what}".encode(), hashlib.sha256)


def digits(row: Salted) -> str:
    """The six digits that somebody types on the page."""
    return f"{int.from_bytes(_proof(row, 'digits')[:8]) % 1_000_000:06}"


def link_token(row: Salted) -> str:
    """The token of the row's link: its id and a proof."""
    return f"{row.id}-{_proof(row, 'link').hex()[:40]}"


def row_of(model: type[Row], token: str) -> Row | None:
    """The row that a link's token belongs to; None where the token is made up."""
    key, _, _proof_typed = token.partition("-")
    row = db.session.get(model, int(key)) if key.isascii() and key.isdigit() and len(key) < 16 else None
    if row is None or not hmac.compare_digest(link_token(row).encode(), token.encode()):  # type: ignore[arg-type]
        return None
    return row


def typed_digits(text: str) -> str:
    """A code as typed: full-width digits and spaces are forgiven."""
    return "".join(str(int(c)) for c in text if c.isdecimal())[:12]
