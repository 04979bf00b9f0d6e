"""Uploads in pieces: what has arrived stays, nobody writes over another, and bad files are refused in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask

from campapp.core import file_kinds, files
from campapp.core.text.language import Unreadable
from campapp.core.upload import Elsewhere, Upload, append, new_token
from tests.core.soundness.making import compound, film


@pytest.fixture
def upload(app: Flask) -> Iterator[Upload]:
    yield Upload(
        token=new_token(), owner_kind="application", owner_id=1, key="deck", name="路演.pdf", size=10
    )


class Broken(io.RawIOBase):
    """A connection that breaks after some bytes."""

    def __init__(self, first: bytes) -> None:
        self.first = first

    def read(self, size: int = -1) -> bytes:
        if not self.first:
            raise ConnectionResetError
        given, self.first = self.first[:size], self.first[size:]
        return given


def test_what_arrived_before_the_line_broke_stays_and_the_rest_continues_there(upload: Upload) -> None:
    with pytest.raises(ConnectionResetError):
        append(upload, 0, Broken(b"0123"))  # type: ignore[arg-type]
    assert upload.received == 4
    assert append(upload, 4, io.BytesIO(b"456789")) == 10
    kept = files.adopt(upload.place, upload.name)
    assert files.place(kept.sha256).read_bytes() == b"0123456789"
    assert (kept.name, kept.size) == ("路演.pdf", 10)


def test_bytes_that_do_not_continue_the_file_are_refused(upload: Upload) -> None:
    append(upload, 0, io.BytesIO(b"0123"))
    with pytest.raises(Elsewhere):
        append(upload, 0, io.BytesIO(b"xxxx"))
    assert upload.place.read_bytes() == b"0123"


def test_more_bytes_than_announced_are_not_kept(upload: Upload) -> None:
    assert append(upload, 0, io.BytesIO(b"0123456789 and more")) == 10
    assert upload.received == 10


def pdf(path: Path) -> Path:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.save(path)
    return path


def office(path: Path, *, flag: int = 0) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    if flag:
        content = bytearray(path.read_bytes())
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            place = content.find(mark)
            while place >= 0:
                content[place + at] |= flag
                place = content.find(mark, place + 4)
        path.write_bytes(content)
    return path


def test_a_file_is_known_by_its_bytes_not_by_its_name(tmp_path: Path) -> None:
    assert file_kinds.kind_of(pdf(tmp_path / "a.docx")) == "pdf"
    assert file_kinds.kind_of(office(tmp_path / "a.pdf")) == "docx"
    video = tmp_path / "a.txt"
    video.write_bytes(film(b"mp42"))
    assert file_kinds.kind_of(video) == "mp4"
    file_kinds.check(video, ["video"])
    file_kinds.check(office(tmp_path / "b"), ["office"])
    with pytest.raises(Unreadable, match="not a PDF"):
        file_kinds.check(video, ["pdf"])
    for brand in (b"heic", b"mif1", b"avif", b"M4A "):  # the same container, and no video
        video.write_bytes(film(brand))
        with pytest.raises(Unreadable, match="not a MP4"):
            file_kinds.check(video, ["video"])


def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    broken = pdf(tmp_path / "a.pdf")
    broken.write_bytes(broken.read_bytes()[:40])
    with pytest.raises(Unreadable, match="damaged"):
        file_kinds.check(broken, ["pdf"])
    cut = office(tmp_path / "a.docx")
    cut.write_bytes(cut.read_bytes()[:-30])
    with pytest.raises(Unreadable, match="damaged"):
        file_kinds.check(cut, [])


def test_a_file_with_a_password_is_refused_with_what_to_do_in_wps_and_office(tmp_path: Path) -> None:
    for locked in (office(tmp_path / "zip", flag=1), ole(tmp_path / "ole"), locked_pdf(tmp_path / "pdf")):
        with pytest.raises(Unreadable, match=r"WPS.*Office"):
            file_kinds.check(locked, [])


def ole(path: Path) -> Path:
    """A workbook that Office encrypted: a compound file with a stream of that name."""
    return compound(path, {"EncryptionInfo": b"", "EncryptedPackage": b""})


def locked_pdf(path: Path) -> Path:
    """One page behind the standard security handler; the user's password is not empty."""
    path.write_bytes(LOCKED)
    return path


LOCKED = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/O<2055c756c72e1ad702608e8196acad447ad32d17cff583235f6dd15fed7dab67>\
/U<7150bd1da9d292af3627fca6a8dde1d696e25312041aed09059f9daee04353ae>/P -4>> endobj
trailer <</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]>>
%%EOF
"""
