"""Search: terms stored beside the row, the same hits on SQLite (FTS5) and PostgreSQL (GIN).

A table derives from `Searchable`, names its searched columns in `searched`, and its migration calls
`create_search_index` of `search_index`. Any statement over the table then takes `matches(Model, query)`.
Rows written past the ORM (bulk loading) get these columns from `search_values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Integer,
    String,
    Text,
    and_,
    bindparam,
    event,
    false,
    inspect,
    or_,
    text,
    true,
)
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, MappedAsDataclass, Mapper, Session, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from campapp.core.search_index import index_name
from campapp.core.text import pinyin
from campapp.core.text.terms import Asked, asked, plain, plain_of, terms

# Compared byte by byte on both databases, so that order and prefixes are the same.
Bytewise = String().with_variant(String(collation="C"), "postgresql")

COMMON = 1_000
"""Hits from which on a query is common: its rows are looked at as they come, and counted no further."""
ASKED = 2 * COMMON
"""So many hits of a common query are counted at all, the newest."""


class Terms(TypeDecorator[list[str]]):
    """Terms of a row: text[] on PostgreSQL; words of hex on SQLite, which FTS5 cannot fold once more."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return f" {' '.join(map(_hex, value))} "

    def process_result_value(self, value: Any, dialect: Dialect) -> list[str] | None:
        if value is None or dialect.name == "postgresql":
            return value  # type: ignore[no-any-return]
        return [bytes.fromhex(word).decode() for word in value.split()]


class Searchable(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """Columns of a table that can be searched; `searched` names what is (text, or JSON holding texts)."""

    searched: ClassVar[tuple[str, ...]] = ()

    search_text: Mapped[str] = mapped_column(Text, default="", init=False, deferred=True)
    search_terms: Mapped[list[str]] = mapped_column(Terms, default_factory=list, init=False, deferred=True)


class InPinyinOrder(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """Columns of a table listed by pinyin and picked by initials; `pinyin_of` names its name's columns."""

    pinyin_of: ClassVar[tuple[str, ...]] = ("name",)
    pinyin_person: ClassVar[bool] = False

    pinyin_key: Mapped[str] = mapped_column(Bytewise, default="", init=False, index=True)
    pinyin_initials: Mapped[str] = mapped_column(Bytewise, default="", init=False, index=True)
    pinyin_spelling: Mapped[str] = mapped_column(Bytewise, default="", init=False, index=True)


def search_values(model: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    """The stored search and pinyin columns of a row of `model` with these values."""
    made: dict[str, Any] = {}
    if issubclass(model, Searchable):
        held = plain_of(_texts(values.get(name) for name in model.searched))
        made |= {"search_text": held, "search_terms": terms(held)}
    if issubclass(model, InPinyinOrder):
        name = next((str(values[column]) for column in model.pinyin_of if values.get(column)), "")
        made |= {
            "pinyin_key": pinyin.sort_key(name, person=model.pinyin_person),
            "pinyin_initials": pinyin.initials(name, person=model.pinyin_person),
            "pinyin_spelling": pinyin.spelling(name, person=model.pinyin_person),
        }
    return made


def matches(model: Any, query: str, *, common: bool = False, newest: int = 0) -> ColumnElement[bool]:
    """Rows of a `Searchable` model (or its alias) that hold every word of `query`; all where it is empty.

    Chinese is met in one piece, other words by their beginning. With `common` (see `is_common`) SQLite looks
    at each row that it comes to instead of collecting all hits first; the hits are the same. With `newest` it asks
    its index for so many hits, the newest, and no other row: for counting to a bound.
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
        pieces = [f" {_hex(term)} " for term in wanted.exact] + [f" {_hex(term)}" for term in wanted.begins]
        found = _InRow(*parts, *(bindparam(None, piece, Text(), unique=True) for piece in pieces))
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
    found = " AND ".join(f"instr({held}, {compiler.process(piece, **kw)}) > 0" for piece in pieces)
    return f"({found})"


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


def _hex(term: str) -> str:
    return term.encode().hex()


def _fts5(wanted: Asked) -> str:
    return " AND ".join([f'"{_hex(t)}"' for t in wanted.exact] + [f'"{_hex(t)}"*' for t in wanted.begins])


def _tsquery(wanted: Asked) -> str:
    # Terms are letters and figures only: nothing in them needs escaping inside the quotes.
    return " & ".join([f"'{t}'" for t in wanted.exact] + [f"'{t}':*" for t in wanted.begins])


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _texts(value.values())
        elif isinstance(value, list | tuple):
            yield from _texts(value)


@event.listens_for(Searchable, "before_insert", propagate=True)
@event.listens_for(Searchable, "before_update", propagate=True)
@event.listens_for(InPinyinOrder, "before_insert", propagate=True)
@event.listens_for(InPinyinOrder, "before_update", propagate=True)
def _write_search_values(_: Mapper[Any], __: Connection, row: Any) -> None:
    model, state = type(row), inspect(row)
    read = {*getattr(model, "searched", ()), *getattr(model, "pinyin_of", ())}
    if state.persistent and not any(state.attrs[name].history.has_changes() for name in read):
        return
    for column, value in search_values(model, {name: getattr(row, name) for name in read}).items():
        setattr(row, column, value)
