"""What a file is, by its bytes, and what is wrong with it: protected by a password, damaged, or another kind."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from campapp.core import pdf
from campapp.core.language import lazy_gettext as _l
from campapp.core.text.language import Unreadable

OLE, ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
HEADS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "pdf"), (0, b"\x89PNG\r\n\x1a\n", "png"), (0, b"\xff\xd8\xff", "jpg"), (0, b"GIF8", "gif"),
    (0, b"PK\x03\x04", "zip"), (0, OLE, "doc"),
    # What telephones keep pictures and sound in begins as films do.
    (4, b"ftyphe", "heic"), (4, b"ftypmif1", "heic"), (4, b"ftypavif", "avif"), (4, b"ftypM4A", "m4a"),
    (4, b"ftypqt", "mov"), (4, b"ftyp", "mp4"), (0, b"\x1aE\xdf\xa3", "webm"),
)  # fmt: skip
ALSO = {"jpeg": {"jpg"}, "office": {"docx", "xlsx", "pptx", "doc"}, "video": {"mp4", "mov", "webm"}}
"""Kinds as forms name them that are several, or another word for one."""
IN_WORDS = {"office": "DOCX, XLSX, PPTX", "video": "MP4, MOV, WEBM"}
UNLOCK = _l(
    "It is protected by a password. In WPS: File, Document encryption, remove the password; in Office: File, Info, "
    "Protect, empty the password. Then save it and upload it again."
)
BROKEN = _l("It is damaged and cannot be opened. Open it on your computer, save it anew, and upload that.")


def in_words(kinds: Iterable[str]) -> str:
    """Kinds as file names end, for whoever chooses a file."""
    return ", ".join(IN_WORDS.get(kind, kind.upper()) for kind in kinds)


def kind_of(path: Path) -> str:
    """`pdf`, `png`, `docx` …, by content; empty where it is none that is known."""
    with path.open("rb") as stream:
        head = stream.read(64)
    kind = next((kind for at, mark, kind in HEADS if head[at:].startswith(mark)), "")
    if kind == "zip":
        return _kind_in_zip(path)
    return kind


def _kind_in_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return "zip"
    if "[Content_Types].xml" not in names:
        return "zip"
    return next((kind for start, kind in OFFICE.items() if any(n.startswith(start) for n in names)), "zip")


def check(path: Path, kinds: list[str]) -> None:
    """See that a file is of one of these kinds (of any, if none is named) and can be opened.

    Raises:
        Unreadable: it is not, with what to do, in words for who sends it.
    """
    kind = kind_of(path)
    if kind == "doc" and _holds(path, ENCRYPTED):
        raise Unreadable(UNLOCK)
    if kinds and not any(kind in ALSO.get(one, {one}) for one in kinds):
        raise Unreadable(_l("This is not a %(kinds)s file, whatever its name says.", kinds=in_words(kinds)))
    if kind == "pdf":
        _check_pdf(path)
    elif kind in {"zip", *OFFICE.values()}:
        _check_zip(path)


def _check_pdf(path: Path) -> None:
    try:
        with pdf.opened(path) as document:
            empty = not len(document)
    except pdf.Locked:
        raise Unreadable(UNLOCK) from None
    except pdf.Damaged:
        raise Unreadable(BROKEN) from None
    if empty:
        raise Unreadable(BROKEN)


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise Unreadable(UNLOCK)
            for entry in entries[:3]:
                with archive.open(entry) as stream:
                    stream.read(1 << 16)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError):
        raise Unreadable(BROKEN) from None


def _holds(path: Path, mark: bytes) -> bool:
    """Whether the bytes stand in the first megabyte or the last: where such a container keeps its directory."""
    with path.open("rb") as stream:
        first = stream.read(1 << 20)
        stream.seek(max(0, path.stat().st_size - (1 << 20)))
        return mark in first or mark in stream.read()
