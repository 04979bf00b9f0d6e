"""Files: by content hash outside the web root, their kind read from the content, served as attachments."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask import Response, current_app, send_file
from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core.db import Base, Stamped, db
from campapp.core.text.filenames import safe_name

CHUNK = 1 << 20
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)


class StoredFile(Stamped, Base):
    """A file's name, size, kind and where its bytes lie."""

    __tablename__ = "files"

    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))  # SQLite's have 64 bits
    media_type: Mapped[str] = mapped_column(String(100))
    account_id: Mapped[int | None] = mapped_column(default=None)


@dataclass(frozen=True)
class ShownFile:
    """A file of an answer as pages show it."""

    id: int
    key: str
    name: str
    size: int
    url: str
    is_pdf: bool
    """Its pages can be looked at as pictures, at `url` + `/sheets`."""
    confidential: bool = False


class FileTooLarge(Exception):
    """More bytes than allowed; nothing was kept."""


def keep(stream: IO[bytes], name: str, *, limit: int, account_id: int | None = None) -> StoredFile:
    """Write the bytes to disk durably (before any action) and give a row for them, not yet added.

    Raises:
        FileTooLarge: more than `limit` bytes.  OSError: the disk is full; nothing was kept.
    """
    root = Path(current_app.config["SETTINGS"].files)
    root.mkdir(parents=True, exist_ok=True)
    digest, size, head = hashlib.sha256(), 0, b""
    handle, temporary = tempfile.mkstemp(dir=root)
    try:
        with os.fdopen(handle, "wb") as out:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise FileTooLarge(name)
                head = head or chunk[:512]
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            make_sure_of_room(0)
            os.fsync(out.fileno())
        target = place(digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return _row(name, digest.hexdigest(), size, head, account_id)


def make_sure_of_room(size: int) -> None:
    """Nothing is to grow beyond what a limited park's folder may hold.

    Raises:
        OSError: so much more would be too much.
    """
    settings = current_app.config["SETTINGS"]
    if settings.most_bytes and size + _held(settings.data) > settings.most_bytes:
        raise OSError(errno.EDQUOT, "this park's folder holds as much as it may")


def _held(folder: Path) -> int:
    """Bytes in a folder, which others change meanwhile."""
    total = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += (Path(place) / name).stat().st_size
    return total


def adopt(partial: Path, name: str, *, account_id: int | None = None) -> StoredFile:
    """Take over a file that lies on our disk already, durably; gives a row for it, not yet added."""
    digest, head = hashlib.sha256(), b""
    with partial.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            head = head or chunk[:512]
            digest.update(chunk)
    target = place(digest.hexdigest())
    size = partial.stat().st_size
    target.parent.mkdir(parents=True, exist_ok=True)
    partial.touch()  # however long it was on its way, its row is only now being written
    partial.replace(target)
    return _row(name, digest.hexdigest(), size, head, account_id)


def _row(name: str, sha256: str, size: int, head: bytes, account_id: int | None) -> StoredFile:
    return StoredFile(
        name=safe_name(name), sha256=sha256, size=size, media_type=media_type(head), account_id=account_id
    )


def place(sha256: str) -> Path:
    """Where the bytes of a hash lie."""
    return Path(current_app.config["SETTINGS"].files) / sha256[:2] / sha256


def media_type(head: bytes) -> str:
    """The kind of a file by its first bytes; what is not known is just bytes."""
    return next(
        (kind for signature, kind in SIGNATURES if head.startswith(signature)), "application/octet-stream"
    )


def send(file: StoredFile, *, inline: bool = False) -> Response:
    """The bytes, as an attachment; pictures of ours may stand inline."""
    shown = inline and file.media_type in {"image/png", "image/jpeg"}
    response = send_file(
        place(file.sha256),
        mimetype=file.media_type,
        as_attachment=not shown,
        download_name=file.name,
        max_age=0,
        etag=file.sha256,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def add(file: StoredFile) -> StoredFile:
    """Put a kept file's row into the running action's transaction."""
    db.session.add(file)
    db.session.flush()
    return file
