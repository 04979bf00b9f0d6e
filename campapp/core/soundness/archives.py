"""ZIP archives and the Office files that are such: every part by its check sum, as far as unpacking stays bounded."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

from campapp.core.soundness.words import BLOATED, BROKEN, BROKEN_OFFICE, UNLOCK, UNLOCK_ARCHIVE
from campapp.core.text.language import Unreadable

OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
PIECE = 1 << 20
LARGEST_DIRECTORY = 8 << 20
"""Bytes of the list of parts, some 100,000 parts; they are all held in memory while a file is looked at."""
HEALTHY = 1 << 30
"""Bytes that parts may unpack to, from however small a file."""
TIMES = 100
"""How many times its own size a file may unpack to beyond that; tables of numbers reach 20."""
READ = 4 << 30
"""Bytes that are unpacked at most to see whether the parts are whole."""
_END, _END_64, _LOCKED = b"PK\x05\x06", b"PK\x06\x06", 1
_DAMAGE = (
    zipfile.BadZipFile,
    NotImplementedError,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    struct.error,
)


def kind_in(path: Path) -> str:
    """`docx`, `xlsx`, `pptx` or `zip`.

    Raises:
        Unreadable: its list of parts cannot be read.
    """
    names = {part.filename for part in _parts(path)}
    if "[Content_Types].xml" not in names:
        return "zip"
    return next((kind for start, kind in OFFICE.items() if any(n.startswith(start) for n in names)), "zip")


def check_archive(path: Path, *, office: bool) -> None:
    """See that every part is whole.

    Raises:
        Unreadable: one is not, asks for a password, or unpacks to more than is healthy.
    """
    parts, size = _parts(path), path.stat().st_size
    if any(part.flag_bits & _LOCKED for part in parts):
        raise Unreadable(UNLOCK if office else UNLOCK_ARCHIVE)
    stored = sum(part.file_size for part in parts if part.compress_type == zipfile.ZIP_STORED)
    if stored > size or sum(part.file_size for part in parts) > max(HEALTHY + size, TIMES * size):
        raise Unreadable(BLOATED)
    left = READ
    try:
        with zipfile.ZipFile(path) as archive:
            for part in parts:
                left -= part.file_size
                if left > 0:
                    _read(archive, part)
    except _DAMAGE:
        raise Unreadable(BROKEN_OFFICE if office else BROKEN) from None


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read it to its end, where its check sum is compared."""
    with suppress(NotImplementedError), archive.open(part) as stream:  # packed as only other programs know
        while stream.read(PIECE):
            pass


def _parts(path: Path) -> list[zipfile.ZipInfo]:
    try:
        directory = _directory_size(path)
        if directory <= LARGEST_DIRECTORY:
            with zipfile.ZipFile(path) as archive:
                return archive.infolist()
    except _DAMAGE:
        raise Unreadable(BROKEN_OFFICE) from None
    raise Unreadable(BLOATED)


def _directory_size(path: Path) -> int:
    """How long the archive says that its list of parts is, before anybody holds it in memory."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - (1 << 17)))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise zipfile.BadZipFile
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if at >= 76 and tail[at - 76 : at - 72] == _END_64:
        size = max(size % 0xFFFFFFFF, int.from_bytes(tail[at - 36 : at - 28], "little"))
    return size
