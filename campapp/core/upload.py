"""Uploads that can be interrupted: the server's half of tus 1.0.0 (https://tus.io/protocols/resumable-upload).

The row says who sends what, and for which answer; how much has arrived is the size of the partial file itself, so
nothing acknowledged is lost when a connection, a process or the machine dies in between.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from flask import Response, abort, current_app, jsonify, request
from sqlalchemy import BigInteger, String, select
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core import beats, clock, file_kinds, files
from campapp.core.access import Refused
from campapp.core.action import transaction
from campapp.core.current import current
from campapp.core.db import Base, Stamped, db
from campapp.core.files import StoredFile
from campapp.core.text.language import Unreadable

PROTOCOL = "1.0.0"
KEPT = timedelta(days=7)
"""How long an unfinished upload may rest."""
CHUNK = 1 << 16


class Upload(Stamped, Base):
    """A file on its way: its name and length, and the answer that it will be."""

    __tablename__ = "uploads"

    token: Mapped[str] = mapped_column(String(64), unique=True)
    owner_kind: Mapped[str] = mapped_column(String(40))
    owner_id: Mapped[int] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(BigInteger)
    account_id: Mapped[int | None] = mapped_column(default=None)
    expires_at: Mapped[datetime] = mapped_column(default_factory=lambda: clock.now() + KEPT)

    @property
    def place(self) -> Path:
        """The partial file."""
        return Path(current_app.config["SETTINGS"].files) / "partial" / self.token

    @property
    def received(self) -> int:
        """How many bytes lie on the disk."""
        return self.place.stat().st_size if self.place.exists() else 0


class Elsewhere(Exception):
    """The bytes do not continue where the file ends, or somebody else is writing it now."""


def new_token() -> str:
    """The secret part of an upload's address."""
    return secrets.token_urlsafe(24)


def append(upload: Upload, offset: int, stream: IO[bytes]) -> int:
    """Add what the stream brings, beginning at `offset`, and give the new offset; what arrived before a broken
    connection stays.

    Raises:
        Elsewhere: the offset is not the end of the file, or another request is writing.  OSError: the disk is full.
    """
    upload.place.parent.mkdir(parents=True, exist_ok=True)
    with upload.place.open("ab") as out:
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Elsewhere from None
        at = os.fstat(out.fileno()).st_size
        if at != offset:
            raise Elsewhere
        try:
            while at < upload.size and (chunk := stream.read(min(CHUNK, upload.size - at))):
                out.write(chunk)
                at += len(chunk)
        finally:
            out.flush()
            os.fsync(out.fileno())
    return at


def answer(upload: Upload, status: int = 204, **headers: str) -> Response:
    """What the protocol wants said of an upload."""
    response = Response(status=status)
    response.headers.update({
        "Tus-Resumable": PROTOCOL, "Upload-Offset": str(upload.received), "Upload-Length": str(upload.size),
        "Upload-Expires": upload.expires_at.strftime("%a, %d %b %Y %H:%M:%S GMT"), "Cache-Control": "no-store",
        **headers,
    })  # fmt: skip
    return response


def gone() -> Response:
    """What the protocol wants said of an upload that was given up."""
    return Response(status=204, headers={"Tus-Resumable": PROTOCOL})


def asked_length(limit: int) -> int:
    """The length that a creation announces; 412, 400 or 413 where it cannot be taken."""
    if request.headers.get("Tus-Resumable") != PROTOCOL:
        abort(412)
    length = request.headers.get("Upload-Length", "")
    if not length.isdecimal() or len(length) > 15:
        abort(400)
    if int(length) > limit:
        abort(413)
    return int(length)


def asked_offset() -> int:
    """Where the bytes of a PATCH begin; 412, 415 or 400 where it is not one of the protocol's."""
    if request.headers.get("Tus-Resumable") != PROTOCOL:
        abort(412)
    if request.mimetype != "application/offset+octet-stream":
        abort(415)
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isdecimal() or len(offset) > 15:
        abort(400)
    return int(offset)


def announced_name() -> str:
    """The file's name out of `Upload-Metadata`: `filename` and its base64."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                break
    return "file"


def take_piece(
    upload: Upload, kinds: list[str], finish: Callable[[StoredFile], None], give_up: Callable[[Upload], None]
) -> Response:
    """The next bytes; with the last ones the file is looked at and handed to `finish`.

    What cannot be taken is given up with words that say why, and nothing of it stays.
    """
    try:
        append(upload, asked_offset(), request.stream)
    except Elsewhere:
        return answer(upload, 409)
    if upload.received < upload.size:
        return answer(upload)
    whole, place, name = answer(upload), upload.place, upload.name
    try:
        file_kinds.check(place, kinds)
        finish(files.adopt(place, name, account_id=current.actor.account_id))
    except (Unreadable, Refused) as problem:
        give_up(upload)
        place.unlink(missing_ok=True)
        return refused(f"{name}: {problem.reason}")
    return whole


def refused(words: str) -> Response:
    """What cannot be taken, with the words that the page shows."""
    response = jsonify(error=words)
    response.status_code = 422
    return response


def drop(upload: Upload, give_up: Callable[[Upload], None]) -> None:
    """Given up by whoever sends it: row and bytes."""
    place = upload.place
    give_up(upload)
    place.unlink(missing_ok=True)


@dataclass(frozen=True)
class Unfinished:
    """A file of which a part has arrived, as the page of its question shows it."""

    key: str
    name: str
    received: int
    size: int
    url: str
    """Where it is given up."""


@beats.every(timedelta(hours=1))
def sweep() -> int:
    """Drop uploads that nobody continued; `sweeping` finds partial files that belong to none."""
    with transaction():
        stale = db.session.scalars(select(Upload).where(Upload.expires_at < clock.now()).limit(500)).all()
        for upload in stale:
            upload.place.unlink(missing_ok=True)
            db.session.delete(upload)
    return len(stale)
