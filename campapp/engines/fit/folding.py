"""Texts as they are compared: half width, lower case, simplified characters, the mainland's words; and where what they
say stands in the texts as they were written."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from opencc import OpenCC

HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]+")
_CLAUSE = re.compile(rf"{HAN.pattern}|{HAN.pattern.replace('[', '[^', 1)}")
_JOINING = re.compile("[\u1160-\u11ff\u3131-\u318e\uff9e-\uffdc]")
"""Korean letters and half-width marks of voice, which may become one with what stands before, as combining marks do."""
_SHORT = 4
"""In so few characters no phrase can become longer while another becomes shorter."""
_LONGEST = 32
"""No phrase of the conversion is longer."""

Places = Sequence[int]
Part = tuple[str, str]
"""Some characters, and what they become."""


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("tw2sp")


def _turned(text: str) -> str:
    """A text in simplified characters. (The converter stops at a NUL.)"""
    return (
        "\0".join(map(_converter().convert, text.split("\0"))) if "\0" in text else _converter().convert(text)
    )


@lru_cache(maxsize=30_000)
def _alone(character: str) -> str:
    """A character in simplified ones where it stands alone."""
    return _turned(character)


def is_traditional(text: str) -> bool:
    """Whether a Chinese character of the text is not in GB 2312, the set of simplified ones."""
    try:
        "".join(HAN.findall(text)).encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def folded(text: str) -> str:
    """The text in NFKC and lower case; traditional ones in simplified characters by phrase (軟體 → 软件)."""
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return (_turned(text) if is_traditional(text) else text).lower()


def keeps_places(text: str) -> bool:
    """Whether each character of the folded text stands where it stood."""
    if text.isascii():
        return True
    steady = unicodedata.is_normalized("NFKC", text) and not is_traditional(text)
    return steady and len(text.lower()) == len(text)


def origins(text: str) -> tuple[Places, Places]:
    """For each character of the folded text, where in the text itself begins and ends what became it.

    Where a phrase changes its length (記憶體 → 内存), places inside it are proportional.
    """
    plain = text
    places: tuple[Places, Places] = range(len(text)), range(1, len(text) + 1)
    for step in (_normalised, _simplified, _lowered):
        parts = list(step(plain))
        places = _through(parts, *places)
        plain = "".join(after for _, after in parts)
    return places


def _normalised(text: str) -> Iterator[Part]:
    if unicodedata.is_normalized("NFKC", text):
        yield text, text
    else:
        yield from ((part, unicodedata.normalize("NFKC", part)) for part in _letters(text))


def _letters(text: str) -> Iterator[str]:
    """The text cut where no character becomes one with the next."""
    start = 0
    for place in range(1, len(text)):
        if not (unicodedata.category(text[place]).startswith("M") or _JOINING.match(text[place])):
            yield text[start:place]
            start = place
    yield text[start:]


def _simplified(plain: str) -> Iterator[Part]:
    if not is_traditional(plain):
        yield plain, plain
        return
    turned = _turned(plain)
    clauses = [(clause, _turned(clause)) for clause in _CLAUSE.findall(plain)]
    if "".join(after for _, after in clauses) != turned:  # a phrase has letters, too: U盤 → U盘
        clauses = [(plain, turned)]
    for clause, after in clauses:
        yield from _parted(clause, after)


def _parted(plain: str, turned: str) -> Iterator[Part]:
    """A text and what it is converted to, cut until no part has places that move against each other."""
    size = len(plain)
    if size == len(turned) and (size <= _SHORT or "".join(map(_alone, plain)) == turned):
        yield plain, turned
        return
    middle = size // 2
    near = range(max(1, middle - _LONGEST), min(size, middle + _LONGEST))
    for place in sorted(near, key=lambda place: abs(place - middle)):
        left, right = _turned(plain[:place]), _turned(plain[place:])
        if left + right == turned:
            yield from _parted(plain[:place], left)
            yield from _parted(plain[place:], right)
            return
    yield plain, turned


def _lowered(plain: str) -> Iterator[Part]:
    if len(plain.lower()) == len(plain):
        yield plain, plain.lower()
    else:
        yield from ((character, character.lower()) for character in plain)


def _through(parts: Iterable[Part], starts: Places, ends: Places) -> tuple[Places, Places]:
    """The places of each character behind a step that turns `parts` from one into the other, given those before it."""
    begun: list[int] = []
    ended: list[int] = []
    done = 0
    for before, after in parts:
        size, whole = len(before), len(after)
        if size == whole:
            begun += starts[done : done + size]
            ended += ends[done : done + size]
        else:
            begun += [starts[done + size * n // whole] for n in range(whole)]
            ended += [ends[done + -(-size * n // whole) - 1] for n in range(1, whole + 1)]
        done += size
    return begun, ended
