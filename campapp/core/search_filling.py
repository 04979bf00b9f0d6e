"""The stored terms of rows that are there already: for migrations, and for rows of an older backup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, TableClause, Text, bindparam, column, select, table, update

from campapp.core.db import Base
from campapp.core.search import Searchable, Terms, search_columns

BATCH = 1_000


def fill(connection: Connection, name: str, searched: Sequence[str], spelled: Sequence[str] = ()) -> None:
    """Write both columns of `Searchable` anew in every row of a table. Make its index anew after it."""
    rows = table(
        name,
        column("id"),
        column("search_text", Text()),
        column("search_terms", Terms()),
        *map(column, searched),
    )
    wanted = (
        update(rows)
        .where(rows.c.id == bindparam("row"))
        .values(search_text=bindparam("held"), search_terms=bindparam("terms"))
    )
    for batch in _batches(connection, rows):
        made = [_made(row, searched, spelled) for row in batch]
        connection.execute(wanted, made)


def fill_all(connection: Connection) -> None:
    """The same for every table of the park that is searched."""
    for mapper in Base.registry.mappers:
        model: Any = mapper.class_
        if issubclass(model, Searchable) and model.__table__.metadata is Base.metadata:
            fill(connection, model.__tablename__, model.searched, model.spelled)


def _made(row: Any, searched: Sequence[str], spelled: Sequence[str]) -> dict[str, Any]:
    texts = ([str(row[name]) for name in names if row[name]] for names in (searched, spelled))
    found = search_columns(*texts)
    return {"row": row["id"], "held": found["search_text"], "terms": found["search_terms"]}


def _batches(connection: Connection, rows: TableClause) -> Iterator[Sequence[Any]]:
    last = 0
    while True:
        statement = select(rows).where(rows.c.id > last).order_by(rows.c.id).limit(BATCH)
        batch = connection.execute(statement).mappings().all()
        if not batch:
            return
        yield batch
        last = batch[-1]["id"]
