"""The compound files of older Office programs and of WPS: which program's, whole or not, behind a password or not.

Read as [MS-CFB] lays them: sectors, chained by a table of which each entry is looked up where it stands.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap
from pathlib import Path

from campapp.core.soundness.mapped import mapped
from campapp.core.soundness.passwords import locks_slides, locks_text, locks_workbook
from campapp.core.soundness.words import BROKEN_OFFICE, UNLOCK
from campapp.core.text.language import Unreadable

PROGRAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
LOCKS = {"WordDocument": locks_text, "Workbook": locks_workbook, "Book": locks_workbook,
         "Current User": locks_slides}  # fmt: skip
MOST_ENTRIES = 1 << 16
SHORT, MINI = 4096, 64
"""A stream shorter than this lies in small sectors inside the root's."""
_LAST = 0xFFFFFFFA
"""Numbers from here on are no sectors."""
_STREAM = 2


def kind_in(path: Path) -> str:
    """`doc`, `xls`, `ppt` or `ole`, which is some other program's.

    Raises:
        Unreadable: it is damaged, or a newer document lies in it behind a password.
    """
    with mapped(path) as data:
        try:
            names = {entry.name for entry in Compound(data).outermost()}
        except (struct.error, IndexError):
            raise Unreadable(BROKEN_OFFICE) from None
    if "EncryptedPackage" in names:
        raise Unreadable(UNLOCK)
    return next((kind for name, kind in PROGRAMS.items() if name in names), "ole")


def check_compound(path: Path) -> None:
    """See that no stream reaches beyond the file, and no password is asked.

    Raises:
        Unreadable: it is not so.
    """
    with mapped(path) as data:
        try:
            compound = Compound(data)
            compound.walk()
            locked = any(
                LOCKS[entry.name](compound.beginning(entry))
                for entry in compound.outermost() if entry.name in LOCKS
            )  # fmt: skip
        except (struct.error, IndexError):
            raise Unreadable(BROKEN_OFFICE) from None
    if locked:
        raise Unreadable(UNLOCK)


@dataclass(frozen=True)
class Entry:
    """A stream or a folder of streams."""

    name: str
    kind: int
    before: int
    after: int
    child: int
    start: int
    size: int


class Compound:
    """A compound file. What is asked of one that is damaged ends in `IndexError` or `struct.error`."""

    def __init__(self, data: mmap) -> None:
        self.data = data
        version, _order, shift = struct.unpack_from("<HHH", data, 26)
        if shift not in {9, 12}:
            raise IndexError
        self.sector: int = 1 << shift
        self.sectors = -(-len(data) // self.sector)
        self.narrow = version < 4
        (directory,) = struct.unpack_from("<I", data, 48)
        self.table = self._table()
        self.entries = [self._entry(at) for at in self._entry_places(directory)]

    def _place(self, number: int) -> int:
        if not 0 <= number < min(self.sectors, _LAST):
            raise IndexError
        return (number + 1) * self.sector

    def _table(self) -> list[int]:
        """Where the sectors of the chaining table begin: 109 are listed in the header, the others in a chain."""
        listed, per = list(struct.unpack_from("<109I", self.data, 76)), self.sector // 4
        (following,) = struct.unpack_from("<I", self.data, 68)
        while following < _LAST:
            *more, following = struct.unpack_from(f"<{per}I", self.data, self._place(following))
            listed += more
            if len(listed) > self.sectors + 109 + per:
                raise IndexError
        return [self._place(number) for number in listed if number < _LAST]

    def chain(self, number: int) -> Iterator[int]:
        """The places of a chain's sectors; never more than the file has."""
        per = self.sector // 4
        for _count in range(self.sectors):
            if number >= _LAST:
                return
            yield self._place(number)
            (number,) = struct.unpack_from("<I", self.data, self.table[number // per] + number % per * 4)
        raise IndexError

    def _entry_places(self, directory: int) -> list[int]:
        places = list[int]()
        for start in self.chain(directory):
            places += range(start, start + self.sector, 128)
            if len(places) > MOST_ENTRIES:
                raise IndexError
        return places

    def _entry(self, at: int) -> Entry:
        length, kind, _colour, before, after, child = struct.unpack_from("<HBBIII", self.data, at + 64)
        start, size = struct.unpack_from("<IQ", self.data, at + 116)
        name = self.data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        return Entry(name, kind, before, after, child, start, size & 0xFFFFFFFF if self.narrow else size)

    def outermost(self) -> Iterator[Entry]:
        """What lies in no folder; a sheet inside a letter does."""
        waiting, seen = [self.entries[0].child], set[int]()
        while waiting:
            number = waiting.pop()
            if number >= _LAST or number in seen:
                continue
            seen.add(number)
            entry = self.entries[number]
            waiting += [entry.before, entry.after]
            yield entry

    def beginning(self, entry: Entry) -> bytes:
        """The first bytes of a stream, at most one sector's."""
        if entry.size >= SHORT:
            at = next(self.chain(entry.start))
            return self.data[at : at + self.sector]
        per = self.sector // MINI
        for number, at in enumerate(self.chain(self.entries[0].start)):
            if number == entry.start // per:
                start = at + entry.start % per * MINI
                return self.data[start : start + MINI]
        raise IndexError

    def walk(self) -> None:
        """Follow every stream to its end: each sector belongs to one, so all together are no more than the file's."""
        left = self.sectors
        for number, entry in enumerate(self.entries):
            if number and (entry.kind != _STREAM or entry.size < SHORT):
                continue
            rest = entry.size
            for at in self.chain(entry.start) if rest else ():
                if at + min(rest, self.sector) > len(self.data) or not left:
                    raise IndexError
                rest, left = max(0, rest - self.sector), left - 1
            if rest:
                raise IndexError
