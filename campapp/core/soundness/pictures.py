"""JPEG and PNG by their own structure, without a picture being unpacked: cut off, filled with zeros, too large."""

from __future__ import annotations

import re
import struct
import zlib
from mmap import mmap
from pathlib import Path

from campapp.core.soundness.mapped import mapped
from campapp.core.soundness.words import BROKEN_PICTURE, PIXELS, TOO_MANY_PIXELS
from campapp.core.text.language import Unreadable

PIECE = 1 << 20
_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL)
"""A JPEG's next marker; in between stand the picture's own bytes, where 0xFF is followed by zero or a restart."""
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9


def check_jpeg(path: Path) -> None:
    """See that it ends as it should.

    Raises:
        Unreadable: it does not, or it has too many pixels.
    """
    with mapped(path) as data:
        try:
            _walk_jpeg(data)
        except (struct.error, IndexError):
            raise Unreadable(BROKEN_PICTURE) from None


def _walk_jpeg(data: mmap) -> None:
    at, seen = 2, set[int]()
    while found := _MARKER.search(data, at):
        at, kind = found.end(), data[found.end() - 1]
        if kind == _END and _SCAN in seen and seen & _FRAMES:
            return
        if kind in {0x01, 0xD8, _END}:
            continue
        if kind in _FRAMES:
            _allow(*struct.unpack_from(">HH", data, at + 3))
        seen.add(kind)
        at += max(2, struct.unpack_from(">H", data, at)[0])
    raise IndexError


def check_png(path: Path) -> None:
    """See that each part has its own check sum and the last one is there.

    Raises:
        Unreadable: it is not so, or it has too many pixels.
    """
    with mapped(path) as data:
        try:
            _walk_png(data)
        except (struct.error, IndexError):
            raise Unreadable(BROKEN_PICTURE) from None


def _walk_png(data: mmap) -> None:
    at, seen = 8, set[bytes]()
    while b"IEND" not in seen:
        size, kind = struct.unpack_from(">I4s", data, at)
        if not seen:
            if kind != b"IHDR":
                raise IndexError
            _allow(*struct.unpack_from(">II", data, at + 8))
        end, check = at + 8 + size, 0
        (wanted,) = struct.unpack_from(">I", data, end)
        for start in range(at + 4, end, PIECE):
            check = zlib.crc32(data[start : min(start + PIECE, end)], check)
        if check != wanted:
            raise IndexError
        seen.add(kind)
        at = end + 4
    if b"IDAT" not in seen:
        raise IndexError


def _allow(height: int, width: int) -> None:
    if height * width > PIXELS * 1_000_000:
        raise Unreadable(TOO_MANY_PIXELS)
