"""The bytes that a seal covers: an event's own columns, what it is about, and salted hashes of what is personal."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

SALT = 16
NOTHING = bytes(32)
"""What comes before the first block."""
OWN = (
    "id",
    "name",
    "account_id",
    "role",
    "acting_for",
    "reason",
    "request_id",
    "batch",
    "caused_by",
    "details",
)
"""Columns of an event that are sealed as they are, beside its moment."""


def canonical(value: Any) -> bytes:
    """The same bytes for the same value, on either database."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def moment(at: datetime) -> str:
    """A moment in one way of writing."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def new_salt() -> bytes:
    """So that a hash of a name tells nobody the name: it goes with the name."""
    return secrets.token_bytes(SALT)


def salted(salt: bytes, value: Any) -> bytes:
    """The hash of a personal value."""
    return hashlib.sha256(salt + canonical(value)).digest()


def leaf(
    event: Mapping[Any, Any], subjects: Iterable[tuple[str, int]], name_hash: bytes | None, values_hash: bytes | None
) -> bytes:  # fmt: skip
    """The hash of one event. What is personal takes part by its hash, which stays when the value is erased."""
    own = {column: event[column] for column in OWN}
    return hashlib.sha256(
        canonical([
            own, moment(event["at"]), sorted([kind, key] for kind, key in subjects),
            (name_hash or b"").hex(), (values_hash or b"").hex(),
        ])
    ).digest()  # fmt: skip


def packed(leaves: Mapping[int, bytes]) -> bytes:
    """The leaves of a block as it keeps them."""
    return b"".join(key.to_bytes(8, "big") + leaves[key] for key in sorted(leaves))


def unpacked(leaves: bytes) -> Iterator[tuple[int, bytes]]:
    """Event id and leaf, one by one; a rest that is no whole entry is left out."""
    for start in range(0, len(leaves) - 39, 40):
        yield int.from_bytes(leaves[start : start + 8], "big"), leaves[start + 8 : start + 40]


def block_hash(
    *, number: int, previous: bytes, sealed_at: datetime, highest: int, settled: int, leaves: bytes
) -> bytes:
    """The hash of a block, which the next one holds."""
    head = canonical(["campapp.block/1", number, moment(sealed_at), highest, settled, len(leaves) // 40])
    return hashlib.sha256(head + previous + leaves).digest()
