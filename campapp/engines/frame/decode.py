"""From bytes to typed structures, with every fault named by its place."""

import re
from functools import cache
from typing import Any, TypeVar

import msgspec

from campapp.engines.frame.errors import BadInput
from campapp.engines.frame.keys import refuse_keys_twice
from campapp.engines.frame.memory import refuse
from campapp.engines.frame.places import member, place_of_byte

T = TypeVar("T")

DECODED = 8
"""Decoded structures take at most about so many times the bytes of their file."""

_LOOKED_INTO = 1 << 23
_AT = re.compile(r"^(?P<reason>.*?)(?: - at `(?P<place>.*)`)?$", re.DOTALL)
_KEY = re.compile(r"^Object (?:contains unknown|missing required) field `(?P<key>.*)`$", re.DOTALL)
_BYTE = re.compile(r"\(byte (\d+)\)")


@cache
def _decoder(kind: type) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def decode(data: bytes, kind: type[T]) -> T:
    """`data` as `kind`, or BadInput with the place of the first fault.

    Refused: a file too large for the memory, a byte order mark, what is no UTF-8, lone surrogates, numbers
    that are not finite, unknown, missing and repeated keys, `2.0` or `true` for an integer.
    """
    refuse(DECODED * len(data))
    if data.startswith(b"\xef\xbb\xbf"):
        raise BadInput("$", "begins with a byte order mark")
    _refuse_other_than_utf8(data)
    try:
        value = _decoder(kind).decode(data)  # type: ignore[arg-type]
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from None
    except msgspec.DecodeError as error:
        raise _malformed(data, str(error)) from None
    except RecursionError:
        raise BadInput("$", "nested too deeply") from None
    refuse_keys_twice(data, value, kind)
    return value  # type: ignore[no-any-return]


def _refuse_other_than_utf8(data: bytes) -> None:
    if data.isascii():
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(_near(data, error.start), f"is no UTF-8 (byte {error.start})") from None


def _invalid(words: str) -> BadInput:
    found = _AT.match(words)
    reason, place = (found["reason"], found["place"] or "$") if found else (words, "$")
    key = _KEY.match(reason)
    if key is None:
        return BadInput(place, reason[:1].lower() + reason[1:])
    return BadInput(member(place, key["key"]), "unknown key" if "unknown" in reason[:24] else "missing")


def _malformed(data: bytes, words: str) -> BadInput:
    byte = _BYTE.search(words)
    reason = words.replace("JSON is malformed: ", "")
    return BadInput(_near(data, int(byte[1]) if byte else len(data)), f"malformed JSON, {reason}")


def _near(data: bytes, offset: int) -> str:
    return place_of_byte(data, offset) if offset < _LOOKED_INTO else "$"
