"""The search field of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_

from campapp.core.db import db
from campapp.core.list.columns import Label
from campapp.core.list.filters import Filter
from campapp.core.search import is_common, matches
from campapp.core.text.language import lazy_gettext

LONGEST_QUERY = 200

_SEARCH = lazy_gettext("Search")


@dataclass(frozen=True)
class Terms(Filter):
    """Free text over a `Searchable` model (by default the list's); `also` finds by columns in full, like a number."""

    key: str = "q"
    label: Label = _SEARCH
    model: Any = None
    also: tuple[Any, ...] = ()

    def read(self, listing: Any, args: Mapping[str, Sequence[str]]) -> str | None:
        typed = next(iter(args.get(self.key, ())), "")
        typed = typed.replace("\0", " ").encode(errors="ignore").decode()
        return " ".join(typed[:LONGEST_QUERY].split()) or None

    def write(self, value: str) -> dict[str, str]:
        return {self.key: value}

    def condition(self, listing: Any, value: str) -> ColumnElement[bool]:
        model = self.model or listing.model
        listing.common = is_common(db.session(), model, value)
        found = matches(model, value, common=listing.common)
        return or_(found, *(column == value for column in self.also)) if self.also else found

    def words(self, listing: Any, value: str) -> str:
        return value
