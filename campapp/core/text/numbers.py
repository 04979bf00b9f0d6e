"""Whole numbers in addresses and hidden fields: ids, versions, places. What no column can hold is no number."""

from __future__ import annotations

from typing import Any

LARGEST = 2**31 - 1
"""No row has a larger id, and PostgreSQL refuses to be asked about one."""


def whole(typed: str) -> int:
    """The number that was typed.

    Raises:
        ValueError: it is none, or one that no column can hold.
    """
    number = int(typed[:20])  # no more digits are ever meant, and Python refuses to read thousands of them
    if len(typed) > 20 or not -LARGEST <= number <= LARGEST:
        raise ValueError("a number that no column can hold")
    return number


def key(typed: Any) -> int | None:
    """The id that was sent; None for whatever cannot be one."""
    text = str(typed)
    if not (text.isascii() and text.isdigit()):
        return None
    try:
        return whole(text)
    except ValueError:
        return None
