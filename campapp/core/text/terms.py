"""Text to search terms, the same for what is stored and for what is asked.

NFKC, traditional to simplified by phrases (軟體 and 软件 meet), lower case, accents off; then words, and for
Chinese, Japanese and Korean every single character and every two neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import opencc

from campapp.core.text.names import INVISIBLE

LONGEST_WORD = 60
MOST_TERMS = 20_000  # a tsvector holds a megabyte at most

CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00016ff0-\U00018dff\U0001aff0-\U0001b2ff"
    "\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"(?P<cjk>[{CJK}]+)|(?P<word>(?:(?![{CJK}])[^\\W_])+)")
_ACCENTS = re.compile("[\u0300-\u036f]")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Asked:
    """A query: all of `exact`, a word beginning with each of `begins`, each of `phrases` in one piece.

    Or, of several words in letters, one that begins with all of them `joined` (bai du for baidu).
    """

    exact: tuple[str, ...]
    begins: tuple[str, ...]
    phrases: tuple[str, ...]
    joined: str = ""

    def __bool__(self) -> bool:
        return bool(self.exact or self.begins)


@cache
def _simplifier(how: str) -> opencc.OpenCC:
    return opencc.OpenCC(how)


def plain(text: str) -> str:
    """The text as it is searched: one width, simplified, lower case, no accents, single spaces, nothing unseen."""
    return _plain(text, "tw2sp")


def _plain(text: str, how: str) -> str:
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", _HALF.sub(" ", text)).replace("\0", " "))
    text = _simplifier(how).convert(text) if re.search(f"[{CJK}]", text) else text
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
    return " ".join(text.split())


def terms(plain_text: str) -> list[str]:
    """All terms of a text that went through `plain`, sorted, each once."""
    found: set[str] = set()
    for run in _RUNS.finditer(plain_text):
        if run["cjk"]:
            found.update(run["cjk"])
            found.update(_neighbours(run["cjk"]))
        else:
            found.add(run["word"][:LONGEST_WORD])
        if len(found) > MOST_TERMS:
            break
    return sorted(found)[:MOST_TERMS]


def plain_of(texts: Iterable[str | None]) -> str:
    """Several fields as one searched text; a line end between them, so that no phrase runs across.

    Where phrases make another text than characters, both: 產線上 is 产线上, though 線上 alone is 在线.
    """
    forms = ((plain(text), _plain(text, "t2s")) for text in texts if text)
    return "\n".join(form for both in forms for form in dict.fromkeys(both))


def asked(query: str) -> Asked:
    """What a query asks for. Words of two letters and more are met by their beginning."""
    exact: dict[str, None] = {}
    begins: dict[str, None] = {}
    phrases: dict[str, None] = {}
    runs = list(_RUNS.finditer(plain(query[:200])))
    words = [run["word"] for run in runs if run["word"]]
    for run in runs:
        if word := run["word"]:
            (begins if len(word) > 1 else exact)[word[:LONGEST_WORD]] = None
            continue
        characters = run["cjk"]
        exact.update(dict.fromkeys(_neighbours(characters) if len(characters) > 1 else characters))
        if len(characters) > 2:
            phrases[characters] = None
    joined = "".join(words)[:LONGEST_WORD] if len(words) == len(runs) > 1 else ""
    return Asked(tuple(exact), tuple(begins), tuple(phrases), joined)


def _neighbours(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]
