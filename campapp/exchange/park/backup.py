"""Backup: every row of one consistent moment, and every file that a row names."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, select, text

from campapp.core import clock
from campapp.core.db import Base, db
from campapp.core.files import StoredFile, place
from campapp.exchange.park.rows import line
from campapp.settings import Settings

FORMAT = "campapp.backup/1"


def tables() -> list[Any]:
    """The tables in the order in which rows can be put back."""
    return list(Base.metadata.sorted_tables)


def revision(connection: Any) -> str:
    """At which migration the database is."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def write(target: Path, settings: Settings) -> dict[str, int]:
    """Write the backup beside its name and move it there when it is whole: how many rows each table has.

    The reading transaction sees one moment, however much is written meanwhile (SQLite's snapshot, PostgreSQL's
    repeatable read); files are never changed, so those that its rows name are there, but for those that were
    erased or swept away since.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    counts: dict[str, int] = {}
    try:
        with os.fdopen(handle, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            with db.engine.connect().execution_options(**_one_moment()) as connection, connection.begin():
                manifest = {"format": FORMAT, "revision": revision(connection), "at": clock.now().isoformat()}
                for table in tables():
                    counts[table.name] = _rows(archive, connection, table)
                names = list(connection.scalars(select(StoredFile.sha256).distinct()))
            names = [sha256 for sha256 in names if _packed(archive, sha256)]
            archive.writestr("secret", settings.secret())
            archive.writestr("manifest.json", json.dumps({**manifest, "rows": counts, "files": len(names)}))
        os.chmod(temporary, 0o600)  # noqa: PTH101  # the file is known by its descriptor's name only
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return counts


def _packed(archive: zipfile.ZipFile, sha256: str) -> bool:
    """Put a file in; whether it is there. One that is gone while a row still names it is an error."""
    try:
        archive.write(_file(sha256), f"files/{sha256}")
    except FileNotFoundError:
        if db.session.scalar(select(StoredFile.id).where(StoredFile.sha256 == sha256).limit(1)):
            raise
        return False
    return True


def _one_moment() -> dict[str, str]:
    return {} if db.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}


def _rows(archive: zipfile.ZipFile, connection: Any, table: Any) -> int:
    count = 0
    with archive.open(f"rows/{table.name}.jsonl", "w", force_zip64=True) as out:
        result = connection.execution_options(yield_per=500).execute(select(table).order_by(table.c.id))
        for row in result:
            out.write(line(row))
            count += 1
    return count


def _file(sha256: str) -> Path:
    return place(sha256)
