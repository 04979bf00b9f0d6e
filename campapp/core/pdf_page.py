"""A program of its own: one page of a PDF as a picture, within bounds of memory and time.

`python pdf_page.py BYTES SECONDS DOCUMENT NUMBER PICTURE`; what a document does to pdfium, it does
to this process only.
"""

from __future__ import annotations

import io
import resource
import sys
from contextlib import suppress
from pathlib import Path

import pypdfium2

WIDTH = 1200
"""Pixels; a page's text can be read on a phone that zooms in twice."""
TALLEST = 4
"""A page's height is cut at so many times its width: a poster must not fill the memory."""
LARGE = 1 << 19
"""Bytes from which a picture is a photograph rather than text, and may be kept as one."""


def draw(document: Path, number: int, picture: Path) -> None:
    """Write page `number` (from 0) as PNG, or as JPEG where that is much smaller."""
    page = pypdfium2.PdfDocument(document)[number]
    width, height = page.get_size()
    image = page.render(scale=min(WIDTH / max(width, 1), WIDTH * TALLEST / max(height, 1))).to_pil()
    png, jpeg = io.BytesIO(), io.BytesIO()
    image.save(png, "PNG")
    if png.tell() > LARGE:
        image.convert("RGB").save(jpeg, "JPEG", quality=85)
    picture.write_bytes(jpeg.getvalue() if 0 < jpeg.tell() < png.tell() else png.getvalue())


if __name__ == "__main__":
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    with suppress(ValueError):  # not every system counts memory so
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    draw(Path(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
