"""Bytes of an upload to text: BOM, else strict UTF-8, else the person chooses, with a preview of each offer.

Nothing is guessed: short files in GBK look like Big5 to encoding guessers, and Big5 decodes without error as GB18030.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from campapp.core.text.language import LazyString, Unreadable, lazy_gettext

PREVIEWED_LINES = 8
PREVIEWED_CHARACTERS = 200

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
OFFERED: dict[str, LazyString] = {
    "gb18030": lazy_gettext("Simplified Chinese (GB18030, GBK)"),
    "big5hkscs": lazy_gettext("Traditional Chinese (Big5)"),
    "cp1252": lazy_gettext("Western European (Windows-1252)"),
}


@dataclass(frozen=True)
class Offer:
    """An encoding in which every byte fits, and how the file begins in it."""

    encoding: str
    label: LazyString
    preview: tuple[str, ...]


class Undecided(Unreadable):
    """A file that is not UTF-8: which byte of which line does not fit, and the encodings to choose from."""

    def __init__(self, line: int, position: int, byte: int, offers: list[Offer]) -> None:
        self.line, self.position, self.byte, self.offers = line, position, byte, offers
        super().__init__(
            lazy_gettext(
                "Line %(line)d, byte %(position)d (0x%(byte)s) is not UTF-8. Choose how this file is to be read.",
                line=line,
                position=position,
                byte=f"{byte:02X}",
            )
        )


def decoded(data: bytes, encoding: str = "") -> str:
    """The text of an upload; `encoding` is what the person chose from the offers.

    Raises:
        Undecided: it is not UTF-8 and nothing was chosen.  Unreadable: it does not fit what was chosen.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name)
    if encoding:
        if encoding not in ("utf-8", *OFFERED):
            raise Unreadable(lazy_gettext("There is no encoding “%(name)s” to choose.", name=encoding[:40]))
        return _strictly(data, encoding)
    try:
        return data.decode()
    except UnicodeDecodeError as problem:
        line, position = _place(data, problem.start)
        raise Undecided(line, position, data[problem.start], _offers(data)) from None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        line, position = _place(data, problem.start)
        raise Unreadable(
            lazy_gettext(
                "Line %(line)d, byte %(position)d (0x%(byte)s) does not fit %(encoding)s.",
                line=line,
                position=position,
                byte=f"{data[problem.start]:02X}",
                encoding=encoding.upper(),
            )
        ) from None


def _place(data: bytes, at: int) -> tuple[int, int]:
    """Line and byte of the line, both from 1."""
    return data.count(b"\n", 0, at) + 1, at - (data.rfind(b"\n", 0, at) + 1) + 1


def _offers(data: bytes) -> list[Offer]:
    found = []
    for encoding, label in OFFERED.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        lines = tuple(line[:PREVIEWED_CHARACTERS] for line in text.splitlines()[:PREVIEWED_LINES])
        found.append(Offer(encoding, label, lines))
    return found
