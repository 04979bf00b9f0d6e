"""Older Office files: by the program's own streams, whole, and without a password."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from campapp.core import file_kinds
from campapp.core.soundness.passwords import opens
from campapp.core.text.language import Unreadable
from tests.core.soundness.making import compound

BEGIN = struct.pack("<HH16x", 0x0809, 16)
TEXT = b"\xec\xa5\xc1\x00" + bytes(6)
PASSWORD1 = bytes.fromhex(
    "010001000100" "e8772c1d91c56a37964761b280183217" "c9e997d454973d310bb1ba701426837e"
    "b1de178f07e989c44dae5e4cf96ac407"
)  # fmt: skip
"""The published example: a workbook behind "password1"."""


def slides(token: int) -> bytes:
    return struct.pack("<HHIII", 0, 0x0FF6, 32, 20, token) + bytes(20)


@pytest.mark.parametrize(
    ("streams", "kind"),
    [
        ({"WordDocument": TEXT + b"\x00\x00", "1Table": b""}, "doc"),
        ({"Workbook": BEGIN + struct.pack("<HH", 0x00E1, 2)}, "xls"),
        ({"PowerPoint Document": b"", "Current User": slides(0xE391C05F)}, "ppt"),
    ],
)
def test_an_older_office_file_is_known_by_its_streams_and_taken(
    tmp_path: Path, streams: dict[str, bytes], kind: str
) -> None:
    path = compound(tmp_path / "a", streams)
    assert file_kinds.kind_of(path) == kind
    file_kinds.check(path, ["office"])


@pytest.mark.parametrize(
    "streams",
    [
        {"WordDocument": TEXT + b"\x00\x01", "1Table": b""},
        {"Workbook": BEGIN + struct.pack("<HH", 0x0086, 0) + struct.pack("<HH", 0x002F, 54) + PASSWORD1},
        {"Book": BEGIN + struct.pack("<HHHH", 0x002F, 4, 0x1234, 0x5678)},
        {"PowerPoint Document": b"", "Current User": slides(0xF3D1C4DF)},
        {"EncryptionInfo": b"", "EncryptedPackage": b""},
    ],
)
def test_an_older_office_file_behind_a_password_is_refused_with_what_to_do(
    tmp_path: Path, streams: dict[str, bytes]
) -> None:
    with pytest.raises(Unreadable, match=r"WPS.*Office"):
        file_kinds.check(compound(tmp_path / "a", streams), ["office"])


def test_a_workbook_that_excel_locks_by_itself_asks_nobody_and_is_taken(tmp_path: Path) -> None:
    """Protecting its structure does that; the check word is the one of `VelvetSweatshop`."""
    path = compound(tmp_path / "a", {"Workbook": BEGIN + struct.pack("<HHHHH", 0x002F, 6, 0, 0xB359, 0x9A0A)})
    file_kinds.check(path, ["office"])


@pytest.mark.parametrize(
    ("bits", "check", "digest"),
    [
        (128, "a024a295d910dcd16b2b69c9dfef1919", "74a70eb0e7278136e857318b9e9a13d19115d50b"),
        (0, "c872728f14b55d849b7dde3f7cfd96a7", "d5e6c96d597b070d79bf31b1599eddf2ece8d44b"),
    ],
)
def test_so_is_one_that_it_locks_by_itself_in_the_newest_way(
    tmp_path: Path, bits: int, check: str, digest: str
) -> None:
    """Made with another program's cipher; a key of no length is one of forty bits."""

    def locked(bits: int, size: int = 36) -> bytes:
        header = struct.pack("<IIIIIIII", 0, 0, 0x6801, 0x8004, bits, 1, 0, 0) + b"CSP\0"
        record = struct.pack("<HHHII", 1, 2, 2, 0, size) + header
        record += struct.pack("<I", 16) + bytes(range(16)) + bytes.fromhex(check)
        return record + struct.pack("<I", 20) + bytes.fromhex(digest)

    record = locked(bits)
    path = compound(tmp_path / "a", {"Workbook": BEGIN + struct.pack("<HH", 0x002F, len(record)) + record})
    file_kinds.check(path, ["office"])
    assert not opens(record, "another")
    for broken in (
        locked(1),
        locked(1 << 31),
        locked(bits, 0),
        locked(bits, 1 << 31),
        record[:40],
        record[:14],
    ):
        assert not opens(broken, "VelvetSweatshop")


def test_a_password_is_told_from_another() -> None:
    assert opens(PASSWORD1, "password1")
    assert not opens(PASSWORD1, "VelvetSweatshop")


def test_a_sheet_inside_a_letter_does_not_make_it_a_workbook(tmp_path: Path) -> None:
    path = compound(tmp_path / "a", {"WordDocument": TEXT + b"\x00\x00", "Workbook": BEGIN})
    data = bytearray(path.read_bytes())
    second = data.find("Workbook".encode("utf-16-le"))
    first = data.find("WordDocument".encode("utf-16-le"))
    data[first + 72 : first + 76] = b"\xff" * 4  # no longer its sibling: it lies in a folder
    path.write_bytes(data)
    assert second > first
    assert file_kinds.kind_of(path) == "doc"


@pytest.mark.parametrize("rest", [100, 600, 1500, 5000])
def test_an_older_office_file_that_was_cut_is_refused(tmp_path: Path, rest: int) -> None:
    path = compound(tmp_path / "a", {"WordDocument": TEXT + b"\x00\x00", "1Table": b""})
    path.write_bytes(path.read_bytes()[:rest])
    with pytest.raises(Unreadable, match="damaged"):
        file_kinds.check(path, ["office"])


def test_a_chain_that_runs_in_a_circle_ends_the_reading(tmp_path: Path) -> None:
    path = compound(tmp_path / "a", {"WordDocument": TEXT + b"\x00\x00", "1Table": b""})
    data = bytearray(path.read_bytes())
    table = len(data) - 512
    for number in range(20):
        struct.pack_into("<I", data, table + number * 4, number)
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="damaged"):
        file_kinds.check(path, ["office"])


def test_a_stream_longer_than_the_file_is_refused(tmp_path: Path) -> None:
    path = compound(tmp_path / "a", {"WordDocument": TEXT + b"\x00\x00"})
    data = bytearray(path.read_bytes())
    entry = data.find("WordDocument".encode("utf-16-le"))
    struct.pack_into("<Q", data, entry + 120, 1 << 30)
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="damaged"):
        file_kinds.check(path, ["office"])
