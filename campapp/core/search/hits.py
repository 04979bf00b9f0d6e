"""Which rows a query finds: one meaning, asked of FTS5 on SQLite and of GIN on PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Text,
    and_,
    bindparam,
    false,
    inspect,
    or_,
    text,
    true,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from campapp.core.search.columns import Searchable, in_hex
from campapp.core.search_index import index_name
from campapp.core.text.terms import Asked, asked, plain

COMMON = 1_000
"""Hits from which on a query is common: its rows are looked at as they come, and counted no further."""
ASKED = 2 * COMMON
"""So many hits of a common query are counted at all, the newest."""


def matches(model: Any, query: str, *, common: bool = False, newest: int = 0) -> ColumnElement[bool]:
    """Rows of a `Searchable` model (or its alias) that hold every word of `query`; all where it is empty.

    Chinese is met in one piece, other words by their beginning, and names in letters: by pinyin or its initials.
    With `common` (see `is_common`) SQLite looks at each row that it comes to instead of collecting all hits first;
    the hits are the same. With `newest` it asks its index for so many hits, the newest, and no other row: for counting
    to a bound.
    """
    if not query.strip():
        return true()
    wanted = asked(query)
    if not wanted:
        return false()
    parts = [model.id, model.search_terms, bindparam(None, wanted, _Wanted(), unique=True)]
    found: ColumnElement[bool]
    if newest:
        found = _AmongNewest(*parts, bindparam(None, newest, Integer(), unique=True))
    elif common:
        pieces = [f" {in_hex(term)} " for term in wanted.exact] + [
            f" {in_hex(term)}" for term in (*wanted.begins, *filter(None, [wanted.joined]))
        ]
        looked_at = _InRowOrJoined if wanted.joined else _InRow
        found = looked_at(*parts, *(bindparam(None, piece, Text(), unique=True) for piece in pieces))
    else:
        found = _InIndex(*parts)
    return and_(found, *(model.search_text.contains(phrase, autoescape=True) for phrase in wanted.phrases))


def is_common(session: Session, model: type[Searchable], query: str, bound: int = COMMON) -> bool:
    """Whether SQLite's index alone has more than `bound` hits; PostgreSQL plans by its own statistics."""
    return hits_up_to(bound + 1, session, model, query) > bound


def hits_up_to(most: int, session: Session, model: type[Searchable], query: str) -> int:
    """How many hits SQLite's index has, counted so far; 0 on PostgreSQL."""
    wanted = asked(query)
    if not wanted or session.get_bind().dialect.name != "sqlite":
        return 0
    index = index_name(inspect(model).local_table.name)
    # Newest first, FTS5 hands over one hit after the other; in no order it gathers all of them before the first.
    hits = f'SELECT 1 FROM "{index}" WHERE "{index}" MATCH :wanted ORDER BY rowid DESC LIMIT :bound'  # noqa: S608  # a table's own name
    counted = text(f"SELECT count(*) FROM ({hits})")  # noqa: S608  # as above
    return int(session.scalar(counted, {"wanted": _fts5(wanted), "bound": most}) or 0)


def picks(model: Any, typed: str) -> ColumnElement[bool]:
    """Rows of an `InPinyinOrder` model whose name a picker offers for what was typed: 百, bd, baidu."""
    letters = "".join(plain(typed).split())
    if not letters:
        return true()
    names = [getattr(model, name).icontains(typed.strip(), autoescape=True) for name in model.pinyin_of]
    by_letters = [_begins(column, letters) for column in (model.pinyin_initials, model.pinyin_spelling)]
    return or_(*names, *by_letters)


def _begins(column: ColumnElement[str], letters: str) -> ColumnElement[bool]:
    # A range uses the column's index on both databases; LIKE does so on neither without more ado.
    return and_(column >= letters, column < letters + "\U0010ffff")


class _Wanted(TypeDecorator[Asked]):
    """A query, bound in the language of the database's index."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Asked | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return _tsquery(value) if dialect.name == "postgresql" else _fts5(value)


class _InIndex(FunctionElement[bool]):
    """(id, terms, wanted): the index finds the row."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> _InIndex:
        """Itself: the `= 1` that SQLAlchemy gives booleans on SQLite would keep its planner from the index."""
        return self


class _InRow(_InIndex):
    """(id, terms, wanted, piece…): the row itself is looked at."""

    inherit_cache = True


class _InRowOrJoined(_InRow):
    """(id, terms, wanted, piece…, joined): the row holds each piece, or the last alone."""

    inherit_cache = True


class _AmongNewest(_InIndex):
    """(id, terms, wanted, how many): the row is one of the index's newest hits."""

    inherit_cache = True


@compiles(_InIndex, "sqlite")
def _ask_fts5(element: _InIndex, compiler: SQLCompiler, **kw: Any) -> str:
    row, terms_column, wanted = element.clauses
    index = compiler.preparer.quote(index_name(_table_name(terms_column)))
    return (
        f"({compiler.process(row, **kw)} IN (SELECT rowid FROM {index} "  # noqa: S608  # quoted by the dialect
        f"WHERE {index} MATCH {compiler.process(wanted, **kw)}))"
    )


@compiles(_AmongNewest, "sqlite")
def _ask_newest(element: _AmongNewest, compiler: SQLCompiler, **kw: Any) -> str:
    row, terms_column, wanted, most = element.clauses
    index = compiler.preparer.quote(index_name(_table_name(terms_column)))
    return (
        f"({compiler.process(row, **kw)} IN (SELECT rowid FROM {index} "  # noqa: S608  # quoted by the dialect
        f"WHERE {index} MATCH {compiler.process(wanted, **kw)} "
        f"ORDER BY rowid DESC LIMIT {compiler.process(most, **kw)}))"
    )


@compiles(_InRow, "sqlite")
def _ask_row(element: _InRow, compiler: SQLCompiler, **kw: Any) -> str:
    _, terms_column, _, *pieces = element.clauses
    held = compiler.process(terms_column, **kw)
    holds = [f"instr({held}, {compiler.process(piece, **kw)}) > 0" for piece in pieces]
    joined = [holds.pop()] if isinstance(element, _InRowOrJoined) else []
    return f"({' OR '.join([' AND '.join(holds), *joined])})"


@compiles(_InIndex, "postgresql")
@compiles(_InRow, "postgresql")
@compiles(_AmongNewest, "postgresql")
def _ask_gin(element: _InIndex, compiler: SQLCompiler, **kw: Any) -> str:
    _, terms_column, wanted, *_ = element.clauses
    query = compiler.process(wanted, **kw)
    return f"(array_to_tsvector({compiler.process(terms_column, **kw)}) @@ CAST({query} AS tsquery))"


def _table_name(column: Any) -> str:
    table = column.table
    return str(getattr(table, "element", table).name)


def _fts5(wanted: Asked) -> str:
    joined = [f'"{in_hex(wanted.joined)}"*'] if wanted.joined else []
    together = [f'"{in_hex(t)}"' for t in wanted.exact] + [f'"{in_hex(t)}"*' for t in wanted.begins]
    return " OR ".join([f"({' AND '.join(together)})", *joined])


def _tsquery(wanted: Asked) -> str:
    # Terms are letters and figures only: nothing in them needs escaping inside the quotes.
    joined = [f"'{wanted.joined}':*"] if wanted.joined else []
    together = [f"'{t}'" for t in wanted.exact] + [f"'{t}':*" for t in wanted.begins]
    return " | ".join([f"({' & '.join(together)})", *joined])
