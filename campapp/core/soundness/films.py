"""Films, and what else lies in their containers, by the sizes of their boxes: however large, a few bytes are read."""

from __future__ import annotations

import struct
from mmap import mmap
from pathlib import Path

from campapp.core.soundness.mapped import mapped
from campapp.core.soundness.words import BROKEN_FILM, BROKEN_PICTURE
from campapp.core.text.language import Unreadable

MOST_BOXES = 1 << 20
"""A film in fragments has two boxes a second or so."""
_SEGMENT, _CLUSTER = b"\x18S\x80g", b"\x1fC\xb6u"


def check_film(path: Path) -> None:
    """See that an MP4 or MOV has its table of contents and every byte that its boxes announce.

    Raises:
        Unreadable: it has not.
    """
    with mapped(path) as data:
        if not {b"moov", b"mdat"} <= _boxes(data):
            raise Unreadable(BROKEN_FILM)


def check_telephone_picture(path: Path) -> None:
    """The same for a picture in such a container (HEIC, AVIF), which has no table of contents but a description.

    Raises:
        Unreadable: it is damaged.
    """
    with mapped(path) as data:
        if b"meta" not in _boxes(data):
            raise Unreadable(BROKEN_PICTURE)


def _boxes(data: mmap) -> set[bytes]:
    """The kinds of all outermost boxes; none where one of them reaches beyond the end."""
    at, end, seen = 0, len(data), set[bytes]()
    for _number in range(MOST_BOXES):
        if end - at < 8:
            return seen  # some cameras leave a few bytes behind the last box
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 1 and end - at >= 16:
            (size,) = struct.unpack_from(">Q", data, at + 8)
        elif size == 0:
            size = end - at if kind.strip(b"\0") else 0
        if size < 8:
            return seen
        if at + size > end:
            return set()
        seen.add(kind)
        at += size
    return set()


def check_webm(path: Path) -> None:
    """See that a WebM has pictures in it and every byte that it announces.

    Raises:
        Unreadable: it has not.
    """
    with mapped(path) as data:
        head, size = _length(data, 4)
        at = head + (size or 0)
        body, size = _length(data, at + 4)
        cut = size is not None and body + size > len(data)
        if cut or data[at : at + 4] != _SEGMENT or data.find(_CLUSTER, body) < 0:
            raise Unreadable(BROKEN_FILM)


def _length(data: mmap, at: int) -> tuple[int, int | None]:
    """Where an element's content begins, and its length; None where it says that it does not know."""
    if at >= len(data) or not data[at]:
        raise Unreadable(BROKEN_FILM)
    wide = 9 - data[at].bit_length()
    given = int.from_bytes(data[at : at + wide]) & ((1 << 7 * wide) - 1)
    return at + wide, None if given == (1 << 7 * wide) - 1 else given
