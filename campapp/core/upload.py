"""Uploads that can be interrupted.

The row says who sends what, and for which answer; how much has arrived is the size of the partial file itself, so
nothing acknowledged is lost when a connection, a process or the machine dies in between.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from flask import abort, current_app
from sqlalchemy import BigInteger, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from campapp.core import beats, clock, files
from campapp.core.access import Refused, find_by, visible
from campapp.core.action import transaction
from campapp.core.current import current
from campapp.core.db import Base, Stamped, db
from campapp.core.language import gettext as _
from campapp.core.soundness.words import EMPTY
from campapp.core.text.filenames import safe_name

KEPT = timedelta(days=7)
"""How long an unfinished upload may rest."""
REMEMBERED = timedelta(minutes=10)
"""How long a finished one is answered for: the last answer may be lost, and is asked for once more."""
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
    finished_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def place(self) -> Path:
        """The partial file."""
        return Path(current_app.config["SETTINGS"].files) / "partial" / self.token

    @property
    def received(self) -> int:
        """How many bytes lie on the disk."""
        return self.place.stat().st_size if self.place.exists() else 0

    @property
    def awaited(self) -> int:
        """Where the next bytes begin. The last byte is asked for once more until the file is an answer: whoever has
        sent all of it would not come back."""
        return self.size if self.finished_at else min(self.received, self.size - 1)

    def finish(self, at: datetime) -> None:
        """It is an answer now."""
        self.finished_at, self.expires_at = at, at + REMEMBERED


class Elsewhere(Exception):
    """The bytes do not continue where the file ends, or somebody else is writing it now."""


def new_token() -> str:
    """The secret part of an upload's address."""
    return secrets.token_urlsafe(24)


def make_room(event: str, kind: str, owner_id: int, key: str, name: str, size: int, *, most: int) -> Upload:
    """Inside an action: a row for a file that will come in pieces.

    Raises:
        Refused: there is nothing in it, or as many as `most` are on their way to this owner.  OSError: no room.
    """
    under_way = select(func.count()).where(
        Upload.owner_kind == kind, Upload.owner_id == owner_id, Upload.finished_at.is_(None)
    )
    if not size:
        raise Refused(event, str(EMPTY))
    if (db.session.scalar(under_way) or 0) >= most:
        words = _("%(n)s files are on their way already. Finish one or give it up first.", n=most)
        raise Refused(event, words)
    files.make_sure_of_room(size)
    upload = Upload(
        token=new_token(), owner_kind=kind, owner_id=owner_id, key=key, name=safe_name(name), size=size,
        account_id=current.actor.account_id,
    )  # fmt: skip
    db.session.add(upload)
    db.session.flush()
    return upload


def standing(kind: str, **where: Any) -> Upload:
    """An upload of the reader's that goes on, or was finished a moment ago; else 404."""
    upload = find_by(Upload, owner_kind=kind, **where)
    return abort(404) if upload.finished_at and upload.expires_at < clock.now() else upload


def unfinished(kind: str, owners: Collection[int], url: Callable[[Upload], str]) -> list[Unfinished]:
    """The files of these of which a part has arrived, as the reader sees them; `url`: where one is given up."""
    mine = visible(Upload).where(
        Upload.owner_kind == kind, Upload.owner_id.in_(owners), Upload.finished_at.is_(None)
    )
    return [
        Unfinished(one.key, one.name, one.received, one.size, url(one)) for one in db.session.scalars(mine)
    ]


def append(upload: Upload, offset: int, stream: IO[bytes]) -> int:
    """Add what the stream brings, beginning at `offset`, and give the new offset; what arrived before a broken
    connection stays.

    Raises:
        Elsewhere: the offset is not the end of the file, or another request is writing.  OSError: the disk is full.
    """
    with alone(upload) as out:
        return write(out, upload, offset, stream)


@contextmanager
def alone(upload: Upload) -> Iterator[IO[bytes]]:
    """The partial file, to this request alone; `Elsewhere` where another writes it or looks at it."""
    upload.place.parent.mkdir(parents=True, exist_ok=True)
    with upload.place.open("ab") as out:
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Elsewhere from None
        yield out


def write(out: IO[bytes], upload: Upload, offset: int, stream: IO[bytes]) -> int:
    """Add what the stream brings and give the new offset; `Elsewhere` where it does not begin at the end."""
    at = os.fstat(out.fileno()).st_size
    if at == upload.size == offset + 1:
        at = out.truncate(offset)
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
