"""Archives and newer Office files: every part, within bounds."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from campapp.core import file_kinds
from campapp.core.soundness import archives
from campapp.core.text.language import Unreadable
from tests.core.soundness.making import office


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    for number in range(2000):
        book.active.append([number, f"第{number}行", number * number])
    book.save(path)
    return path


def test_what_a_program_saved_is_taken(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    assert file_kinds.kind_of(path) == "xlsx"
    file_kinds.check(path, ["office"])


def test_an_office_file_whose_last_part_is_damaged_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = office(tmp_path / "a", parts=9)
    with zipfile.ZipFile(path) as archive:
        at = archive.infolist()[-1].header_offset + 400
    data = bytearray(path.read_bytes())
    data[at] ^= 0x55
    path.write_bytes(data)
    with pytest.raises(Unreadable, match=r"WPS.*Open and repair"):
        file_kinds.check(path, ["office"])


@pytest.mark.parametrize("share", [0.3, 0.99])
def test_an_office_file_cut_off_is_called_damaged_and_not_another_kind(tmp_path: Path, share: float) -> None:
    path = workbook(tmp_path / "a")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Unreadable, match="Open and repair"):
        file_kinds.check(path, ["office"])


def test_a_small_file_that_unpacks_to_gigabytes_is_refused_by_what_it_announces(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("zeros", bytes(1 << 20))
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(mark) + at
        data[place : place + 4] = (3 << 30).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="unpacks to far more"):
        file_kinds.check(path, [])


def test_a_part_that_unpacks_to_more_than_it_announces_is_read_no_further(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(64 << 20))
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(mark) + at
        data[place : place + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="damaged"):
        file_kinds.check(path, [])


def test_parts_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one", bytes(5000))
        first = archive.infolist()[0]
        for number in range(50):
            again = zipfile.ZipInfo(f"again {number}")
            again.CRC, again.file_size, again.compress_size = first.CRC, first.file_size, first.compress_size
            again.header_offset = first.header_offset
            archive.filelist.append(again)
        archive._didModify = True  # type: ignore[attr-defined]
    with pytest.raises(Unreadable, match="unpacks to far more"):
        file_kinds.check(path, [])


def test_a_list_of_too_many_parts_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = office(tmp_path / "a")
    monkeypatch.setattr(archives, "LARGEST_DIRECTORY", 100)
    with pytest.raises(Unreadable, match="unpacks to far more"):
        file_kinds.check(path, [])


def test_an_archive_packed_as_only_other_programs_know_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one", b"as Windows packs very large files")
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = data.find(mark) + at
        data[place : place + 2] = (9).to_bytes(2, "little")
    path.write_bytes(data)
    file_kinds.check(path, ["zip"])
    with pytest.raises(Unreadable, match="not a PDF"):
        file_kinds.check(path, ["pdf"])


def test_a_part_of_a_version_that_there_is_not_is_damage(tmp_path: Path) -> None:
    path = office(tmp_path / "a")
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x01\x02") + 6] = 127
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="damaged"):
        file_kinds.check(path, [])
