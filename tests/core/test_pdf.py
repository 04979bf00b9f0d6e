"""The pages of a PDF as pictures: each bounded, and no more than can be shown."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from PIL import Image
from werkzeug.exceptions import NotFound

from campapp.core import files, pdf
from campapp.core.files import StoredFile


def stored(app: Flask, path: Path) -> StoredFile:
    with path.open("rb") as stream:
        return files.keep(stream, "路演.pdf", limit=1 << 30)


def pages(path: Path, count: int, size: tuple[int, int] = (200, 300)) -> Path:
    document = pypdfium2.PdfDocument.new()
    for _number in range(count):
        document.new_page(*size)
    document.save(path)
    return path


def content(path: Path, stream: bytes) -> Path:
    """One page that draws this."""
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R>> endobj\n4 0 obj <</Length "
        + str(len(stream)).encode() + b">> stream\n" + stream + b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
    )  # fmt: skip
    return path


def test_of_very_many_pages_the_first_are_shown_and_all_are_counted(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 3)
    file = stored(app, pages(tmp_path / "a", 5))
    shown = pdf.pictures_or_404(file, lambda number: f"/{number}")
    assert (shown.addresses, shown.all) == (["/1", "/2", "/3"], 5)
    assert pdf.picture(file, 3).stat().st_size
    with pytest.raises(IndexError):
        pdf.picture(file, 4)


@pytest.mark.parametrize("size", [(14_400, 14_400), (20, 14_400), (14_400, 20), (1, 1)])
def test_a_poster_becomes_no_larger_a_picture_than_a_page(
    app: Flask, tmp_path: Path, size: tuple[int, int]
) -> None:
    with Image.open(pdf.picture(stored(app, pages(tmp_path / "a", 1, size)), 1)) as image:
        assert image.width <= 1200 and image.height <= 4800


def test_a_page_of_photographs_is_kept_as_one(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "a"
    Image.effect_noise((1200, 1600), 90).convert("RGB").save(path, "PDF")
    with app.test_request_context():
        assert pdf.send_picture(stored(app, path), 1).mimetype == "image/jpeg"


def test_a_page_that_takes_too_much_stays_empty_and_is_not_tried_again(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = stored(app, content(tmp_path / "a", b"0 0 400 400 re f"))
    with app.test_request_context():
        monkeypatch.setattr(pdf, "MEMORY", 16 << 20)
        with pytest.raises(NotFound):
            pdf.send_picture(file, 1)
        monkeypatch.undo()
        with pytest.raises(NotFound):
            pdf.send_picture(file, 1)
        other = stored(app, content(tmp_path / "b", b"0 0 300 300 re f"))
        assert pdf.send_picture(other, 1).mimetype == "image/png"
