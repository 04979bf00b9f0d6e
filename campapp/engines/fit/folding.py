"""Texts as they are compared: half width, lower case, simplified characters, the mainland's words."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from opencc import OpenCC

HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]+")
_WORD_OR_CHARACTER = re.compile(rf"{HAN.pattern}|.[\u0300-\u036f]*", re.S)


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("tw2sp")


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
    return (_converter().convert(text) if is_traditional(text) else text).lower()


def keeps_places(text: str) -> bool:
    """Whether each character of the folded text stands where it stood."""
    if text.isascii():
        return True
    steady = unicodedata.is_normalized("NFKC", text) and not is_traditional(text)
    return steady and len(text.lower()) == len(text)


def offsets(text: str) -> list[int]:
    """For each character of the folded text, and its end, where it begins in the text itself.

    Where a phrase changes its length (記憶體 → 内存), places inside it are proportional.
    """
    traditional = is_traditional(unicodedata.normalize("NFKC", text))
    places: list[int] = []
    for part in _WORD_OR_CHARACTER.finditer(text):
        places += [part.start() + place for place in _inside(part.group(), traditional)]
    return [*places, len(text)]


def _inside(part: str, traditional: bool) -> list[int]:
    plain = _folded_part(part, traditional)
    if len(plain) == len(part):
        return list(range(len(part)))
    single = [_folded_part(character, traditional)[:1] for character in part]
    places: list[int] = []
    for _, one, end, other, last in SequenceMatcher(None, single, list(plain), autojunk=False).get_opcodes():
        first = one if end > one else max(one - 1, 0)  # ℃ → °c: both stand where the one character stood
        places += [first + (end - one) * n // (last - other) for n in range(last - other)]
    return places


def _folded_part(part: str, traditional: bool) -> str:
    plain = unicodedata.normalize("NFKC", part)
    return (_converter().convert(plain) if traditional else plain).lower()
