"""Pictures: whole or not, by their own structure."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from campapp.core import file_kinds
from campapp.core.text.language import Unreadable
from tests.core.soundness.making import box


def picture(path: Path, kind: str, **options: object) -> Path:
    image = Image.effect_noise((320, 240), 90).convert("RGB")
    image.save(path, kind, **options)
    return path


WAYS = [("JPEG", {}), ("JPEG", {"progressive": True}), ("JPEG", {"restart_marker_rows": 1}),
        ("JPEG", {"exif": b"Exif\0\0" + b"\xff\xd9" * 40}), ("PNG", {}), ("PNG", {"optimize": True})]  # fmt: skip


@pytest.mark.parametrize(("kind", "options"), WAYS)
def test_a_whole_picture_is_taken_also_with_something_behind_it(
    tmp_path: Path, kind: str, options: dict[str, object]
) -> None:
    path = picture(tmp_path / "a", kind, **options)
    file_kinds.check(path, ["jpg", "png"])
    path.write_bytes(path.read_bytes() + b"what a telephone adds" * 9)
    file_kinds.check(path, ["jpg", "png"])


@pytest.mark.parametrize("share", [0.01, 0.5, 0.97])
@pytest.mark.parametrize(("kind", "options"), WAYS)
def test_a_picture_cut_off_or_ending_in_zeros_is_refused(
    tmp_path: Path, kind: str, options: dict[str, object], share: float
) -> None:
    path = picture(tmp_path / "a", kind, **options)
    whole = path.read_bytes()
    kept = max(12, int(len(whole) * share))
    for rest in (b"", bytes(len(whole) - kept)):
        path.write_bytes(whole[:kept] + rest)
        with pytest.raises(Unreadable, match="not whole"):
            file_kinds.check(path, ["jpg", "png"])


def test_a_png_of_which_one_byte_is_another_is_refused(tmp_path: Path) -> None:
    path = picture(tmp_path / "a", "PNG")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="not whole"):
        file_kinds.check(path, [])


def test_a_small_file_of_too_many_pixels_is_refused_without_being_unpacked(tmp_path: Path) -> None:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    path = tmp_path / "a"
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"x") + chunk(b"IEND", b""))
    with pytest.raises(Unreadable, match="250 million"):
        file_kinds.check(path, ["png"])
    jpeg = picture(tmp_path / "b", "JPEG")
    data = bytearray(jpeg.read_bytes())
    struct.pack_into(">HH", data, data.find(b"\xff\xc0") + 5, 60_000, 60_000)
    jpeg.write_bytes(data)
    with pytest.raises(Unreadable, match="250 million"):
        file_kinds.check(jpeg, ["jpg"])


def test_a_picture_in_a_telephones_container_is_looked_at_by_its_boxes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    whole = box(b"ftyp", b"heic" + bytes(4)) + box(b"meta", bytes(80)) + box(b"mdat", b"p" * 500)
    path.write_bytes(whole)
    file_kinds.check(path, [])
    path.write_bytes(whole[:300])
    with pytest.raises(Unreadable, match="not whole"):
        file_kinds.check(path, [])
