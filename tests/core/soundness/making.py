"""Files as cameras and programs write them, small, and what lines and sticks make of them."""

from __future__ import annotations

import io
import struct
import zipfile
from functools import cache
from pathlib import Path

from PIL import Image

SECTOR = 512
END, TABLE, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


@cache
def paper() -> bytes:
    """A page as a scanner writes it."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PDF")
    return out.getvalue()


def png() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "PNG")
    return out.getvalue()


def box(kind: bytes, content: bytes = b"") -> bytes:
    """A box of an MP4."""
    return struct.pack(">I4s", 8 + len(content), kind) + content


def film(brand: bytes = b"isom") -> bytes:
    """What a telephone writes: head, pictures, and the table of contents last."""
    return box(b"ftyp", brand + bytes(4)) + box(b"mdat", b"picture" * 300) + box(b"moov", bytes(100))


def office(path: Path, *, main: str = "word/document.xml", parts: int = 5) -> Path:
    """A document of several parts, the middle of each of which is text that cannot be packed to nothing."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(main, "<document/>")
        for number in range(parts):
            archive.writestr(
                f"word/media/{number}.xml", "".join(f"<p>{n * n * 7919}</p>" for n in range(500))
            )
    return path


def compound(path: Path, streams: dict[str, bytes]) -> Path:
    """An older Office file with these streams, each filled up so that it lies in sectors of its own; a stream
    named `Current User` is short and lies in the root's small sectors."""
    small = streams.get("Current User", b"")
    large = {name: content.ljust(4608, b"\0") for name, content in streams.items() if name != "Current User"}
    chains, bodies = list[int](), b""
    places = dict[str, int]()
    for name, content in {"": small.ljust(SECTOR, b"\0"), **large}.items():
        places[name], count = len(chains), -(-len(content) // SECTOR)
        chains += [*range(len(chains) + 1, len(chains) + count), END]
        bodies += content.ljust(count * SECTOR, b"\0")
    names = list(streams)
    entries = [_entry("Root Entry", 5, places[""], 64, child=1)]
    for number, name in enumerate(names, 1):
        after = number + 1 if number < len(names) else FREE
        short = name == "Current User"
        size = len(small) if short else len(large[name])
        entries.append(_entry(name, 2, 0 if short else places[name], size, after=after))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * SECTOR, b"\0")
    first, count = len(chains), len(directory) // SECTOR
    chains += [*range(first + 1, first + count), END]
    table = len(chains)
    chains.append(TABLE)
    assert len(chains) <= SECTOR // 4
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, first, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", table, *[FREE] * 108)
    path.write_bytes(
        header + bodies + directory + struct.pack(f"<{len(chains)}I", *chains).ljust(SECTOR, b"\xff")
    )
    return path


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE, after: int = FREE) -> bytes:
    letters = name.encode("utf-16-le")
    head = letters.ljust(64, b"\0") + struct.pack("<HBBIII", len(letters) + 2, kind, 1, FREE, after, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
