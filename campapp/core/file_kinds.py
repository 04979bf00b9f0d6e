"""What a file is, by its bytes, and what is wrong with it: protected by a password, damaged, or another kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from campapp.core import pdf
from campapp.core.language import lazy_gettext as _l
from campapp.core.soundness import archives, compound, films, pictures
from campapp.core.soundness.words import BROKEN, EMPTY, UNLOCK
from campapp.core.text.language import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "pdf"), (0, b"\x89PNG\r\n\x1a\n", "png"), (0, b"\xff\xd8\xff", "jpg"), (0, b"GIF8", "gif"),
    (0, b"PK\x03\x04", "zip"), (0, OLE, "ole"),
    # What telephones keep pictures and sound in begins as films do.
    (4, b"ftyphe", "heic"), (4, b"ftypmif1", "heic"), (4, b"ftypavif", "avif"), (4, b"ftypM4A", "m4a"),
    (4, b"ftypqt", "mov"), (4, b"ftyp", "mp4"), (0, b"\x1aE\xdf\xa3", "webm"),
)  # fmt: skip
ALSO = {
    "jpeg": {"jpg"},
    "office": {"docx", "xlsx", "pptx", "doc", "xls", "ppt"},
    "video": {"mp4", "mov", "webm"},
}
"""Kinds as forms name them that are several, or another word for one."""
IN_WORDS = {"office": "DOCX, XLSX, PPTX, DOC, XLS, PPT", "video": "MP4, MOV, WEBM"}


def in_words(kinds: Iterable[str]) -> str:
    """Kinds as file names end, for whoever chooses a file."""
    return ", ".join(IN_WORDS.get(kind, kind.upper()) for kind in kinds)


def kind_of(path: Path) -> str:
    """`pdf`, `png`, `docx` …, by content; empty where it is none that is known.

    Raises:
        Unreadable: it is a container of which nobody can say what lies in it, damaged or behind a password.
    """
    with path.open("rb") as stream:
        head = stream.read(64)
    kind = next((kind for at, mark, kind in HEADS if head[at:].startswith(mark)), "")
    if kind == "zip":
        return archives.kind_in(path)
    return compound.kind_in(path) if kind == "ole" else kind


def check(path: Path, kinds: list[str]) -> None:
    """See that a file is of one of these kinds (of any, if none is named) and can be opened.

    Raises:
        Unreadable: it is not, with what to do, in words for who sends it.
    """
    if not path.stat().st_size:
        raise Unreadable(EMPTY)
    kind = kind_of(path)
    if kinds and not any(kind in ALSO.get(one, {one}) for one in kinds):
        raise Unreadable(_l("This is not a %(kinds)s file, whatever its name says.", kinds=in_words(kinds)))
    CHECKS.get(kind, _take)(path)


def _take(path: Path) -> None:
    """Of other kinds nothing is known."""


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
    archives.check_archive(path, office=False)


def _check_office(path: Path) -> None:
    archives.check_archive(path, office=True)


CHECKS: dict[str, Callable[[Path], None]] = {
    "pdf": _check_pdf, "jpg": pictures.check_jpeg, "png": pictures.check_png, "zip": _check_zip,
    **dict.fromkeys(archives.OFFICE.values(), _check_office),
    **dict.fromkeys(("doc", "xls", "ppt"), compound.check_compound),
    **dict.fromkeys(("mp4", "mov", "m4a"), films.check_film),
    **dict.fromkeys(("heic", "avif"), films.check_telephone_picture), "webm": films.check_webm,
}  # fmt: skip
