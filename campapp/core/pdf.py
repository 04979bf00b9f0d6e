"""PDF pages as pictures, for browsers that show no PDF; with `pdf_page`, the one place that touches pdfium.

pdfium is not made for threads, so one document is worked on at a time in each process. Pages are drawn by a program of
its own, which a document may exhaust without harm; pictures are kept beside the files, by content hash.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from flask import Response, abort, current_app, send_file
from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_ERR_PASSWORD

from campapp.core.files import StoredFile, media_type, place

MOST_PAGES = 200
"""Pages that are shown as pictures; the file has them all."""
MEMORY = 1 << 30
SECONDS = 10
"""Of the processor, that a page may take."""
PATIENCE = 3 * SECONDS
"""Seconds by the clock, however busy the machine."""
_one_at_a_time, _drawing = threading.Lock(), threading.Lock()


class Locked(Exception):
    """The document asks for a password."""


class Damaged(Exception):
    """No PDF, or none that can be opened."""


@contextmanager
def opened(path: Path) -> Iterator[PdfDocument]:
    """The document, to this thread alone.

    Raises:
        Locked: it asks for a password.  Damaged: it cannot be opened.
    """
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(path)
        except PdfiumError as problem:
            raise (Locked if problem.err_code == FPDF_ERR_PASSWORD else Damaged) from None
        try:
            yield document
        finally:
            document.close()


def pages(file: StoredFile) -> int:
    """How many pages it has."""
    with opened(place(file.sha256)) as document:
        return len(document)


def picture(file: StoredFile, number: int) -> Path:
    """Page `number` (from 1) as a picture on our disk, made once; empty where it takes more than it may.

    Raises:
        IndexError: there is no such page, or it is one of too many.  Locked, Damaged: as `opened`.
    """
    document = place(file.sha256)
    kept = Path(current_app.config["SETTINGS"].files) / "pages" / file.sha256 / f"{number}.picture"
    if kept.exists():
        return kept
    if not 1 <= number <= min(MOST_PAGES, pages(file)):
        raise IndexError(number)
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(f".{threading.get_ident()}")
    with _drawing:
        _draw(document, number, fresh)
        fresh.replace(kept)
    return kept


def _draw(document: Path, number: int, target: Path) -> None:
    """Leave the target empty where the page cannot be drawn within the bounds."""
    bounds, program = [str(MEMORY), str(SECONDS)], Path(__file__).with_name("pdf_page.py")
    command = [sys.executable, "-I", str(program), *bounds, str(document), str(number - 1), str(target)]
    try:
        subprocess.run(command, timeout=PATIENCE, check=True, capture_output=True)
    except subprocess.SubprocessError:  # beyond its bounds, or a fault of pdfium's
        target.write_bytes(b"")


@dataclass(frozen=True)
class Pictures:
    """The pages that are shown, by their addresses, and how many there are."""

    addresses: list[str]
    all: int


def pictures_or_404(file: StoredFile, address: Callable[[int], str]) -> Pictures:
    """What a page of pictures shows; what is no PDF, or none that opens, has no such page."""
    if file.media_type != "application/pdf":
        abort(404)
    try:
        count = pages(file)
    except (Locked, Damaged):
        abort(404)
    return Pictures([address(number) for number in range(1, min(count, MOST_PAGES) + 1)], count)


def send_picture(file: StoredFile, number: int) -> Response:
    """One page as a picture, or 404."""
    if file.media_type != "application/pdf":
        abort(404)
    try:
        kept = picture(file, number)
    except (IndexError, Locked, Damaged):
        abort(404)
    with kept.open("rb") as stream:
        kind = media_type(stream.read(16))
    if not kind.startswith("image/"):
        abort(404)
    response = send_file(kept, mimetype=kind, max_age=3600)
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
