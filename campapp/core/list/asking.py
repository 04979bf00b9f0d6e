"""What a list is asked for: read from a URL, written to one, and said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self
from urllib.parse import parse_qs, urlencode

from flask import has_request_context, request

from campapp.core.current import current
from campapp.core.list.columns import Column, Heading, heading
from campapp.core.list.filters import Choice, DateRange, Filter, Flag, NumberRange
from campapp.core.list.terms import Terms
from campapp.core.text.language import Unreadable


class Asking:
    """The URL face of a list: columns, filters and order as declared, and what this reader asked of them."""

    name: ClassVar[str] = ""
    columns: ClassVar[Sequence[Column]] = ()
    filters: ClassVar[Sequence[Filter]] = ()
    order: ClassVar[str] = "-id"

    def __init__(self, args: Mapping[str, Sequence[str]], action: str = "", **scope: Any) -> None:
        self.scope = scope
        self.action = action or (request.path if has_request_context() else "")
        actor = current.actor
        self.my_columns = [column for column in self.all_columns() if column.only_for(actor)]
        self.my_filters = {f.key: f for f in self.all_filters() if f.only_for(actor)}
        self._ask(args)

    def _ask(self, args: Mapping[str, Sequence[str]]) -> None:
        self.args = args
        self.common, self.all_asked = False, True
        self.problems: dict[str, str] = {}
        self.wanted: dict[str, Any] = {}
        self._hidden: dict[int, frozenset[str]] = {}
        for key, one in self.my_filters.items():
            self._read(key, one)
        self.sort = self._sort(next(iter(args.get("sort", ())), ""))

    def asked_for(self, query: str) -> Self:
        """The same list asked something else: its columns and filters are made but once a page."""
        other = type(self).__new__(type(self))
        for name in ("scope", "action", "my_columns", "my_filters"):
            setattr(other, name, getattr(self, name))
        other._ask(many(query))
        return other

    @classmethod
    def from_url(cls, args: Any, action: str = "", **scope: Any) -> Self:
        """The list that a URL asks for. `args`: request.args, request.form, a query string or a plain mapping."""
        return cls(many(args), action, **scope)

    def all_columns(self) -> Sequence[Column]:
        """The declared columns; a list whose columns depend on its scope adds those."""
        return self.columns

    def all_filters(self) -> Sequence[Filter]:
        """The declared filters; a list whose filters depend on its scope adds those."""
        return self.filters

    def _read(self, key: str, one: Filter) -> None:
        try:
            value = one.read(self, self.args)
        except Unreadable as problem:
            self.problems[key] = str(problem)
            return
        if value is not None:
            self.wanted[key] = value

    def _sort(self, wanted: str) -> str:
        known = {column.key for column in self.my_columns if column.sorts}
        return wanted if wanted and wanted.removeprefix("-") in known else self.order

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
            (str(self.my_filters[key].label), self.my_filters[key].words(self, value))
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
    def choices(self) -> list[dict[str, Any]]:
        """What can be chosen, for the toolbar: each filter of options with its options."""
        return [
            self._choice(key, one) for key, one in self.my_filters.items() if isinstance(one, Choice | Flag)
        ]

    def _choice(self, key: str, one: Choice | Flag) -> dict[str, Any]:
        chosen = one.write(self.wanted[key])[one.key].split(",") if key in self.wanted else []
        options = [
            {"value": value, "label": label, "active": value in chosen} for value, label in one.choices(self)
        ]
        return {"key": one.key, "label": str(one.label), "options": options}

    @property
    def ranges(self) -> list[dict[str, Any]]:
        """The ranges that the toolbar asks for: label, keys and values of both ends, and whether they are days."""
        asked = self.asked
        return [
            {"label": str(one.label), "low": one.keys[0], "high": one.keys[1], "days": isinstance(one, DateRange),
             "from": asked.get(one.keys[0], ""), "to": asked.get(one.keys[1], "")}
            for one in self.my_filters.values()
            if isinstance(one, DateRange | NumberRange)
        ]  # fmt: skip

    @property
    def kept(self) -> dict[str, str]:
        """What the toolbar's form keeps beside its own fields: the order, and ranges."""
        own = {one.key for one in self.my_filters.values() if isinstance(one, Choice | Flag | Terms)}
        return {key: value for key, value in self.asked.items() if key not in own}

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


def many(args: Any) -> dict[str, list[str]]:
    """Keys to lists of values, whatever they came in."""
    if isinstance(args, str):
        return parse_qs(args.lstrip("?"), max_num_fields=200)
    if hasattr(args, "lists"):
        return {key: list(values) for key, values in args.lists()}
    return {key: [value] if isinstance(value, str) else list(value) for key, value in args.items()}
