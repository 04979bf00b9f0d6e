"""The list itself: what a room declares, and what a page, a file, a saved view and a bulk action ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from flask import url_for
from sqlalchemy import Select

from campapp.core.access import hidden_fields, visible
from campapp.core.current import current
from campapp.core.db import Base, db
from campapp.core.events import kind_of
from campapp.core.list.asking import Asking, many
from campapp.core.list.columns import Column, Heading, Label
from campapp.core.list.counting import BOUND, Count, counted, counted_together
from campapp.core.list.export import KINDS, Export, export
from campapp.core.list.keyset import Key, Place, further, place
from campapp.core.list.saved import seal, views_of
from campapp.core.list.terms import Terms
from campapp.core.search import COMMON
from campapp.core.text import numbers
from campapp.core.text.language import gettext

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Preset:
    """A view that the room declares: its label and its query, "" for the whole list."""

    label: Label
    query: str = ""


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page, and the places from which the pages beside it go on."""

    rows: Sequence[Row]
    first: int
    newer: Place | None
    older: Place | None


class List(Asking, Generic[Row]):
    """Declare `name`, `model`, `columns`, `filters`, `order`; narrow `everything` to a programme or the like.

    What `from_url` is given by name (a programme) stays in `scope`. Readers get only the columns and filters that
    are for them; rows are those that they see.
    """

    _counted: Sequence[tuple[dict[str, Any], Count]] = ()
    model: ClassVar[type[Any]]
    size: ClassVar[int] = 25
    presets: ClassVar[Sequence[Preset]] = ()

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
        columns = {column.key: column for column in self.my_columns if column.sorts}
        keys: list[Key] = []
        for part in self.sort.split(","):
            name = part.lstrip("-")
            column = columns.get(name) or Column(name, "", sort=getattr(self.model, name))
            keys += [Key(one, part.startswith("-"), column.filled) for one in column.sorts]
        # The id decides ties, in the direction of the key before it, so that one index serves both.
        return (
            keys if keys[-1].expression is self.model.id else [*keys, Key(self.model.id, keys[-1].descending)]
        )

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
        """How many rows remain, counted to the bound: 5,000, in a search 1,000, and never fewer than were seen.

        A page that has drawn its tabs knows the number already where one of them narrows the list in the same way.
        """
        known = next((count for wanted, count in self._counted if wanted == self.wanted), None)
        if known is not None:
            return known
        rows = self.matching  # which also finds out whether the words are common
        if not self.query:
            return counted(rows, self.model, BOUND)
        found = counted(self._among_newest() if self.common else rows, self.model, COMMON)
        if found.more or not self.all_asked:
            return Count(max(found.n, self.page.first + len(self.rows)), more=True)
        return found

    def _among_newest(self) -> Select[Any]:
        """Those of a common word's newest hits that remain."""
        filters = [(self.my_filters[key], value) for key, value in self.wanted.items()]
        conditions = [
            one.among_newest(self, value) if isinstance(one, Terms) else one.condition(self, value)
            for one, value in filters
        ]
        return self.everything().where(*conditions)

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

    def cell(self, row: Row, column: Heading | Column) -> str:
        """A cell's text; empty where the reader must not see the field."""
        if row.id not in self._hidden:
            self._hidden[row.id] = hidden_fields(current.actor, row)
        return (column.column if isinstance(column, Heading) else column).text(row, self._hidden[row.id])

    # ------------------------------------------------------------------------------------ saved views
    def all_presets(self) -> Sequence[Preset]:
        """The declared views; a list whose views depend on its scope adds those."""
        return self.presets

    @property
    def place(self) -> str:
        """Whose list this is ("programme:3"), so that a saved view stays with it."""
        return ",".join(f"{kind_of(one)}:{one.id}" for one in self.scope.values() if isinstance(one, Base))

    @cached_property
    def views(self) -> list[dict[str, Any]]:
        """The declared and the saved views as tabs, with counts to the bound; two statements."""
        found: list[tuple[str, str, int]] = [(str(one.label), one.query, 0) for one in self.all_presets()]
        found += [(view.name, view.query, view.id) for view in views_of(self.name, self.place)]
        lists = [self.asked_for(query) for _, query, _ in found]
        counts = counted_together([(one.matching, self.model) for one in lists])
        self._counted = [
            (one.wanted, count) for one, count in zip(lists, counts, strict=True) if not one.common
        ]
        return [
            {
                "label": label,
                "url": one.url(),
                "count": str(n),
                "active": one.asked == self.asked,
                "id": saved,
            }
            for (label, _, saved), one, n in zip(found, lists, counts, strict=True)
        ]

    @property
    def save_url(self) -> str:
        """The page on which what is asked now gets a name."""
        return url_for(
            "lists.new", list=self.name, place=self.place, seal=seal(self.name, self.place),
            query=self.query_string, back=self.action,
        )  # fmt: skip

    # ------------------------------------------------------------------------------------ bulk
    def selected(self, form: Any) -> list[int]:
        """The ids that a bulk form chose, in the list's order: `row=` of each, or `all=1` for all that match.

        Only rows that the reader sees and that the filter holds at this moment.
        """
        sent = many(form)
        statement = self.statement().with_only_columns(self.model.id)
        if next(iter(sent.get("all", ())), "") != "1":
            chosen = filter(None, map(numbers.key, sent.get("row", ())))
            statement = statement.where(self.model.id.in_(chosen))
        return list(db.session.scalars(statement))

    # ------------------------------------------------------------------------------------ files
    def export(self, kind: str) -> Export:
        """All rows that remain as `csv`, `xlsx` or `json`."""
        return export(self, kind)

    @property
    def exports(self) -> list[dict[str, str]]:
        """The addresses of its files, for the menu: the list's own with `as=`."""
        words = {"csv": gettext("CSV"), "xlsx": gettext("Excel (XLSX)"), "json": gettext("JSON")}
        return [{"label": words[kind], "url": self.url(**{"as": kind})} for kind in KINDS]

    def stream(self) -> Iterator[Row]:
        """All rows that remain, in order, a few hundred in memory at a time: for files."""
        return iter(db.session.scalars(self.statement().execution_options(yield_per=500)))
