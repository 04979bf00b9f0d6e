"""The index behind `Searchable`, for migrations: FTS5 with triggers on SQLite, GIN on PostgreSQL.

SQLite's batch operations build a table anew and lose its triggers: call `create_search_index` again after
them (it may be called at any time). `tables_without_index` finds what was forgotten.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

from sqlalchemy import Connection, MetaData, Table, event, inspect, text

_SUFFIX = "_search"
# What FTS5 keeps beside each of its tables.
_OF_FTS5 = re.compile(rf"{_SUFFIX}(?:_data|_idx|_docsize|_config|_content)?$")


class Operations(Protocol):
    """What is needed of Alembic's `op`."""

    def get_bind(self) -> Any: ...
    def execute(self, sqltext: Any) -> Any: ...


def index_name(table: str) -> str:
    """What the search index of a table is called."""
    return f"{table}{_SUFFIX}"


def create_search_index(op: Operations, table: str) -> None:
    """Make (or make anew) the index of a table that has the columns of `Searchable`, and fill it."""
    drop_search_index(op, table)
    for statement in _creating(op.get_bind().dialect.name, table):
        op.execute(text(statement))


def drop_search_index(op: Operations, table: str) -> None:
    """Remove the index; the columns stay. Nothing happens where there is none."""
    index = index_name(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(text(f'DROP INDEX IF EXISTS "{index}"'))
        return
    for moment in ("insert", "delete", "update"):
        op.execute(text(f'DROP TRIGGER IF EXISTS "{index}_{moment}"'))
    op.execute(text(f'DROP TABLE IF EXISTS "{index}"'))


def is_search_table(name: str | None) -> bool:
    """Whether a table or index belongs to search, for Alembic's `include_object`: it is not in the models."""
    return bool(name and _OF_FTS5.search(name))


def tables_without_index(connection: Connection, metadata: MetaData) -> list[str]:
    """Searchable tables whose index or one of its triggers is missing."""
    searchable = [table.name for table in metadata.sorted_tables if "search_terms" in table.c]
    if connection.dialect.name == "postgresql":
        found = inspect(connection)
        return [t for t in searchable if index_name(t) not in {i["name"] for i in found.get_indexes(t)}]
    made = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")))
    needed = ("", "_insert", "_delete", "_update")
    return [t for t in searchable if not all(index_name(t) + part in made for part in needed)]


def _creating(dialect: str, table: str) -> list[str]:
    index = index_name(table)
    if dialect == "postgresql":
        return [f'CREATE INDEX "{index}" ON "{table}" USING gin (array_to_tsvector(search_terms))']
    add = f'INSERT INTO "{index}"(rowid, search_terms) VALUES (new.id, new.search_terms);'  # noqa: S608
    take = (
        f'INSERT INTO "{index}"("{index}", rowid, search_terms) '  # noqa: S608  # a table's own name
        "VALUES ('delete', old.id, old.search_terms);"
    )
    columns = f'search_terms, content="{table}", content_rowid="id"'
    options = "tokenize='ascii', detail='none', columnsize=0"
    changed = f'UPDATE OF search_terms ON "{table}" WHEN old.search_terms IS NOT new.search_terms'
    return [
        f'CREATE VIRTUAL TABLE "{index}" USING fts5({columns}, {options})',
        f'CREATE TRIGGER "{index}_insert" AFTER INSERT ON "{table}" BEGIN {add} END',
        f'CREATE TRIGGER "{index}_delete" AFTER DELETE ON "{table}" BEGIN {take} END',
        f'CREATE TRIGGER "{index}_update" AFTER {changed} BEGIN {take} {add} END',
        f'INSERT INTO "{index}"("{index}") VALUES (\'rebuild\')',  # noqa: S608
    ]


class OnConnection:
    """What has a connection and no Alembic, as `metadata.create_all`, makes and drops an index by this."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get_bind(self) -> Connection:
        return self.connection

    def execute(self, sqltext: Any) -> None:
        self.connection.execute(sqltext)


@event.listens_for(Table, "after_create")
def _with_the_table(table: Table, connection: Connection, **_: Any) -> None:
    if "search_terms" in table.c:
        create_search_index(OnConnection(connection), table.name)


@event.listens_for(Table, "before_drop")
def _before_the_table(table: Table, connection: Connection, **_: Any) -> None:
    if "search_terms" in table.c:
        drop_search_index(OnConnection(connection), table.name)
