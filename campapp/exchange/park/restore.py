"""Restore: into an empty place only, unless it is to be replaced; on either database."""

from __future__ import annotations

import json
import zipfile
from itertools import islice
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import func, insert, select, text, update

from campapp.core.db import db, write_transaction
from campapp.core.files import place
from campapp.core.search_filling import fill_all
from campapp.exchange.park.backup import FORMAT, revision, tables
from campapp.exchange.park.rows import values
from campapp.settings import Settings

BATCH = 500
LATER = {("applications", "submission_id")}
"""A column that names a row of a table that comes later: written when both are there."""


class NotEmpty(Exception):
    """There is a park here already."""


class Unusable(Exception):
    """This file is no backup that this version takes."""


def read(source: Path, settings: Settings, *, replace: bool = False) -> dict[str, int]:
    """Put everything back: how many rows each table has.

    Raises:
        NotEmpty: the place holds rows, and `replace` was not asked for.
        Unusable: no backup, or one of a newer version.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            if manifest.get("format") != FORMAT:
                raise Unusable(f"{source} is no campapp backup")
            upgrade()
            _check_empty(replace)
            counts = _fill(archive, manifest.get("revision"))
            _files(archive)
            _secret(archive, settings)
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as problem:
        raise Unusable(f"{source} is no campapp backup") from problem
    return counts


def _check_empty(replace: bool) -> None:
    with db.engine.connect() as connection:
        held = any(connection.scalar(select(func.count()).select_from(table)) for table in tables())
    if held and not replace:
        raise NotEmpty


def _fill(archive: zipfile.ZipFile, written_at: str | None) -> dict[str, int]:
    counts: dict[str, int] = {}
    later: list[tuple[Any, str, int, Any]] = []
    with write_transaction(), db.engine.begin() as connection:
        for name, column in LATER:
            table = next(one for one in tables() if one.name == name)
            connection.execute(update(table).values({column: None}))
        for table in reversed(tables()):
            connection.execute(table.delete())
        for table in tables():
            counts[table.name] = _table(archive, connection, table, later)
        for table, column, row_id, value in later:
            connection.execute(update(table).where(table.c.id == row_id).values({column: value}))
        if written_at != revision(connection):  # an older version may have searched less
            fill_all(connection)
        if db.engine.dialect.name == "postgresql":
            _count_on(connection)
    return counts


def _table(
    archive: zipfile.ZipFile, connection: Any, table: Any, later: list[tuple[Any, str, int, Any]]
) -> int:
    count = 0
    if f"rows/{table.name}.jsonl" not in archive.namelist():
        return 0
    with archive.open(f"rows/{table.name}.jsonl") as lines:
        while batch := [values(table, text_) for text_ in islice(lines, BATCH)]:
            for row in batch:
                for name, column in LATER:
                    if table.name == name and row.get(column) is not None:
                        later.append((table, column, row["id"], row.pop(column)))
                        row[column] = None
            connection.execute(insert(table), batch)
            count += len(batch)
    return count


def _count_on(connection: Any) -> None:
    """Let PostgreSQL's sequences go on behind the highest id."""
    for table in tables():
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
        if sequence:
            highest = connection.scalar(select(func.max(table.c.id))) or 0
            connection.execute(
                text("SELECT setval(CAST(:sequence AS regclass), :value, :called)"),
                {"sequence": sequence, "value": max(highest, 1), "called": highest > 0},
            )


def _files(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        sha256 = name.removeprefix("files/")
        if name.startswith("files/") and len(sha256) == 64 and sha256.isalnum():
            target = place(sha256)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))


def _secret(archive: zipfile.ZipFile, settings: Settings) -> None:
    path = settings.data / "secret"
    path.write_bytes(archive.read("secret"))
    path.chmod(0o600)
