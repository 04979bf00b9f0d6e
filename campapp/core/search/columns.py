"""The stored terms of a row: written beside it at every change, in the form that each database's index reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, ClassVar

from sqlalchemy import ARRAY, String, Text, event, inspect
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import Mapped, MappedAsDataclass, Mapper, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from campapp.core.text import pinyin
from campapp.core.text.terms import plain_of, terms

# Compared byte by byte on both databases, so that order and prefixes are the same.
Bytewise = String().with_variant(String(collation="C"), "postgresql")


def in_hex(term: str) -> str:
    """A term as SQLite stores it: FTS5 cannot fold it once more."""
    return term.encode().hex()


class Terms(TypeDecorator[list[str]]):
    """Terms of a row: text[] on PostgreSQL; words of hex on SQLite, which FTS5 cannot fold once more."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return f" {' '.join(map(in_hex, value))} "

    def process_result_value(self, value: Any, dialect: Dialect) -> list[str] | None:
        if value is None or dialect.name == "postgresql":
            return value  # type: ignore[no-any-return]
        return [bytes.fromhex(word).decode() for word in value.split()]


class Searchable(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """Columns of a table that can be searched; `searched` names what is (text, or JSON holding texts).

    Of these `spelled` names those found in letters too: by pinyin, and by its initials.
    """

    searched: ClassVar[tuple[str, ...]] = ()
    spelled: ClassVar[tuple[str, ...]] = ()

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
        made |= search_columns(
            *(list(_texts(values.get(name) for name in names)) for names in (model.searched, model.spelled))
        )
    if issubclass(model, InPinyinOrder):
        name = next((str(values[column]) for column in model.pinyin_of if values.get(column)), "")
        made |= {
            "pinyin_key": pinyin.sort_key(name, person=model.pinyin_person),
            "pinyin_initials": pinyin.initials(name, person=model.pinyin_person),
            "pinyin_spelling": pinyin.spelling(name, person=model.pinyin_person),
        }
    return made


def search_columns(searched: Iterable[str], spelled: Iterable[str] = ()) -> dict[str, Any]:
    """The two columns of `Searchable` for these texts, some of them also spelled."""
    held = plain_of(searched)
    return {"search_text": held, "search_terms": sorted({*terms(held), *chain(*map(pinyin.sounds, spelled))})}


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
