"""The files of many entries in one ZIP, named by one rule, with a sheet that says what is in it."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from campapp.applications.models import Application, EntryFile
from campapp.core import clock
from campapp.core.access import sight_of, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.files import StoredFile, place
from campapp.core.language import gettext as _
from campapp.core.sheet.writing import Sheet, write_xlsx
from campapp.core.text.filenames import distinct, plain, shortened
from campapp.teams.models import Member

FORBIDDEN = dict.fromkeys(map(ord, '<>:"/\\|?*'), "_")
BATCH = 200


@dataclass(frozen=True)
class Packed:
    """Where the ZIP lies, and how many files are in it."""

    place: Path
    number: int


@dataclass(frozen=True)
class Piece:
    """One file on its way into the ZIP, in plain values: a beat in between ends the reading transaction."""

    number: str
    project: str
    team: str
    captain: str
    key: str
    name: str
    size: int
    sha256: str


def pack(chosen: Sequence[int], zone: str, beat: Callable[[int], None]) -> Packed:
    """Write the ZIP into the files' folder, entry by entry; `beat(files)` hears how far it is.

    What the reader does not see is left out: the sights are asked as for the pages.
    """
    root = Path(current_app.config["SETTINGS"].files)
    root.mkdir(parents=True, exist_ok=True)
    rows: list[list[object]] = []
    made = tempfile.NamedTemporaryFile(dir=root, suffix=".zip", delete=False)  # noqa: SIM115  # stays
    try:
        with made, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            taken: set[str] = set()
            for done, piece in enumerate(_pieces(chosen)):
                name = distinct(path_of(piece), taken)
                archive.write(place(piece.sha256), name)
                rows.append([piece.number, piece.project, piece.team, piece.captain, piece.key, name, piece.size,
                             piece.sha256])  # fmt: skip
                beat(done + 1)
            archive.writestr(f"{_('Summary sheet')}.xlsx", _summary(rows, zone))
    except BaseException:
        Path(made.name).unlink(missing_ok=True)
        raise
    return Packed(Path(made.name), len(rows))


def path_of(piece: Piece) -> str:
    """编号-项目-负责人/field-name: what a person looks for first stands first.

    Some 200 characters in all, and 255 bytes of each part: Windows and Linux open no longer ones.
    """
    parts = (
        clean(piece.number, 12),
        clean(piece.project, 40),
        clean(piece.captain, 30) if piece.captain else "",
    )
    return f"{'-'.join(part for part in parts if part)}/{clean(piece.key, 24)}-{clean(piece.name, 70)}"


def clean(text: str, longest: int = 60) -> str:
    """A part of a path that every system takes."""
    return shortened(plain(text).translate(FORBIDDEN), longest, 3 * longest) or "_"


def _pieces(chosen: Sequence[int]) -> Iterator[Piece]:
    for start in range(0, len(chosen), BATCH):
        yield from _batch(chosen[start : start + BATCH])


def _batch(ids: Sequence[int]) -> list[Piece]:
    found = {row.id: row for row in db.session.scalars(visible(Application).where(Application.id.in_(ids)))}
    captains = _captains([row.team_id for row in found.values()])
    files = db.session.execute(
        select(EntryFile, StoredFile)
        .join(StoredFile, StoredFile.id == EntryFile.file_id)
        .where(
            EntryFile.application_id.in_(found),
            EntryFile.counts,
            sight_of(EntryFile, current.actor),
        )
        .order_by(EntryFile.application_id, EntryFile.id)
    )
    pieces = []
    for given, stored in files:
        entry = found[given.application_id]
        number = entry.number or str(entry.id)
        pieces.append(Piece(number, entry.project_title, entry.team_name, captains.get(entry.team_id, ""), given.key,
                            stored.name, stored.size, stored.sha256))  # fmt: skip
    return pieces


def _captains(teams: list[int]) -> dict[int, str]:
    rows = db.session.scalars(
        select(Member).where(Member.team_id.in_(teams), Member.captain.is_(True)).order_by(Member.id.desc())
    )
    return {row.team_id: row.name for row in rows}


def _summary(rows: list[list[object]], zone: str) -> bytes:
    headings = [
        _("Number"),
        _("Project"),
        _("Team"),
        _("Captain"),
        _("Field"),
        _("File"),
        _("Bytes"),
        "SHA-256",
    ]
    moment = f"{clock.now().astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
    made = io.BytesIO()
    write_xlsx(made, [Sheet(_("Files"), headings, rows, [_("As of %(moment)s", moment=moment)])], zone)
    return made.getvalue()
