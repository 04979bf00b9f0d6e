"""Order and pickers by pinyin: a stored sort key, the initials (bd for 百度) and the spelling (baidu).

The key is compared byte by byte (collation "C"), so that both databases order alike: characters by syllable,
tone and form, a shorter name before a longer one, Latin names between them by their letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from pypinyin import Style, pinyin

from campapp.core.text.surnames import ONE, TWO
from campapp.core.text.terms import CJK, LONGEST_WORD, plain

LONGEST_KEY = 200
_HAN = re.compile(f"[{CJK}]")
_SYLLABLE = re.compile("[a-z]+[1-5]?")


def sort_key(name: str, *, person: bool = False) -> str:
    """What a list orders by. With `person`, the surname is read as one (单 shan, 曾 zeng, 尉迟 yuchi)."""
    return " ".join(
        f"{reading}{text}" if _HAN.match(text) else reading
        for text, reading in _readings(name, person=person)
    )[:LONGEST_KEY]


def initials(name: str, *, person: bool = False) -> str:
    """What a picker answers to: bd for 百度, bdznj for 百度智能, p for PaddlePaddle."""
    return "".join(reading[0] for _, reading in _readings(name, person=person))


def spelling(name: str, *, person: bool = False) -> str:
    """The whole name in letters without tones or spaces: baidu, yuchigong, lvdi for 绿地."""
    return "".join(map(_letters, _readings(name, person=person)))


def sounds(name: str) -> set[str]:
    """What a search in letters finds a name by: hhd, huohuadui and h for 火花队; hhd for "AI 火花队" too.

    Read as written and as simplified (軟體: rt and rj), as a word and as somebody's (曾: c and z),
    with ü as v and as u.
    """
    found: set[str] = set()
    for form in {" ".join(name.split()), plain(name)}:
        pieces = list(_pieces(form))
        readings = [
            list(chain.from_iterable(pieces[at:]))
            for at, piece in enumerate(pieces)
            if not at or _HAN.match(piece[0][0])
        ]
        whole = readings[:1]
        if whole and (surname := _surname("".join(text for text, _ in pieces[0]))):
            whole = [*whole, [*surname, *whole[0][len(surname) :]]]
        found |= {one[0][1][0] for one in whole}
        found |= set(chain.from_iterable(map(_heard, [*readings, *whole[1:]])))
    return {term[:LONGEST_WORD] for term in found}


def _heard(readings: list[tuple[str, str]]) -> set[str]:
    u_for_v = [
        (text, reading.replace("v", "u") if _HAN.match(text) else reading) for text, reading in readings
    ]
    return {
        "".join(map(_letters, readings)), "".join(map(_letters, u_for_v)),
        "".join(reading[0] for _, reading in readings),
    }  # fmt: skip


def _letters(pair: tuple[str, str]) -> str:
    text, reading = pair
    return reading.rstrip("12345") if _HAN.match(text) else reading


def _readings(name: str, *, person: bool) -> list[tuple[str, str]]:
    """Pairs of a character (or a word of other letters) and its reading: ("百", "bai3"), ("lab", "lab")."""
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    surname = _surname(name) if person else []
    return [*surname, *chain.from_iterable(_pieces(name[len(surname) :]))]


def _pieces(name: str) -> Iterator[list[tuple[str, str]]]:
    """The same by runs of characters and of other letters, none of them empty."""
    for piece in re.findall(f"[{CJK}]+|[^{CJK}]+", unicodedata.normalize("NFKC", name)):
        if _HAN.match(piece):
            yield list(zip(piece, map(_reading, piece, _spoken(piece)), strict=True))
        elif words := re.findall(r"[^\W_]+", plain(piece)):
            yield [(word, word) for word in words]


def _surname(name: str) -> list[tuple[str, str]]:
    # Two characters may be a plain name with a one-character surname (东方 never, 单于 rarely): only longer
    # names are taken to begin with a surname of two.
    if len(name) > 2 and name[:2] in TWO:
        return list(zip(name[:2], TWO[name[:2]].split(), strict=True))
    return [(name[0], ONE[name[0]])] if name and name[0] in ONE else []


def _spoken(piece: str) -> list[str]:
    spoken = [
        options[0]
        for options in pinyin(
            piece,
            style=Style.TONE3,
            errors=list,  # type: ignore[arg-type]  # taken, and splits a run
            neutral_tone_with_five=True,
        )
    ]
    return spoken if len(spoken) == len(piece) else list(piece)


def _reading(character: str, spoken: str) -> str:
    """Letters and tone, ü as v; a character without a known reading stands for itself, after all others."""
    return spoken if _SYLLABLE.fullmatch(spoken) else character
