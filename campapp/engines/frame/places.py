"""Where in a file a fault lies: `$.meetings[3].participants[0]`. Runs only once something is wrong."""

import json
import re
from dataclasses import dataclass, field

from campapp.engines.frame.errors import BadInput

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+|"', re.DOTALL)
_PLAIN = re.compile(r"[^\W\d]\w*\Z")


@dataclass
class _Open:
    """An object or a list that is not closed yet."""

    is_object: bool
    step: str = ""
    index: int = 0
    keys: set[str] = field(default_factory=set)
    wants_key: bool = True


def member(place: str, key: str) -> str:
    """The place of `key` in the object at `place`."""
    return f"{place}.{key}" if _PLAIN.match(key) else f"{place}[{json.dumps(key, ensure_ascii=False)}]"


def place_of_byte(data: bytes, offset: int) -> str:
    """The place of the value that stands at byte `offset` of a file that may be broken there."""
    return _walk(data[: offset + 1].decode("utf-8", "replace"), twice=False)


def refuse_twice(data: bytes) -> None:
    """Raise BadInput at the first key that stands twice in one object of a well-formed file."""
    place = _walk(data.decode("utf-8"), twice=True)
    if place:
        raise BadInput(place, "the key stands twice in one object")


def _walk(text: str, *, twice: bool) -> str:
    stack: list[_Open] = []
    for match in _WORD.finditer(text):
        word = match.group()
        top = stack[-1] if stack else None
        if word in "{[":
            stack.append(_Open(word == "{", "" if word == "{" else "[0]"))
        elif word in "}]":
            if stack:
                stack.pop()
        elif top is None:
            continue
        elif word == ",":
            _next(top)
        elif top.is_object and top.wants_key and word[0] == '"':
            key = _string(word)
            top.step, top.wants_key = member("", key), False
            if twice and key in top.keys:
                return _path(stack)
            top.keys.add(key)
    return "" if twice else _path(stack)


def _next(top: _Open) -> None:
    if top.is_object:
        top.step, top.wants_key = "", True
    else:
        top.index += 1
        top.step = f"[{top.index}]"


def _path(stack: list[_Open]) -> str:
    return "$" + "".join(level.step for level in stack)


def _string(word: str) -> str:
    try:
        return str(json.loads(word, strict=False))
    except ValueError:
        return word.strip('"')
