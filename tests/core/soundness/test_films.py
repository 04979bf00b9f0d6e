"""Films: every byte that their boxes announce, however large, without reading them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from campapp.core import file_kinds
from campapp.core.text.language import Unreadable
from tests.core.soundness.making import box, film

WEBM = (
    b"\x1aE\xdf\xa3\x84webm"
    b"\x18S\x80g\x01" + (41).to_bytes(7) + b"\x1fC\xb6u\x84pics" + b"\xec\x9e" + bytes(30)
)


@pytest.mark.parametrize(
    "content",
    [
        film(),
        film(b"qt  "),
        film() + b"\0\0\0",
        box(b"ftyp", b"iso5") + box(b"moov") + box(b"moof") + box(b"mdat", b"p") + box(b"moof") + box(b"mdat", b"p"),
        box(b"ftyp", b"isom") + box(b"moov") + struct.pack(">I4s", 0, b"mdat") + b"to the end",
        WEBM,
        WEBM.replace(b"\x01" + (41).to_bytes(7), b"\x01" + b"\xff" * 7),
    ],
)  # fmt: skip
def test_a_whole_film_is_taken(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    file_kinds.check(path, ["video"])


@pytest.mark.parametrize(
    "content",
    [
        film()[:30],
        film()[:1000],
        film()[:-1],
        film()[: -108],
        film()[:1000] + bytes(len(film()) - 1000),
        box(b"ftyp", b"isom") + box(b"moov") + box(b"mdat", b"p" * 900)[:-1],
        box(b"ftyp", b"isom") + box(b"moov"),
        WEBM[:-1],
        WEBM[:14],
        WEBM[:22],
    ],
)  # fmt: skip
def test_a_film_of_which_a_part_is_missing_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match="plays to the end"):
        file_kinds.check(path, ["video"])


def test_of_a_film_of_two_gigabytes_a_few_bytes_are_read(tmp_path: Path) -> None:
    path, pictures = tmp_path / "a", 2 << 30
    with path.open("wb") as out:
        out.write(box(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"mdat", 16 + pictures))
        out.seek(pictures, 1)  # a hole in the file: nothing lies on the disk
        out.write(box(b"moov", bytes(60)))
    file_kinds.check(path, ["video"])
    with path.open("r+b") as out:
        out.truncate(pictures)
    with pytest.raises(Unreadable, match="plays to the end"):
        file_kinds.check(path, ["video"])
