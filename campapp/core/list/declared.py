"""The list itself: what a room declares, and what a page, a file, a saved view and a bulk action ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, Self, TypeVar
from urllib.parse import parse_qs, urlencode

from flask import has_request_context, request
from sqlalchemy import Select

from campapp.core.access import hidden_fields, visible
from campapp.core.current import current
from campapp.core.db import Base, db
from campapp.core.list.columns import Column, Heading, heading
from campapp.core.list.counting import Count, counted
from campapp.core.list.filters import Filter
from campapp.core.list.keyset import Key, Place, further, place
from campapp.core.list.terms import Terms
from campapp.core.text.language import Unreadable, gettext

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page, and the places from which the pages beside it go on."""

    rows: Sequence[Row]
    first: int
    newer: Place | None
    older: Place | None


class List(Generic[Row]):
    """Declare `name`, `model`, `columns`, `filters`, `order`; narrow `everything` to a programme or the like.

    What `from_url` is given by name (a programme) stays in `scope`. Readers get only the columns and filters that
    are for them; rows are those that they see.
    """

    name: ClassVar[str] = ""
    model: ClassVar[type[Any]]
    columns: ClassVar[Sequence[Column]] = ()
    filters: ClassVar[Sequence[Filter]] = ()
    order: ClassVar[str] = "-id"
    size: ClassVar[int] = 25

    def __init__(self, args: Mapping[str, Sequence[str]], action: str = "", **scope: Any) -> None:
        self.args, self.scope = args, scope
        self.action = action or (request.path if has_request_context() else "")
        self.problems: dict[str, str] = {}
        self.wanted: dict[str, Any] = {}
        actor = current.actor
        self.my_columns = [column for column in self.columns if column.only_for(actor)]
        self.my_filters = {f.keys[0]: f for f in self.filters if f.only_for(actor)}
        for key, one in self.my_filters.items():
            self._read(key, one)
        self.sort = self._sort(next(iter(args.get("sort", ())), ""))

    @classmethod
    def from_url(cls, args: Any, action: str = "", **scope: Any) -> Self:
        """The list that a URL asks for. `args`: request.args, request.form, a query string or a plain mapping."""
        return cls(_many(args), action, **scope)

    def _read(self, key: str, one: Filter) -> None:
        try:
            value = one.read(self, self.args)
        except Unreadable as problem:
            self.problems[key] = str(problem)
            return
        if value is not None:
            self.wanted[key] = value

    # ------------------------------------------------------------------------------------ the statement
    @property
    def zone(self) -> str:
        """The zone in which days are meant; a programme's list overrides it."""
        return current.zone

    def everything(self) -> Select[Any]:
        """All rows of this list before any filter: what the reader sees."""
        return visible(self.model)

    def statement(self) -> Select[Any]:
        """The rows that remain, in order."""
        return self.matching.order_by(*(key.ordered(False) for key in self._keys))

    @cached_property
    def matching(self) -> Select[Any]:
        """The rows that remain, in no order."""
        conditions = [self.my_filters[key].condition(self, value) for key, value in self.wanted.items()]
        return self.everything().where(*conditions)

    @cached_property
    def _keys(self) -> list[Key]:
        sorts = {column.key: column.sorts for column in self.my_columns}
        keys: list[Key] = []
        for part in self.sort.split(","):
            name = part.lstrip("-")
            expressions = sorts.get(name) or (getattr(self.model, name),)
            keys += [Key(expression, part.startswith("-")) for expression in expressions]
        # The id decides ties, in the direction of the key before it, so that one index serves both.
        return (
            keys if keys[-1].expression is self.model.id else [*keys, Key(self.model.id, keys[-1].descending)]
        )

    def _sort(self, wanted: str) -> str:
        known = {column.key for column in self.my_columns if column.sorts}
        return wanted if wanted and wanted.removeprefix("-") in known else self.order

    # ------------------------------------------------------------------------------------ pages
    @cached_property
    def page(self) -> Page[Row]:
        """The page that the URL asks for; one statement."""
        forward = place(next(iter(self.args.get("after", ())), ""), self._keys)
        back = None if forward else place(next(iter(self.args.get("before", ())), ""), self._keys)
        at = forward or back
        statement = self.matching.order_by(*(key.ordered(back is not None) for key in self._keys))
        if at:
            statement = statement.where(further(self._keys, at, back is not None))
        statement = statement.add_columns(*(key.expression for key in self._keys)).limit(self.size + 1)
        found = [tuple(row) for row in db.session.execute(statement).unique()]
        more, found = len(found) > self.size, found[: self.size]
        if back:
            found.reverse()
        return self._placed(found, more, forward, back)

    def _placed(self, found: list[Any], more: bool, forward: Place | None, back: Place | None) -> Page[Row]:
        first = forward.before if forward else max(back.before - len(found), 0) if back else 0
        first = 0 if back and not more else first
        starts = Place(first, found[0][1:]) if found and (forward or (back and more)) else None
        ends = Place(first + len(found), found[-1][1:]) if found and (more or back) else None
        return Page([row[0] for row in found], first, starts, ends)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows of this page."""
        return self.page.rows

    @cached_property
    def total(self) -> Count:
        """How many rows remain, counted to the bound."""
        return counted(self.matching, self.model)

    @property
    def range(self) -> str:
        """ "1–25 of 486": what of how many is shown."""
        if not self.rows:
            return gettext("No rows") if not self.page.first else ""
        first, last = self.page.first + 1, self.page.first + len(self.rows)
        return gettext(
            "%(first)s–%(last)s of %(total)s", first=f"{first:,}", last=f"{last:,}", total=str(self.total)
        )

    @property
    def newer_url(self) -> str | None:
        """The page before."""
        if not self.rows and self.args.get("after"):  # what was there is gone: back to the beginning
            return self.url()
        return self.url(before=self.page.newer.text()) if self.page.newer else None

    @property
    def older_url(self) -> str | None:
        """The page after."""
        return self.url(after=self.page.older.text()) if self.page.older else None

    # ------------------------------------------------------------------------------------ the URL
    @property
    def asked(self) -> dict[str, str]:
        """All that the URL asks for, place in the list apart; defaults left out."""
        found: dict[str, str] = {}
        for key, value in self.wanted.items():
            found |= self.my_filters[key].write(value)
        return found | ({"sort": self.sort} if self.sort != self.order else {})

    @property
    def query_string(self) -> str:
        """The same as a query: what a saved view keeps."""
        return urlencode(self.asked)

    def url(self, **changes: str | None) -> str:
        """The address of this list with something changed; None takes a key away. Pages begin anew."""
        query = urlencode(
            {key: value for key, value in (self.asked | changes).items() if value not in (None, "")}
        )
        return f"{self.action}?{query}" if query else self.action

    def without(self, key: str) -> str:
        """The address without one filter."""
        return self.url(**dict.fromkeys(self.my_filters[key].keys))

    # ------------------------------------------------------------------------------------ in words
    def filters_in_words(self) -> list[tuple[str, str]]:
        """What narrows the list: (label, value) as the reader reads it; for the page's head, files and mails."""
        return [
            (str(self.my_filters[key].label), self.my_filters[key].words(self, value))  # type: ignore[attr-defined]
            for key, value in self.wanted.items()
        ]

    @property
    def active(self) -> list[dict[str, str]]:
        """The same for the toolbar, with the address without each; the search text stands in its own field."""
        words = dict(zip(self.wanted, self.filters_in_words(), strict=True))
        return [
            {"label": label, "value": value, "url": self.without(key)}
            for key, (label, value) in words.items()
            if not isinstance(self.my_filters[key], Terms)
        ]

    @property
    def query(self) -> str:
        """The search text."""
        return next((str(v) for k, v in self.wanted.items() if isinstance(self.my_filters[k], Terms)), "")

    @property
    def headings(self) -> list[Heading]:
        """The columns that the page shows, with the address that sorts by each."""
        return [self._heading(column) for column in self.my_columns if column.shown]

    def _heading(self, column: Column) -> Heading:
        up, down = self.sort == column.key, self.sort == f"-{column.key}"
        direction = "ascending" if up else "descending" if down else ""
        turned = f"-{column.key}" if up else column.key
        return heading(column, self.url(sort=turned) if column.sorts else "", direction)

    def cell(self, row: Row, column: Heading | Column) -> str:
        """A cell's text; empty where the reader must not see the field."""
        column = column.column if isinstance(column, Heading) else column
        return column.text(row, hidden_fields(current.actor, row))

    # ------------------------------------------------------------------------------------ bulk
    def selected(self, form: Any) -> list[int]:
        """The ids that a bulk form chose, in the list's order: `row=` of each, or `all=1` for all that match.

        Only rows that the reader sees and that the filter holds at this moment.
        """
        sent = _many(form)
        statement = self.statement().with_only_columns(self.model.id)
        if next(iter(sent.get("all", ())), "") != "1":
            chosen = [int(text) for text in sent.get("row", ()) if text.isdecimal() and len(text) < 10]
            statement = statement.where(self.model.id.in_(chosen))
        return list(db.session.scalars(statement))

    def stream(self) -> Iterator[Row]:
        """All rows that remain, in order, a few hundred in memory at a time: for files."""
        return iter(db.session.scalars(self.statement().execution_options(yield_per=500)))


def _many(args: Any) -> dict[str, list[str]]:
    """Keys to lists of values, whatever they came in."""
    if isinstance(args, str):
        return parse_qs(args.lstrip("?"), max_num_fields=200)
    if hasattr(args, "lists"):
        return {key: list(values) for key, values in args.lists()}
    return {key: [value] if isinstance(value, str) else list(value) for key, value in args.items()}
