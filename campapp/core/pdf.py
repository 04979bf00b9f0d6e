"""PDF pages as pictures, for browsers that show no PDF; the one place that touches pdfium.

pdfium is not made for threads, so one page of one document is worked on at a time in each process; pictures are kept
beside the files, by content hash.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from flask import Response, abort, current_app, send_file
from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_ERR_PASSWORD

from campapp.core.files import StoredFile, place

WIDTH = 1200
"""Pixels; a page's text can be read on a phone that zooms in twice."""
TALLEST = 4
"""A page's height is cut at so many times its width: a poster must not fill the memory."""
_one_at_a_time = threading.Lock()


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
    """Page `number` (from 1) as a PNG on our disk, made once.

    Raises:
        IndexError: there is no such page.  Locked, Damaged: as `opened`.
    """
    kept = Path(current_app.config["SETTINGS"].files) / "pages" / file.sha256 / f"{number}.png"
    if kept.exists():
        return kept
    with opened(place(file.sha256)) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), WIDTH * TALLEST / max(height, 1))
        image = page.render(scale=scale).to_pil()
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(f".{threading.get_ident()}")
    image.save(fresh, "PNG", optimize=False)
    fresh.replace(kept)
    return kept


def count_or_404(file: StoredFile) -> int:
    """How many pages a page of pictures has; what is no PDF, or none that opens, has no such page."""
    if file.media_type != "application/pdf":
        abort(404)
    try:
        return pages(file)
    except (Locked, Damaged):
        abort(404)


def send_picture(file: StoredFile, number: int) -> Response:
    """One page as a picture, or 404."""
    if file.media_type != "application/pdf":
        abort(404)
    try:
        kept = picture(file, number)
    except (IndexError, Locked, Damaged):
        abort(404)
    response = send_file(kept, mimetype="image/png", max_age=3600)
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
